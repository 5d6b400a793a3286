internal import GRDB
internal import Kernel
internal import Ledger
internal import Synchronization
internal import Testing

/// How SQLite carries out what an exchange asks: by keys, whatever a space holds.
struct PlanTests {
  @Test func `no statement of an exchange walks along a table`() throws {
    let room = try Room()
    let heard = Heard()
    room.database.writeWithoutTransaction { database in
      database.trace { event in
        if case .statement(let statement) = event { heard.add(statement.sql) }
      }
    }
    var pen = Pen(room)
    let ops = (0..<3).map { room.op(["a": .number(Int64($0)), "b\($0)": .null], counter: $0) }
    let back = Register(
      kind: "journal", row: room.newID(), field: "c",
      authorship: Authorship(stamp: Stamp(bits: 5), op: room.newID()), value: .flag(true))
    try pen.push(ops, repairs: [back], to: room)
    try pen.push([ops[0], room.op(["a": .null], ahead: 9)], repairs: [back], to: room)
    for after in [nil, SnapshotKey(kind: "journal", row: back.row)] {
      _ = try room.database.read {
        try room.ledger.snapshot(
          room.space, after: after, account: room.account, limit: 1, now: room.now, in: $0)
      }
    }
    let statements = heard.all.filter { $0.contains("?") }
    #expect(statements.count > 15)
    for sql in statements {
      for step in try plan(of: sql, in: room) {
        #expect(!step.contains("SCAN") || step.contains("CONSTANT"), "\(sql)")
        // The space alone is no key: everything of a space would be walked along.
        let isWhole = step.hasSuffix("(space=?)") && !sql.contains("ORDER BY coll, id, field")
        #expect(!isWhole, "\(sql)")
        #expect(!step.contains("TEMP B-TREE"), "\(sql)")
      }
    }
  }

  private func plan(of sql: String, in room: Room) throws -> [String] {
    try room.database.read { database in
      let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
      statement.setUncheckedArguments([])
      return try Row.fetchAll(statement).map { $0["detail"] }
    }
  }
}

/// The statements that ran, each once.
private final class Heard: Sendable {
  private let texts = Mutex<Set<String>>([])
  var all: Set<String> { texts.withLock { $0 } }
  func add(_ text: String) { texts.withLock { _ = $0.insert(text) } }
}
