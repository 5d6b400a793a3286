internal import GRDB
internal import Kernel
internal import Ledger
internal import Testing

/// The check of a space against its own log.
struct AuditTests {
  private func room() throws -> Room {
    let room = try Room()
    var pen = Pen(room)
    let ops = (0..<6).map {
      room.op(["a": .number(Int64($0)), "b\($0)": .text("x")], counter: $0)
    }
    let back = Register(
      kind: "journal", row: room.newID(), field: "c",
      authorship: Authorship(stamp: Stamp(bits: 5), op: room.newID()), value: .flag(true))
    try pen.push(ops, repairs: [back], to: room)
    return room
  }

  @Test func `a sound space has no flaws`() throws {
    #expect(try room().flaws() == [])
  }

  @Test(arguments: [
    ("UPDATE space SET digest = digest + 1", [LedgerFlaw.tally("digest")]),
    ("UPDATE space SET registers = registers + 1", [.tally("registers")]),
    ("UPDATE space SET bytes = 0", [.tally("bytes")]),
    ("UPDATE space SET max_t = max_t + 1", [.tally("max_t")]),
    ("UPDATE space SET head = head + 1", [.tally("head")]),
    (
      "UPDATE op_log SET f = '{\"a\":9,\"b3\":\"x\"}' WHERE seq = 5",
      [.chain(seq: 5), .unseen(seq: 5), .tally("bytes")]
    ),
    ("DELETE FROM op_seen WHERE seq = 3", [.unseen(seq: 3)]),
    ("DELETE FROM version WHERE seq = 3", [.lost(seq: 3, field: "a")]),
    ("UPDATE reg SET val = 1, seq = 2 WHERE field = 'a'", [.tally("reg")]),
    (
      "DELETE FROM reg WHERE field = 'b2'",
      [.notGreatest(seq: 4, field: "b2"), .tally("digest"), .tally("registers")]
    ),
  ])
  func `what was changed behind its back is found`(sql: String, flaws: [LedgerFlaw]) throws {
    let room = try room()
    try room.database.write { try $0.execute(sql: sql) }
    let found = Set(try room.flaws())
    #expect(found.isSuperset(of: flaws.filter { $0 != .tally("bytes") || sql.contains("bytes") }))
    #expect(!found.isEmpty)
  }

  @Test func `a line that is missing is found`() throws {
    let room = try room()
    try room.database.write { try $0.execute(sql: "DELETE FROM op_log WHERE seq = 4") }
    #expect(try Set(room.flaws()).isSuperset(of: [.gap(seq: 5), .chain(seq: 5), .tally("reg")]))
  }

  @Test func `a line that cannot be read is told with its number`() throws {
    let room = try room()
    try room.database.write { try $0.execute(sql: "UPDATE op_log SET f = '{' WHERE seq = 4") }
    #expect(throws: LedgerError.damaged(seq: 4)) { try room.flaws() }
    var reader = Pen(room)
    #expect(throws: LedgerError.damaged(seq: 4)) { try reader.push(to: room) }
    // Nothing of the exchange was kept.
    #expect(try room.count("device_space") == 1)
  }
}
