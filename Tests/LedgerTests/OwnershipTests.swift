internal import GRDB
internal import Kernel
internal import Ledger
internal import Testing

/// Whose rows a device may write in a group's space.
struct OwnershipTests {
  /// A group's space with an admin (who is the room's own account), a moderator and two members.
  private struct Circle {
    let room: Room
    let space = EntryID(high: 0x6, low: 1)
    let moderator = EntryID(high: 0xA, low: 2)
    let ada = EntryID(high: 0xA, low: 3)
    let eve = EntryID(high: 0xA, low: 4)

    init() throws {
      room = try Room()
      let (space, epoch) = (space, room.newID())
      try room.database.write { database in
        try room.ledger.makeSpace(
          space, kind: "group", owner: room.account, as: "admin", epoch: epoch, in: database)
        try room.ledger.join(space, moderator, as: "moderator", in: database)
        try room.ledger.join(space, ada, as: "member", in: database)
        try room.ledger.join(space, eve, as: "member", in: database)
      }
    }

    func row(of member: EntryID, _ key: String) -> EntryID {
      Digest.derivedID("check_in", member: member, key: key, in: space)
    }

    /// The first operation of a row, as its member's device writes it.
    func post(_ member: EntryID, _ key: String, counter: Int = 0) -> Op {
      room.op(of: member, key, in: space, ["care": .number(3)], counter: counter)
    }

    func verdict(on op: Op, by account: EntryID) throws -> Verdict? {
      let pen = Pen(room, space: space)
      var writer = pen
      return try room.exchange(writer.request([op]), account: account).get().verdicts[op.id]
    }

    /// False where it is forbidden; nothing else may be the answer.
    func takes(_ op: Op, by account: EntryID) throws -> Bool {
      let verdict = try verdict(on: op, by: account)
      if case .ok = verdict { return true }
      #expect(verdict == .refused(.forbidden))
      return false
    }
  }

  @Test func `a member writes rows of their own, and goes on with them`() throws {
    let circle = try Circle()
    #expect(try circle.takes(circle.post(circle.ada, "2026-W47"), by: circle.ada))
    let edit = circle.room.op(
      ["care": .number(4)], row: circle.row(of: circle.ada, "2026-W47"), kind: "check_in",
      counter: 1)
    #expect(try circle.takes(edit, by: circle.ada))
    // Another device of the same person makes the same row.
    #expect(try circle.takes(circle.post(circle.ada, "2026-W47", counter: 2), by: circle.ada))
  }

  @Test func `nobody writes in another's name`() throws {
    let circle = try Circle()
    #expect(try !circle.takes(circle.post(circle.ada, "2026-W47"), by: circle.eve))
    #expect(try circle.takes(circle.post(circle.ada, "2026-W47"), by: circle.ada))
    for fields in [
      ["care": Value.number(9)], ["member": .text(circle.eve.description)],
      ["care": .number(9), Op.deleted: .flag(true)], [Op.deleted: .flag(true)],
      ["member": .text(circle.ada.description), "care": .number(1)],
    ] {
      let op = circle.room.op(
        fields, row: circle.row(of: circle.ada, "2026-W47"), kind: "check_in", counter: 7)
      #expect(try !circle.takes(op, by: circle.eve), "\(fields)")
    }
  }

  @Test func `nobody takes the id that another's row is going to have`() throws {
    let circle = try Circle()
    let row = circle.row(of: circle.ada, "2026-W48")
    for key in ["2026-W48", "x"] {
      let op = circle.room.op(
        ["member": .text(circle.eve.description), "key": .text(key)], row: row, kind: "check_in")
      #expect(try !circle.takes(op, by: circle.eve))
    }
    #expect(try !circle.takes(circle.room.op(["care": .number(1)], row: row), by: circle.eve))
    #expect(try circle.takes(circle.post(circle.ada, "2026-W48"), by: circle.ada))
  }

  @Test func `a row without member and key is nobody's`() throws {
    let circle = try Circle()
    let mine = Value.text(circle.ada.description)
    let row = circle.row(of: circle.ada, "k")
    for fields in [
      ["care": Value.number(1)], ["member": mine], ["key": .text("k")],
      ["member": mine, "key": .null], ["member": .null, "key": .text("k")],
      ["member": mine, "key": .text("other")],
      ["member": .text(circle.ada.description.uppercased()), "key": .text("k")],
    ] {
      let op = circle.room.op(fields, row: row, kind: "check_in")
      #expect(try !circle.takes(op, by: circle.ada), "\(fields)")
    }
  }

  @Test func `who moderates deletes the rows of others and does nothing else to them`() throws {
    let circle = try Circle()
    let room = circle.room
    #expect(try circle.takes(circle.post(circle.ada, "k"), by: circle.ada))
    let row = circle.row(of: circle.ada, "k")
    func deleting(_ flag: Bool, _ counter: Int) -> Op {
      room.op([Op.deleted: .flag(flag)], row: row, kind: "check_in", counter: counter)
    }
    let edit = room.op(["care": .number(9)], row: row, kind: "check_in", counter: 1)
    let both = room.op(
      [Op.deleted: .flag(true), "care": .number(9)], row: row, kind: "check_in", counter: 1)
    for boss in [circle.moderator, room.account] {
      #expect(try !circle.takes(edit, by: boss))
      #expect(try !circle.takes(both, by: boss))
    }
    #expect(try circle.takes(deleting(true, 2), by: circle.moderator))
    #expect(try circle.takes(deleting(false, 3), by: room.account))
    // What its own member has deleted is not brought back by others.
    #expect(try circle.takes(deleting(true, 4), by: circle.ada))
    #expect(try !circle.takes(deleting(false, 5), by: circle.moderator))
    #expect(try circle.takes(deleting(false, 6), by: circle.ada))
    // Nor what the server has taken away.
    let (space, now) = (circle.space, room.now)
    try room.database.write { database in
      _ = try room.ledger.tell(
        [ToldRow("check_in", row, [Op.deleted: .flag(true)])], in: space,
        by: EntryID(high: 0x5E, low: 1), now: now, newID: room.newID, database)
    }
    #expect(try !circle.takes(deleting(false, 8), by: circle.moderator))
  }

  @Test(arguments: ["group_info", "group_member", "membership", "invitation"])
  func `what the server keeps is no device's to write, in no space`(kind: String) throws {
    let circle = try Circle()
    let room = circle.room
    let own = room.op(
      ["member": .text(room.account.description), "key": .text("")],
      row: Digest.derivedID(Kind(kind), member: room.account, key: "", in: circle.space),
      kind: Kind(kind))
    #expect(try !circle.takes(own, by: room.account))
    var pen = Pen(room)
    let personal = room.op(["state": .text("member")], kind: Kind(kind), counter: 1)
    #expect(
      try pen.push([personal], to: room).verdicts == [personal.id: .refused(.forbidden)])
  }
}
