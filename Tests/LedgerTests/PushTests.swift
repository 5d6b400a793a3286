internal import GRDB
internal import Kernel
internal import Ledger
internal import Testing

/// What becomes of operations: sync.md, section 7, step f.
struct PushTests {
  @Test func `an operation is numbered, kept and handed on`() throws {
    let room = try Room()
    var pen = Pen(room)
    let base = Authorship(stamp: Stamp(bits: 77), op: room.newID())
    let first = room.op(["title": .text("Friday"), "star": .flag(true), "mood": .number(-3)])
    let second = room.op(
      ["body": .text("new\n\"text\""), "title": .null], counter: 1, bases: ["body": base],
      group: first.id)
    let reply = try pen.push([first, second], to: room)
    #expect(
      reply.verdicts == [first.id: .ok(seq: 1, stamp: nil), second.id: .ok(seq: 2, stamp: nil)])
    #expect(reply.page.map(\.op) == [first, second])
    #expect(reply.page.map(\.seq) == [1, 2])
    #expect(reply.page.allSatisfy { $0.device == pen.device && $0.origin == nil })
    #expect(reply.head == reply.next && reply.head.seq == 2 && !reply.more)
    #expect(reply.registers == 4 && reply.greatest == second.stamp && reply.now == room.now)
    #expect(try room.flaws() == [])
  }

  @Test func `a request that comes twice is executed once`() throws {
    let room = try Room()
    var pen = Pen(room)
    let request = pen.request([room.op(["title": .text("a")])])
    let reply = try room.exchange(request).get()
    #expect(try room.exchange(request) == .failure(.staleRequest(number: 1)))
    #expect(reply.head.seq == 1)
    #expect(try room.state().head == reply.head)
  }

  @Test func `an answer that was lost is given again to the same operations`() throws {
    let room = try Room()
    var pen = Pen(room)
    let ops = (0..<5).map { room.op(["title": .text("\($0)")], counter: $0) }
    let lost = try room.exchange(pen.request(ops)).get()
    let again = try pen.push(ops, to: room)
    #expect(again.verdicts == lost.verdicts)
    #expect(again.head == lost.head && again.digest == lost.digest)
    #expect(try room.log().count == 5)
  }

  @Test func `an old request after newer ones is refused, with the number to go on from`() throws {
    let room = try Room()
    var pen = Pen(room)
    let old = pen.request([room.op(["title": .text("old")])])
    for text in ["b", "c"] { try pen.push([room.op(["title": .text(text)])], to: room) }
    #expect(try room.exchange(old) == .failure(.staleRequest(number: 3)))
    #expect(try room.log().count == 2)
  }

  @Test func `an id comes back with another content as a conflict, and the rest goes on`() throws {
    let room = try Room()
    var pen = Pen(room)
    let first = room.op(["title": .text("mine")])
    try pen.push([first], to: room)
    let other = room.op(["title": .text("yours")], id: first.id)
    let next = room.op(["mood": .number(1)], counter: 1)
    let reply = try pen.push([other, next], to: room)
    #expect(reply.verdicts[first.id] == .refused(.conflictID))
    #expect(reply.verdicts[next.id] == .ok(seq: 2, stamp: nil))
    let texts = try room.registers().compactMap(\.value.text)
    #expect(texts == ["mine"])
  }

  @Test(arguments: ["row", "kind", "group", "base"])
  func `any other part of the content is a conflict, too`(part: String) throws {
    let room = try Room()
    var pen = Pen(room)
    let first = room.op(["title": .text("mine")])
    try pen.push([first], to: room)
    let base = Authorship(stamp: first.stamp, op: room.newID())
    let other = Op(
      id: first.id, stamp: first.stamp, kind: part == "kind" ? "task" : first.kind,
      row: part == "row" ? room.newID() : first.row, fields: first.fields,
      bases: part == "base" ? ["title": base] : [:],
      group: part == "group" ? room.newID() : first.group)
    #expect(try pen.push([other], to: room).verdicts == [first.id: .refused(.conflictID)])
  }

  @Test func `an operation keeps the stamp it was accepted with, and the batch ends there`() throws
  {
    let room = try Room()
    var pen = Pen(room)
    let first = room.op(["title": .text("a")])
    try pen.push([first], to: room)
    var moved = first
    moved.stamp = Stamp(bits: first.stamp.bits + 9)
    let next = room.op(["title": .text("b")], counter: 3)
    let reply = try pen.push([moved, next], to: room)
    #expect(reply.verdicts == [first.id: .ok(seq: 1, stamp: first.stamp), next.id: .skipped])
    #expect(try room.log().count == 1)
  }

  @Test func `the same operation twice in a request is one`() throws {
    let room = try Room()
    var pen = Pen(room)
    let op = room.op(["title": .text("a")])
    let other = room.op(["title": .text("b")], id: op.id)
    let reply = try pen.push([op, op, other], to: room)
    #expect(reply.verdicts == [op.id: .ok(seq: 1, stamp: nil)])
    #expect(try room.log().count == 1)
  }

  @Test func `a stamp too far ahead ends the batch, and nothing is lost by it`() throws {
    let room = try Room()
    var pen = Pen(room)
    let good = room.op(["title": .text("a")], ahead: Ledger.mostAhead, counter: 0xFFFF)
    let bad = room.op(["title": .text("b")], ahead: Ledger.mostAhead + 1)
    let next = room.op(["title": .text("c")])
    let reply = try pen.push([good, bad, next], to: room)
    #expect(
      reply.verdicts == [good.id: .ok(seq: 1, stamp: nil), bad.id: .ahead, next.id: .skipped])
    #expect(try room.registers().map(\.value) == [.text("a")])
  }

  @Test func `a server whose clock was in 1970 or 2099 judges by the clock it is given`() throws {
    let room = try Room()
    var pen = Pen(room)
    let today = room.now
    let written = room.op(["title": .text("today")])
    room.now = Moment(milliseconds: 1_000)
    #expect(try pen.push([written], to: room).verdicts == [written.id: .ahead])
    room.now = Moment(seconds: 4_070_908_800)
    let far = room.op(["title": .text("far")])
    #expect(try pen.push([far], to: room).verdicts == [far.id: .ok(seq: 1, stamp: nil)])
    room.now = today
    let reply = try pen.push([far, written], to: room)
    #expect(
      reply.verdicts == [far.id: .ok(seq: 1, stamp: nil), written.id: .ok(seq: 2, stamp: nil)])
    #expect(reply.greatest == far.stamp)
    #expect(try room.flaws() == [])
  }

  @Test func `without the rule a stamp from the future is taken`() throws {
    let room = try Room(without: [.refuseFuture])
    var pen = Pen(room)
    let far = room.op(["title": .text("far")], ahead: 1 << 40)
    #expect(try pen.push([far], to: room).verdicts == [far.id: .ok(seq: 1, stamp: nil)])
  }

  @Test func `without the rule the batch goes on past an operation ahead`() throws {
    let room = try Room(without: [.stopAtRestamp])
    var pen = Pen(room)
    let bad = room.op(["title": .text("b")], ahead: Ledger.mostAhead + 1)
    let next = room.op(["title": .text("c")])
    let reply = try pen.push([bad, next], to: room)
    #expect(reply.verdicts == [bad.id: .ahead, next.id: .ok(seq: 1, stamp: nil)])
  }

  @Test func `without the rule a late copy of a request is executed`() throws {
    let room = try Room(without: [.requestNumbers])
    var pen = Pen(room)
    let request = pen.request()
    try pen.push(to: room)
    #expect(try room.exchange(request).get().head == .start)
  }

  @Test func `without the rule an operation is accepted again, which the tables refuse`() throws {
    let room = try Room(without: [.deduplicate])
    var pen = Pen(room)
    let op = room.op(["title": .text("a")])
    try pen.push([op], to: room)
    #expect(throws: DatabaseError.self) { try pen.push([op], to: room) }
  }
}
