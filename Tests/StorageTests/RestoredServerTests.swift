internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL
internal import TestKit
internal import Testing

@testable internal import Storage

/// Servers that fell back, and devices that give back what they hold.
@Suite struct RestoredServerTests {
  let host: Host
  let a: Machine
  let b: Machine

  init() throws {
    host = try Host()
    a = try Machine(host, seed: 1)
    b = try Machine(host, seed: 2)
  }

  @Test(arguments: [false, true])
  func `a server restored from a backup gets all back that any device has`(
    rotates: Bool
  ) throws {
    let id = try a.store.add("Friday", body: "one")
    try converge([a, b])
    let backup = try host.backup()
    try a.store.edit(id) { $0.body = "two" }
    try a.store.add("Saturday")
    try a.sync()
    try b.sync()
    try b.store.edit(id) { $0.title = "Sunday" }
    try b.sync()
    host.queue = backup
    if rotates {
      try host.queue.write { database in
        try host.ledger.rotateEpochs(at: Moment(milliseconds: 0), in: database) {
          host.source.newID()
        }
      }
    }
    try a.store.add("after the restore")
    try converge([a, b])
    #expect(try b.store.pages().count == 3)
    #expect(try b.store.page(id)?.title == "Sunday")
    let new = try Machine(host, seed: 3)
    try converge([a, b, new])
    #expect(try new.store.page(id)?.body == "two")
    #expect(
      try new.store.versions(of: Page.kind, id: id, field: "body").map(\.value)
        == [.text("two"), .text("one")])
  }

  @Test func `others wrote past the old head, and twice`() throws {
    let id = try a.store.add("one")
    try converge([a, b])
    for round in 1...2 {
      let backup = try host.backup()
      for number in 1...3 { try a.store.edit(id) { $0.title = "lost \(round).\(number)" } }
      try a.sync()
      host.queue = backup
      // The other device never saw them and fills the same numbers with other writes.
      for number in 1...5 { try b.store.edit(id) { $0.mood = Int64(number) } }
      try b.sync()
      try converge([a, b])
      #expect(try b.store.page(id)?.title == "lost \(round).3")
      #expect(try a.store.page(id)?.mood == 5)
      #expect(
        try b.store.versions(of: Page.kind, id: id, field: "title").count == 1 + 3 * round)
    }
  }

  @Test func `replies from before a reconciliation are ignored`() throws {
    try a.store.add("one")
    try a.sync()
    let backup = try host.backup()
    try a.store.add("two")
    let early = try a.begin()
    let reply = try host.answer(early)
    host.queue = backup
    let request = try a.begin()
    _ = try host.answer(request)
    _ = try a.store.accept(.diverged(epoch: host.source.newID()), to: request)
    try a.take(reply, to: early)
    #expect(try a.store.waitingOperations() == 1)
    #expect(try a.store.count("SELECT cursor FROM sync_space") == 0)
  }

  @Test func `a profile that was restored goes on, its own later writes come back to it`() throws {
    let id = try a.store.add("Friday")
    try converge([a, b])
    let copy = try DatabaseQueue()
    try a.store.queue.backup(to: copy)
    try a.store.edit(id) { $0.title = "Saturday" }
    try a.sync()
    try copy.backup(to: a.store.queue)
    #expect(try a.store.page(id)?.title == "Friday")
    try a.store.edit(id) { $0.mood = 3 }
    try converge([a, b])
    #expect(try a.store.page(id)?.title == "Saturday")
    #expect(try b.store.page(id)?.mood == 3)
  }

  @Test func `digests that differ are reconciled once, then told`() throws {
    try a.store.add("one")
    try a.sync()
    let number = try a.store.count("SELECT rseq FROM sync_space")
    func lie() throws -> ExchangeOutcome.Next {
      let request = try a.begin()
      guard case .success(var reply) = try host.answer(request) else { return .again }
      reply.digest ^= 1
      return try a.store.accept(reply, to: request, roundTrip: 1).next
    }
    #expect(try lie() == .more)
    #expect(try a.store.count("SELECT count(*) FROM sync_repair") == 2)
    #expect(try a.store.count("SELECT cursor FROM sync_space") == 0)
    try a.exchange()
    #expect(try a.store.count("SELECT rseq FROM sync_space") == number + 2)
    try a.store.transaction { try $0.run("UPDATE sync_space SET mismatches = 1") }
    #expect(try lie() == .diverged)
    #expect(try lie() == .diverged)
    #expect(try a.sync() == .atHead)
    #expect(try a.store.count("SELECT mismatches FROM sync_space") == 0)
  }

  @Test func `many repairs go in requests of at most 500`() throws {
    try a.store.write("Import") { edit in
      for number in 0..<400 {
        try edit.save(Page(id: a.world.newID(), title: "page \(number)", body: "x"))
      }
    }
    try converge([a, b])
    host.queue = try Host().queue
    try a.exchange()
    #expect(try a.begin().repairs.count == 500)
    try converge([a, b])
    #expect(try host.state().registers == 1200)
  }
}
