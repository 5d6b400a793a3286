internal import GRDB
internal import Kernel
internal import Ledger
internal import Testing

/// What the server itself writes into a space.
struct TellingTests {
  private let server = EntryID(high: 0x5E, low: 1)

  private func tell(_ rows: [ToldRow], in room: Room) throws -> Int64? {
    let (space, now) = (room.space, room.now)
    return try room.database.write { database in
      try room.ledger.tell(
        rows, in: space, by: server, now: now, newID: room.newID, database)
    }
  }

  private func invitation(_ room: Room, _ state: Invitation.State = .open) -> Invitation {
    Invitation(
      id: EntryID(high: 1, low: 2), space: EntryID(high: 1, low: 3), name: "Friends", from: "ada",
      at: room.now, expires: room.now + 1_000, state: state)
  }

  private func held(_ room: Room) throws -> [String: Value] {
    Dictionary(uniqueKeysWithValues: try room.registers().map { ($0.field, $0.value) })
  }

  @Test func `only what differs is said, and nothing twice`() throws {
    let room = try Room()
    #expect(try tell([ToldRow(invitation(room))], in: room) == 1)
    #expect(try tell([ToldRow(invitation(room))], in: room) == nil)
    #expect(try tell([ToldRow(invitation(room, .declined))], in: room) == 2)
    #expect(try room.log().last?.op.fields == ["state": .text("declined")])
    #expect(try held(room)["from_user"] == .text("ada"))
    #expect(try room.flaws() == [])
  }

  @Test func `the server's word stands above all that the space has seen`() throws {
    let room = try Room()
    var pen = Pen(room)
    try pen.push([room.op(["a": .null], ahead: 299_000)], to: room)
    #expect(try tell([ToldRow(invitation(room))], in: room) == 2)
    let told = try #require(try room.log().last)
    #expect(told.op.stamp == Stamp(milliseconds: (room.now + 299_000).milliseconds, counter: 1))
    // And never below the clock.
    room.now = room.now + 900_000
    #expect(try tell([ToldRow(invitation(room, .accepted))], in: room) == 3)
    #expect(
      try room.log().last?.op.stamp == Stamp(milliseconds: room.now.milliseconds, counter: 0))
    #expect(try pen.push(to: room).page.map(\.op.kind) == ["invitation", "invitation"])
  }

  @Test func `a row that was deleted stands again when it is told`() throws {
    let room = try Room()
    let row = invitation(room)
    _ = try tell([ToldRow(row)], in: room)
    #expect(
      try tell([ToldRow(Invitation.kind, row.id, [Op.deleted: .flag(true)])], in: room) == 2)
    #expect(try tell([ToldRow(row)], in: room) == 3)
    #expect(try room.log().last?.op.fields == [Op.deleted: .flag(false)])
  }

  @Test func `a space that is full still hears the server`() throws {
    let room = try Room(quota: 10)
    #expect(try tell([ToldRow(invitation(room))], in: room) == 1)
  }

  @Test func `a space that is not there is not told`() throws {
    let room = try Room()
    let now = room.now
    let head = try room.database.write { database in
      try room.ledger.tell(
        [ToldRow(invitation(room))], in: EntryID(high: 9, low: 9), by: server, now: now,
        newID: room.newID, database)
    }
    #expect(head == nil)
  }

  @Test func `what a device gives back of it is taken, and said anew above it`() throws {
    let room = try Room()
    var pen = Pen(room)
    let author = Authorship(
      stamp: Stamp(milliseconds: room.now.milliseconds, counter: 9), op: room.newID())
    let given = Register(
      kind: Invitation.kind, row: EntryID(high: 1, low: 2), field: "state", authorship: author,
      value: .text("open"))
    let (now, epoch) = (room.now, room.newID())
    let reply = try room.database.write { database in
      try room.ledger.exchange(
        pen.request(repairs: [given]), account: room.account, now: now, newEpoch: epoch,
        in: database
      ) { space in
        #expect(space.head.seq == 1)
        try room.ledger.tell(
          [ToldRow(invitation(room, .revoked))], in: space.id, by: server, now: now,
          newID: room.newID, database)
      }
    }
    #expect(reply.verdicts == [author.op: .ok(seq: 1, stamp: nil)])
    #expect(reply.head.seq == 2 && reply.page.count == 2 && !reply.more)
    #expect(try held(room)["state"] == .text("revoked"))
    #expect(try room.state().digest == reply.digest)
    #expect(try room.flaws() == [])
  }

  @Test func `an exchange that gives back nothing of it asks for nothing`() throws {
    let room = try Room()
    var pen = Pen(room)
    let (now, epoch) = (room.now, room.newID())
    _ = try room.database.write { database in
      try room.ledger.exchange(
        pen.request([room.op(["a": .null])]), account: room.account, now: now, newEpoch: epoch,
        in: database
      ) { _ in Issue.record("nothing to say") }
    }
  }
}
