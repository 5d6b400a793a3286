internal import GRDB
internal import Kernel
internal import SQL

/// Step g: the log from a request's cursor on, bounded in operations and bytes.
struct LogPage {
  private(set) var ops: [LoggedOp] = []
  /// Where the page ends: the next cursor.
  private(set) var next: LogPoint
  private var bytes = 0

  init(
    _ request: ExchangeRequest, head: LogPoint, rules: SyncRules, in database: Database
  ) throws {
    next = request.cursor
    let want = min(max(0, request.want), ExchangeRequest.mostWanted)
    guard want > 0, next.seq < head.seq else { return }
    ops.reserveCapacity(min(want, Int(head.seq - max(0, next.seq))))
    try database.walk(
      """
      SELECT seq, op, t, coll, id, f, b, x, device, origin, chain FROM op_log
      WHERE space = ? AND seq > ? ORDER BY seq
      """, [.id(request.space), .integer(next.seq)]
    ) { try take(LogLine($0), want: want) }
    if !rules.follow(.exactPages), ops.count == want, next.seq < head.seq {
      try skip(request.space, in: database)
    }
  }

  /// Whether there was room. Only the rest of a group goes beyond the bounds, and even that is bounded
  /// by what one request can have brought.
  private mutating func take(_ line: LogLine, want: Int) throws -> Bool {
    let group = try line.group
    let size = line.size
    if !ops.isEmpty, ops.count >= want || bytes + size > ExchangeRequest.mostReplyBytes {
      guard ops.last?.op.group == group, ops.count < want + ExchangeRequest.mostOps,
        bytes + size <= ExchangeRequest.mostReplyBytes + ExchangeRequest.mostBytes
      else { return false }
    }
    ops.append(try line.logged)
    bytes += size
    next = line.point
    return true
  }

  /// What a server does that counts its pages wrongly.
  private mutating func skip(_ space: EntryID, in database: Database) throws {
    let beyond = try database.first(
      "SELECT seq, chain FROM op_log WHERE space = ? AND seq = ?",
      [.id(space), .integer(next.seq + 1)]
    ) { LogPoint(seq: $0.integer(0), chain: UInt64(bitPattern: $0.integer(1))) }
    next = beyond ?? next
  }
}

/// One row of `op_log`: seq, op, t, coll, id, f, b, x, device, origin, chain.
struct LogLine {
  private let columns: Columns

  init(_ columns: Columns) { self.columns = columns }

  var seq: Int64 { columns.integer(0) }
  var point: LogPoint {
    LogPoint(seq: seq, chain: UInt64(bitPattern: columns.integer(10)))
  }

  /// Its JSON on the wire, roughly.
  var size: Int {
    200 + columns.withUTF8(5) { $0.count } + columns.withUTF8(6) { $0.count }
  }

  var group: EntryID { get throws { try id(columns.isNull(7) ? 1 : 7) } }

  var logged: LoggedOp {
    get throws {
      guard let fields = columns.withUTF8(5, { CanonicalJSON.fields($0) }),
        let bases = columns.isNull(6) ? [:] : columns.withUTF8(6, { CanonicalJSON.bases($0) })
      else { throw LedgerError.damaged(seq: seq) }
      let op = Op(
        id: try id(1), stamp: columns.stamp(2), kind: Kind(columns.text(3)), row: try id(4),
        fields: fields, bases: bases, group: try group)
      // Who has given a register back has not written it.
      let isGivenBack = !columns.isNull(9)
      return LoggedOp(
        seq: seq, op: op, origin: isGivenBack ? try id(9) : nil,
        device: isGivenBack ? nil : columns.id(8))
    }
  }

  private func id(_ column: CInt) throws -> EntryID {
    guard let id = columns.id(column) else { throw LedgerError.damaged(seq: seq) }
    return id
  }
}

/// What the ledger's own tables can do to it.
package enum LedgerError: Error, Hashable, Sendable {
  /// A line of a log cannot be read.
  case damaged(seq: Int64)
}
