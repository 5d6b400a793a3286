internal import GRDB
internal import Kernel
internal import Ledger
internal import Testing

/// Spaces as a whole: who has which, and how they go.
struct SpaceTests {
  private let friend = EntryID(high: 0xA, low: 2)

  private func withGroup() throws -> (room: Room, group: EntryID) {
    let room = try Room()
    let group = EntryID(high: 0x4, low: 1)
    try room.database.write {
      try room.ledger.makeSpace(
        group, kind: "group", owner: friend, epoch: room.newID(), in: $0)
      try room.ledger.join(group, room.account, as: "reader", in: $0)
    }
    return (room, group)
  }

  private func spaces(_ room: Room, of account: EntryID) throws -> [String] {
    try room.database.read {
      try room.ledger.spaces(of: account, in: $0).map { "\($0.kind) \($0.role)" }
    }
  }

  @Test func `an account has its own space first, then the others with its roles`() throws {
    let (room, group) = try withGroup()
    #expect(try spaces(room, of: room.account) == ["personal owner", "group reader"])
    #expect(try spaces(room, of: friend) == ["group owner"])
    #expect(try spaces(room, of: room.newID()) == [])
    try room.database.write {
      try room.ledger.leave(group, room.account, now: room.now, in: $0)
    }
    #expect(try spaces(room, of: room.account) == ["personal owner"])
  }

  @Test func `a space is made once`() throws {
    let room = try Room()
    #expect(throws: DatabaseError.self) {
      try room.database.write {
        try room.ledger.makeSpace(
          room.space, kind: "personal", owner: friend, epoch: room.newID(), in: $0)
      }
    }
    #expect(try spaces(room, of: friend) == [])
  }

  @Test func `an account goes with its devices and its own spaces, the others stay`() throws {
    let (room, group) = try withGroup()
    var (mine, theirs) = (Pen(room), Pen(room, space: group))
    try mine.push([room.op(["a": .null]), room.op(["a": .number(1)], ahead: 1)], to: room)
    let kept = room.op(of: friend, "k", in: group)
    #expect(try room.exchange(theirs.request([kept]), account: friend).get().head.seq == 1)
    let gone = try room.database.write {
      try room.ledger.deleteAccount(room.account, in: $0)
    }
    #expect(gone == [room.space])
    #expect(try room.log(group).map(\.op) == [kept])
    #expect(try room.exchange(mine.request()) == .failure(.notMember))
    #expect(try spaces(room, of: friend) == ["group owner"])
    // Every table holds the friend's rows alone.
    for (table, left) in [
      "space": 1, "member": 1, "device": 1, "device_space": 1, "op_log": 1, "op_seen": 1,
      "reg": 2, "version": 0,
    ] {
      #expect(try room.count(table) == left, "\(table)")
    }
  }

  @Test func `no table is forgotten when the last account goes`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push([room.op(["a": .null]), room.op(["a": .number(1)], ahead: 1)], to: room)
    try room.database.write { _ = try room.ledger.deleteAccount(room.account, in: $0) }
    let tables = try room.database.read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    #expect(tables.count == 8)
    for table in tables { #expect(try room.count(table) == 0, "\(table)") }
  }

  @Test func `after a restore each space has another epoch, and all else is as it was`() throws {
    let (room, group) = try withGroup()
    var pen = Pen(room)
    try pen.push([room.op(["a": .null])], to: room)
    let before = [try room.state(), try room.state(group)]
    try room.database.write { try room.ledger.rotateEpochs(at: room.now, in: $0) { room.newID() } }
    let after = [try room.state(), try room.state(group)]
    #expect(Set((before + after).map(\.epoch)).count == 4)
    #expect(before.map(\.head) == after.map(\.head))
    #expect(before.map(\.digest) == after.map(\.digest))
    let all = try room.database.read { try room.ledger.states(in: $0) }
    #expect(Set(all) == Set(after))
  }

  @Test func `nothing leaks from one space into another`() throws {
    let (room, group) = try withGroup()
    var (mine, theirs) = (Pen(room), Pen(room, space: group))
    // The same row in both: the spaces share nothing.
    let secret = room.op(of: friend, "k", in: group, ["a": .text("mine")])
    let shared = room.op(of: friend, "k", in: group, ["a": .text("theirs")], ahead: 1)
    try mine.push([secret], to: room)
    let reply = try room.exchange(theirs.request([shared]), account: friend).get()
    theirs.take(reply)
    #expect(theirs.page.map(\.op) == [shared])
    #expect(try room.registers().first?.value == .text("mine"))
    #expect(try room.registers(group).first?.value == .text("theirs"))
    // An id that one space knows is no answer in another.
    let probe = try room.exchange(theirs.request([secret]), account: friend).get()
    #expect(probe.verdicts == [secret.id: .ok(seq: 2, stamp: nil)])
    #expect(try room.log().count == 1)
  }
}
