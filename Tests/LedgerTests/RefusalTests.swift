internal import GRDB
internal import Kernel
internal import Ledger
internal import Testing

/// Operations that are refused for good: they delay no other.
struct RefusalTests {
  /// Pushes `op` between two good ones and returns its verdict.
  private func verdict(
    on op: Op, in room: Room, account: EntryID? = nil
  ) throws -> Verdict? {
    var pen = Pen(room)
    let (first, last) = (room.op(["a": .null]), room.op(["b": .null], counter: 1))
    let reply = try room.exchange(pen.request([first, op, last]), account: account).get()
    #expect(reply.verdicts[first.id] == .ok(seq: 1, stamp: nil))
    let isIn = if case .ok = reply.verdicts[op.id] { true } else { false }
    #expect(reply.verdicts[last.id] == .ok(seq: isIn ? 3 : 2, stamp: nil))
    #expect(try room.flaws() == [])
    return reply.verdicts[op.id]
  }

  @Test(arguments: ["", "title!", "tä", "a b", "a-b", "\u{0}", String(repeating: "x", count: 65)])
  func `names have 1 to 64 letters, digits and underscores`(name: String) throws {
    let room = try Room()
    #expect(try verdict(on: room.op([name: .null]), in: room) == .refused(.invalid))
    let other = try Room()
    #expect(
      try verdict(on: other.op(["a": .null], kind: Kind(name)), in: other) == .refused(.invalid))
    let third = try Room()
    let base = Authorship(stamp: Stamp(bits: 1), op: third.newID())
    #expect(
      try verdict(on: third.op(["a": .null], bases: [name: base]), in: third)
        == .refused(.invalid))
  }

  @Test func `the longest name is a name`() throws {
    let room = try Room()
    let name = String(repeating: "Zz_09zzz", count: 8)
    #expect(
      try verdict(on: room.op([name: .null], kind: Kind(name)), in: room)
        == .ok(seq: 2, stamp: nil))
  }

  @Test(arguments: [(0, false), (1, true), (100, true), (101, false)])
  func `an operation has 1 to 100 fields`(count: Int, isFine: Bool) throws {
    let room = try Room()
    let fields = Dictionary(uniqueKeysWithValues: (0..<count).map { ("f\($0)", Value.null) })
    let verdict = try verdict(on: room.op(fields), in: room)
    #expect(verdict == (isFine ? .ok(seq: 2, stamp: nil) : .refused(.invalid)))
  }

  static let numbers: [(Int64, Bool)] = [
    (9_007_199_254_740_991, true), (9_007_199_254_740_992, false),
    (-9_007_199_254_740_991, true), (-9_007_199_254_740_992, false), (.max, false), (.min, false),
    (0, true),
  ]

  @Test(arguments: numbers)
  func `numbers stay below 2^53`(number: Int64, isFine: Bool) throws {
    let room = try Room()
    let verdict = try verdict(on: room.op(["mood": .number(number)]), in: room)
    #expect(verdict == (isFine ? .ok(seq: 2, stamp: nil) : .refused(.invalid)))
  }

  @Test func `a text has no U+0000`() throws {
    let room = try Room()
    #expect(try verdict(on: room.op(["a": .text("x\u{0}y")]), in: room) == .refused(.invalid))
  }

  @Test(arguments: [Value.null, .number(1), .text("true")])
  func `the register of deletion is a flag`(value: Value) throws {
    let room = try Room()
    #expect(try verdict(on: room.op([Op.deleted: value]), in: room) == .refused(.invalid))
  }

  @Test func `a field holds 256 KiB, and not one byte more`() throws {
    let most = String(repeating: "é", count: ExchangeRequest.mostFieldBytes / 2)
    let room = try Room()
    #expect(try verdict(on: room.op(["a": .text(most)]), in: room) == .ok(seq: 2, stamp: nil))
    let other = try Room()
    #expect(
      try verdict(on: other.op(["a": .text(most + "x")]), in: other) == .refused(.tooLarge))
  }

  @Test func `an operation holds 1 MiB of JSON, and not one byte more`() throws {
    // {"a":"…","b":"…",…}: 6 bytes around each of five texts, 4 commas and 2 braces.
    let sizes = [200_000, 200_000, 200_000, 200_000, ExchangeRequest.mostOpBytes - 800_036]
    var fields: [String: Value] = [:]
    for (name, size) in zip(["a", "b", "c", "d", "e"], sizes) {
      fields[name] = .text(String(repeating: "x", count: size))
    }
    let room = try Room()
    #expect(try verdict(on: room.op(fields), in: room) == .ok(seq: 2, stamp: nil))
    fields["a"] = .text(String(repeating: "x", count: 200_001))
    let other = try Room()
    #expect(try verdict(on: other.op(fields), in: other) == .refused(.tooLarge))
  }

  @Test func `the id of nothing is no id`() throws {
    let room = try Room()
    let none = EntryID(high: 0, low: 0)
    #expect(try verdict(on: room.op(["a": .null], id: none), in: room) == .refused(.invalid))
    let other = try Room()
    #expect(try verdict(on: other.op(["a": .null], row: none), in: other) == .refused(.invalid))
  }

  @Test func `one bad operation of 500 costs none of the others`() throws {
    let room = try Room()
    var pen = Pen(room)
    var ops = (0..<500).map { room.op(["a": .number(Int64($0))], counter: $0) }
    ops[250] = room.op(["a": .number(.max)], counter: 250)
    let reply = try pen.push(ops, to: room)
    #expect(reply.verdicts.count == 500 && reply.head.seq == 499)
    #expect(reply.verdicts[ops[250].id] == .refused(.invalid))
    #expect(reply.page.map(\.op) == Array(ops[..<250] + ops[251...]))
  }

  @Test func `a full space takes nothing more and gives everything`() throws {
    let room = try Room(quota: 2_000)
    var pen = Pen(room)
    let ops = (0..<10).map { room.op(["a": .number(Int64($0))], counter: $0) }
    let reply = try pen.push(ops, to: room)
    let taken = ops.filter { reply.verdicts[$0.id] != .refused(.quota) }
    #expect(taken.count == 9 && reply.page.map(\.op) == taken)
    #expect(try room.state().bytes <= 2_000)
    // What was accepted is accepted still.
    #expect(try pen.push(ops, to: room).verdicts == reply.verdicts)
  }

  @Test func `a row has at most a thousand registers`() throws {
    let room = try Room()
    var pen = Pen(room)
    let ops = (0..<11).map { batch in
      let names = (0..<100).map { ("f\(batch)_\($0)", Value.null) }
      return room.op(Dictionary(uniqueKeysWithValues: names), counter: batch)
    }
    let reply = try pen.push(ops, to: room)
    #expect(reply.verdicts[ops[9].id] == .ok(seq: 10, stamp: nil))
    #expect(reply.verdicts[ops[10].id] == .refused(.tooLarge))
    let edit = room.op(["f0_1": .number(1)], counter: 12)
    #expect(try pen.push([edit], to: room).verdicts == [edit.id: .ok(seq: 11, stamp: nil)])
  }

  @Test(arguments: ["owner", "admin", "moderator", "member"])
  func `who may write writes`(role: String) throws {
    let room = try Room()
    let other = EntryID(high: 0xA, low: 2)
    try room.database.write { try room.ledger.join(room.space, other, as: role, in: $0) }
    #expect(
      try verdict(on: room.op(["a": .null], counter: 5), in: room, account: other)
        == .ok(seq: 2, stamp: nil))
  }

  @Test(arguments: ["reader", "guest", ""])
  func `who may only read is refused, and reads on`(role: String) throws {
    let room = try Room()
    var pen = Pen(room)
    let op = room.op(["a": .null])
    try pen.push([op], to: room)
    let other = EntryID(high: 0xA, low: 2)
    try room.database.write { try room.ledger.join(room.space, other, as: role, in: $0) }
    var reader = Pen(room)
    let mine = room.op(["b": .null])
    let given = Register(
      kind: "journal", row: room.newID(), field: "a",
      authorship: Authorship(stamp: op.stamp, op: room.newID()), value: .null)
    let reply = try room.exchange(
      reader.request([mine], repairs: [given]), account: other
    ).get()
    #expect(
      reply.verdicts == [
        mine.id: .refused(.forbidden), given.authorship.op: .refused(.forbidden),
      ])
    #expect(reply.page.map(\.op) == [op])
  }

  @Test func `a role that is lowered counts from the next push`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push([room.op(["a": .null])], to: room)
    try room.database.write { try room.ledger.join(room.space, room.account, as: "reader", in: $0) }
    let late = room.op(["a": .number(1)], counter: 1)
    #expect(try pen.push([late], to: room).verdicts == [late.id: .refused(.forbidden)])
  }
}
