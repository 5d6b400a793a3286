internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL
internal import TestKit
internal import Testing

@testable internal import Storage

@Suite struct ExchangeTests {
  let host: Host
  let a: Machine
  let b: Machine

  init() throws {
    host = try Host()
    a = try Machine(host, seed: 1)
    b = try Machine(host, seed: 2)
  }

  @Test func `what one device writes the other reads, the search too`() throws {
    let id = try a.store.add("Friday", body: "rain all day")
    #expect(try a.sync() == .atHead)
    let heard = Heard()
    b.store.onChange { heard.add($0) }
    #expect(try b.sync() == .atHead)
    #expect(try b.store.page(id)?.body == "rain all day")
    #expect(
      try b.store.search(SearchQuery(terms: [.word("rain", isPrefix: false)])).map(\.id) == [id])
    #expect(heard.all == [[Page.kind]])
    #expect(try b.store.syncStatus().lastSuccess != nil)
    try converge([a, b])
  }

  @Test func `a number is on disk before its request, and rises with each`() throws {
    #expect(try a.begin().number == 1)
    #expect(try a.begin().number == 2)
    #expect(try a.store.count("SELECT rseq FROM sync_space") == 2)
  }

  @Test func `fields written apart both stay`() throws {
    let id = try a.store.add("Friday")
    try converge([a, b])
    try a.store.edit(id) { $0.title = "Saturday" }
    try b.store.edit(id) { $0.mood = 4 }
    try converge([a, b])
    #expect(try a.store.page(id)?.title == "Saturday")
    #expect(try a.store.page(id)?.mood == 4)
  }

  @Test func `a reply that was lost costs nothing and doubles nothing`() throws {
    let id = try a.store.add("Friday")
    let request = try a.begin()
    _ = try host.answer(request)
    #expect(try a.store.waitingOperations() == 1)
    let outcome = try a.exchange()
    #expect(outcome.sent == 1)
    #expect(try host.log().count == 1)
    try converge([a, b])
    #expect(try b.store.page(id)?.title == "Friday")
  }

  @Test func `an old request after newer ones is refused, and a number that fell behind is raised`()
    throws
  {
    let old = try a.begin()
    try a.exchange()
    #expect(try host.answer(old) == .failure(.staleRequest(number: 2)))
    #expect(try a.store.accept(.staleRequest(number: 9), to: old).next == .more)
    #expect(try a.begin().number == 3)
    let now = try a.begin()
    #expect(try a.store.accept(.staleRequest(number: 9), to: now).next == .again)
    #expect(try a.begin().number == 10)
  }

  @Test func `a late reply acknowledges, but its page and its refusals are not taken`() throws {
    try b.store.add("from elsewhere")
    try b.sync()
    try a.store.add("mine")
    let early = try a.begin()
    let reply = try host.answer(early)
    try a.exchange()
    try a.exchange()
    let cursor = try a.store.count("SELECT cursor FROM sync_space")
    try a.take(reply, to: early)
    #expect(try a.store.count("SELECT cursor FROM sync_space") == cursor)
    // A late word that something is refused for good: the operation stays where it is.
    try a.store.add("next")
    let late = try a.begin()
    let newest = try a.begin()
    var refusal = try #require(try? reply.get())
    refusal.verdicts = [late.ops[0].id: .refused(.quota)]
    _ = try a.store.accept(refusal, to: late, roundTrip: 0)
    #expect(try a.store.quarantine().isEmpty)
    try a.take(try host.answer(newest), to: newest)
    try converge([a, b])
  }

  @Test func `an edit made while a request is under way is not acknowledged with it`() throws {
    let id = try a.store.add("one")
    let request = try a.begin()
    let reply = try host.answer(request)
    try a.store.edit(id) { $0.title = "two" }
    #expect(try a.take(reply, to: request).next == .more)
    #expect(try a.store.waitingOperations() == 1)
    try converge([a, b])
    #expect(try b.store.page(id)?.title == "two")
  }

  @Test func `equal stamps are ordered by the operations' ids on all devices`() throws {
    let id = try a.store.add("base")
    try converge([a, b])
    host.hours.pass(1000)
    try a.store.edit(id) { $0.title = "a" }
    try b.store.edit(id) { $0.title = "b" }
    let stamps = try [a, b].map { try $0.store.outbox(limit: 1)[0].stamp }
    #expect(stamps[0] == stamps[1])
    try converge([a, b])
    #expect(try a.store.versions(of: Page.kind, id: id, field: "title").count == 3)
    #expect(try b.store.versions(of: Page.kind, id: id, field: "title").count == 3)
  }

  @Test(arguments: [false, true])
  func `an edit after a delete revives the row, a delete after an edit does not`(
    deletesFirst: Bool
  ) throws {
    let id = try a.store.add("Friday")
    try converge([a, b])
    host.hours.pass(1000)
    let (first, second) = deletesFirst ? (a, b) : (b, a)
    if deletesFirst {
      try first.store.write("Delete") { edit in _ = try edit.delete(Page.kind, id: id) }
    } else {
      try first.store.edit(id) { $0.mood = 3 }
    }
    host.hours.pass(1000)
    if deletesFirst {
      try second.store.edit(id) { $0.mood = 3 }
    } else {
      try second.store.write("Delete") { edit in _ = try edit.delete(Page.kind, id: id) }
    }
    try converge([a, b])
    #expect(try (a.store.page(id) != nil) == deletesFirst)
    #expect(try (b.store.page(id) != nil) == deletesFirst)
    #expect(try b.store.trash(limit: 3).count == (deletesFirst ? 0 : 1))
  }

  @Test func `a thousand edits offline and one from elsewhere: all can be read on both`() throws {
    let id = try a.store.add("0")
    try converge([a, b])
    for number in 1...1000 { try a.store.edit(id) { $0.title = "\(number)" } }
    host.hours.pass(5)
    try b.store.edit(id) { $0.title = "elsewhere" }
    try converge([a, b])
    #expect(try a.store.page(id)?.title == "elsewhere")
    #expect(try a.store.versions(of: Page.kind, id: id, field: "title").count == 1002)
    #expect(try b.store.versions(of: Page.kind, id: id, field: "title").count == 1002)
  }

  @Test func `two devices that make one row with a derived id make one`() throws {
    for machine in [a, b] {
      let id = machine.store.derivedID(Page.kind, "2026-11-21")
      try machine.store.write("New") { edit in
        _ = try edit.save(Page(id: id, title: "day"))
      }
    }
    try converge([a, b])
    #expect(try a.store.pages().count == 1)
  }

  @Test func `a batch never ends inside a group`() throws {
    for size in [190, 190, 190] {
      try a.store.write("Import") { edit in
        for _ in 0..<size { try edit.save(Page(id: a.world.newID(), title: "x")) }
      }
    }
    #expect(try a.begin().ops.count == 380)
    let outcome = try a.exchange()
    #expect(outcome.sent == 380)
    #expect(try a.begin().ops.count == 190)
    try converge([a, b])
  }

  @Test
  func `a batch ends where it becomes too large, and one that no request can carry is put aside`()
    throws
  {
    let text = String(repeating: "x", count: 250_000)
    for _ in 0..<6 { try a.store.add("large", body: text) }
    #expect((1...4).contains(try a.begin().ops.count))
    try a.store.add("huge", body: String(repeating: "x", count: 1_100_000))
    try a.store.add("after")
    try a.sync()
    #expect(try a.store.quarantine().map(\.reason) == ["too_large"])
    #expect(try host.log().count == 7)
  }

  @Test func `undo leaves alone what came from elsewhere`() throws {
    let id = try a.store.add("Friday")
    try converge([a, b])
    try a.store.edit(id) {
      $0.title = "Saturday"
      $0.mood = 2
    }
    try a.sync()
    try b.sync()
    try b.store.edit(id) { $0.title = "Sunday" }
    try converge([a, b])
    #expect(try a.store.undo() == Undone(label: "Edit", leftAlone: ["page.title"]))
    try converge([a, b])
    #expect(try b.store.page(id)?.title == "Sunday")
    #expect(try b.store.page(id)?.mood == nil)
  }

  @Test func `a stamp that no clock can give is refused`() throws {
    try a.store.add("x")
    let request = try a.begin()
    var reply = try host.answer(request).get()
    reply.greatest = Stamp(bits: .max)
    #expect(throws: StoreError.unfit(field: "t")) {
      try a.store.accept(reply, to: request, roundTrip: 1)
    }
    #expect(try a.store.waitingOperations() == 1)
  }

  /// Random lives of three devices over a line that loses, delays and repeats.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `devices that heard the same show the same`(seed: UInt64) throws {
    let machines = [a, b, try Machine(host, seed: 3)]
    let random = World.still(seed: seed &* 104_729).random
    func pick(_ count: Int) -> Int { Int(random() % UInt64(count)) }
    let ids = (0..<3).map { _ in host.source.newID() }
    var late: [(Machine, ExchangeRequest, Result<ExchangeReply, ExchangeFault>)] = []
    for _ in 0..<120 {
      let machine = machines[pick(3)]
      host.hours.pass(Int64(pick(3)) * 40)
      if pick(12) == 0 { machine.wrong.value = [0, 3_600_000, -86_400_000, 5_000][pick(4)] }
      switch pick(8) {
      case 0..<4:
        try machine.store.write("Write") { edit in
          for _ in 0...pick(2) {
            let id = ids[pick(3)]
            if pick(6) == 0 {
              try edit.delete(Page.kind, id: id)
            } else {
              var page = try edit.find(Page.self, id: id) ?? Page(id: id)
              switch pick(3) {
              case 0: page.title = "\(pick(9))"
              case 1: page.body = "text \(pick(9))"
              default: page.star = pick(2) == 0
              }
              try edit.save(page)
            }
          }
        }
      case 4: _ = try machine.store.undo()
      default:
        let request = try machine.begin(want: 1 + pick(6))
        if pick(6) == 0 { break }
        let answer = try host.answer(request)
        if pick(5) == 0 { _ = try host.answer(request) }
        if pick(5) == 0 { break }
        if pick(5) == 0 {
          late.append((machine, request, answer))
        } else {
          try machine.take(answer, to: request)
        }
      }
      if !late.isEmpty, pick(4) == 0 {
        let (machine, request, answer) = late.remove(at: pick(late.count))
        try machine.take(answer, to: request)
      }
      try machine.check()
    }
    for machine in machines { machine.wrong.value = 0 }
    try converge(machines)
  }
}
