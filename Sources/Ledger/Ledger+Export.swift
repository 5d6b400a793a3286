package import GRDB
package import Kernel
internal import SQL

/// A value that lost its register, with the moment at which the server saw that.
package struct LostValue: Hashable, Sendable {
  package let register: Register
  package let lostAt: Moment
}

/// Everything that a space holds, in the order in which it is stored, without a bound in memory.
/// Its current values are `registers(of:)`.
extension Ledger {
  /// The values that lost.
  package func versions(
    of space: EntryID, in database: Database, _ body: (LostValue) throws -> Void
  ) throws {
    try database.each(
      """
      SELECT coll, id, field, t, op, val, lost_at FROM version WHERE space = ?
      ORDER BY coll, id, field, t, op
      """, [.id(space)]
    ) { columns in
      let lostAt = Moment(milliseconds: columns.integer(6))
      try body(LostValue(register: register(columns), lostAt: lostAt))
    }
  }

  /// Every operation, from the first one.
  package func log(
    of space: EntryID, in database: Database, _ body: (LoggedOp) throws -> Void
  ) throws {
    try database.each(
      """
      SELECT seq, op, t, coll, id, f, b, x, device, origin, chain FROM op_log
      WHERE space = ? ORDER BY seq
      """, [.id(space)]
    ) { try body(LogLine($0).logged) }
  }
}
