package import GRDB
package import Kernel
internal import SQL

extension Ledger {
  /// One page of a space's current registers, after `after`, of at most about `limit` registers: it
  /// ends with a whole row. Throws `ExchangeFault.notMember`.
  package func snapshot(
    _ space: EntryID, after: SnapshotKey?, account: EntryID, limit: Int, now: Moment,
    in database: Database
  ) throws -> SnapshotPage {
    guard try role(of: account, in: space, database) != nil,
      let state = try state(of: space, in: database)
    else { throw ExchangeFault.notMember }
    var page = SnapshotPage(
      epoch: state.epoch, head: state.head, registers: [], after: nil, now: now)
    let most = min(max(1, limit), ExchangeRequest.mostWanted)
    var bytes = 0
    try registers(of: space, after: after, in: database) { register in
      let isFull = page.registers.count >= most || bytes >= ExchangeRequest.mostReplyBytes
      if isFull, let last = page.registers.last,
        last.row != register.row || last.kind != register.kind
      {
        page.after = SnapshotKey(kind: last.kind, row: last.row)
        return false
      }
      page.registers.append(register)
      bytes += 80 + register.field.utf8.count + (register.value.text?.utf8.count ?? 0)
      return true
    }
    return page
  }

  /// A space's current registers in the order of their keys, until `body` returns false.
  package func registers(
    of space: EntryID, after: SnapshotKey? = nil, in database: Database,
    _ body: (Register) throws -> Bool
  ) throws {
    let select = "SELECT coll, id, field, t, op, val FROM reg WHERE space = ?"
    let order = "ORDER BY coll, id, field"
    guard let after else {
      return try database.walk("\(select) \(order)", [.id(space)]) { try body(register($0)) }
    }
    try database.walk(
      "\(select) AND (coll, id) > (?, ?) \(order)",
      [.id(space), .text(after.kind.name), .id(after.row)]
    ) { try body(register($0)) }
  }

  /// From the columns coll, id, field, t, op, val.
  func register(_ columns: Columns) throws -> Register {
    guard let row = columns.id(1), let op = columns.id(4) else {
      throw LedgerError.damaged(seq: 0)
    }
    return Register(
      kind: Kind(columns.text(0)), row: row, field: columns.text(2),
      authorship: Authorship(stamp: columns.stamp(3), op: op), value: columns.exactValue(5))
  }
}
