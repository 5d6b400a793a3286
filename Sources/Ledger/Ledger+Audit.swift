package import GRDB
package import Kernel
internal import SQL

/// Something that a space's tables say of each other and that is not so.
package enum LedgerFlaw: Hashable, Sendable {
  /// The numbers of the log are not 1, 2, 3, … up to the head.
  case gap(seq: Int64)
  /// A line's chain does not follow from its content and the line before.
  case chain(seq: Int64)
  /// A line's operation is not known as accepted, or with another content.
  case unseen(seq: Int64)
  /// A value of a line is neither its register's nor a version of it.
  case lost(seq: Int64, field: String)
  /// A register shows a smaller write than one that the log has.
  case notGreatest(seq: Int64, field: String)
  /// The space's own row says something else than the tables: which column.
  case tally(String)
}

extension Ledger {
  /// The digest and the number of a space's registers, counted anew.
  package func recount(
    _ space: EntryID, in database: Database
  ) throws -> (digest: UInt64, registers: Int64) {
    var digest: UInt64 = 0
    var count: Int64 = 0
    try database.each(
      "SELECT coll, id, field, t, op FROM reg WHERE space = ?", [.id(space)]
    ) { columns in
      guard let row = columns.id(1), let op = columns.id(4) else {
        throw LedgerError.damaged(seq: 0)
      }
      digest &+= Digest.register(
        space, Kind(columns.text(0)), row, columns.text(2),
        Authorship(stamp: columns.stamp(3), op: op))
      count += 1
    }
    return (digest, count)
  }

  /// What is wrong with a space: its log is read from the first line on and compared with everything
  /// that was derived from it. Nothing is kept in memory but the flaws, at most 100.
  package func flaws(of space: EntryID, in database: Database) throws -> [LedgerFlaw] {
    guard let state = try state(of: space, in: database) else { return [] }
    var audit = LedgerAudit(space: space, database: database)
    try database.each(
      """
      SELECT seq, op, t, coll, id, f, b, x, device, origin, chain FROM op_log
      WHERE space = ? ORDER BY seq
      """, [.id(space)]
    ) { columns in
      try audit.look(
        at: LogLine(columns), fields: columns.text(5),
        bases: columns.isNull(6) ? "" : columns.text(6))
    }
    let count = try recount(space, in: database)
    if audit.head != state.head { audit.note(.tally("head")) }
    if audit.greatest != state.greatest { audit.note(.tally("max_t")) }
    if audit.bytes != state.bytes { audit.note(.tally("bytes")) }
    if count.digest != state.digest { audit.note(.tally("digest")) }
    if count.registers != state.registers { audit.note(.tally("registers")) }
    if try audit.registersWithoutLine() > 0 { audit.note(.tally("reg")) }
    return audit.flaws
  }
}

/// A walk along a log.
private struct LedgerAudit {
  let space: EntryID
  let database: Database
  private(set) var flaws: [LedgerFlaw] = []
  private(set) var head = LogPoint.start
  private(set) var greatest = Stamp(bits: 0)
  private(set) var bytes: Int64 = 0

  init(space: EntryID, database: Database) {
    self.space = space
    self.database = database
  }

  mutating func note(_ flaw: LedgerFlaw) {
    if flaws.count < 100 { flaws.append(flaw) }
  }

  mutating func look(at line: LogLine, fields: String, bases: String) throws {
    let logged = try line.logged
    let op = logged.op
    let payload = Digest.payload(
      op.kind, op.row, fields: fields, bases: bases, group: op.group)
    if line.seq != head.seq + 1 { note(.gap(seq: line.seq)) }
    let chain = Digest.chain(after: head.chain, op.id, op.stamp, payload: payload)
    if line.point.chain != chain { note(.chain(seq: line.seq)) }
    head = line.point
    greatest = max(greatest, op.stamp)
    bytes += Int64(line.size)
    if try !isSeen(logged, payload) { note(.unseen(seq: line.seq)) }
    for field in op.fields.keys { try lookForValue(of: field, logged) }
  }

  private func isSeen(_ line: LoggedOp, _ payload: UInt64) throws -> Bool {
    try database.first(
      "SELECT t, seq, h FROM op_seen WHERE space = ? AND op = ?", [.id(space), .id(line.op.id)]
    ) {
      $0.stamp(0) == line.op.stamp && $0.integer(1) == line.seq
        && UInt64(bitPattern: $0.integer(2)) == payload
    } ?? false
  }

  private mutating func lookForValue(of field: String, _ line: LoggedOp) throws {
    let author = line.authorship
    let key: [Datum] = [
      .id(space), .text(line.op.kind.name), .id(line.op.row), .text(field),
    ]
    let current =
      try database.first(
        "SELECT t, op FROM reg WHERE space = ? AND coll = ? AND id = ? AND field = ?", key
      ) { columns in columns.id(1).map { Authorship(stamp: columns.stamp(0), op: $0) } } ?? nil
    if current == author { return }
    guard let current, author < current else {
      return note(.notGreatest(seq: line.seq, field: field))
    }
    let versions = try database.integer(
      """
      SELECT count(*) FROM version
      WHERE space = ? AND coll = ? AND id = ? AND field = ? AND t = ? AND op = ?
      """, key + [Datum(author.stamp), .id(author.op)])
    if versions == 0 { note(.lost(seq: line.seq, field: field)) }
  }

  /// Registers whose number in the log is not the line of their author.
  func registersWithoutLine() throws -> Int64 {
    try database.integer(
      """
      SELECT count(*) FROM reg LEFT JOIN op_log ON op_log.space = reg.space AND op_log.seq = reg.seq
      WHERE reg.space = ? AND (op_log.t IS NOT reg.t OR coalesce(op_log.origin, op_log.op) IS NOT reg.op
        OR op_log.coll IS NOT reg.coll OR op_log.id IS NOT reg.id)
      """, [.id(space)])
  }
}
