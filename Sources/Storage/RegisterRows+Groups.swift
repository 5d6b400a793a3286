internal import GRDB
internal import Kernel
internal import SQL

/// Rows of groups. Their registers come one by one, also in pieces that a member gives back after the
/// server was restored: they are shown once they prove whose row they make.
extension RegisterRows {
  /// Whether the id of a row in a group's space follows from what the row says of itself (see
  /// `OwnedRow`). So no member can put a row where another one's is going to be, nor where a person's
  /// own is, which would then be written in the group.
  func belongs(_ kind: Kind, _ row: EntryID, member: Value, key: Value) -> Bool {
    if kind == GroupInfo.kind { return row == space }
    guard let text = member.text, let member = EntryID(text), member.description == text else {
      return false
    }
    if kind == GroupMember.kind { return row == GroupMember.id(of: member, in: space) }
    guard let key = key.text else { return false }
    return row == Digest.derivedID(kind, member: member, key: key, in: space)
  }

  /// Whether a row of the group may come into `table`: none has its id in any space.
  func isFree(_ table: KindTable, _ row: EntryID) throws -> Bool {
    guard !isPersonal, table.isShared else { return false }
    return try database.integer(
      "SELECT EXISTS (SELECT 1 FROM \"\(table.kind.name)\" WHERE id = ?)", [.id(row)]) == 0
  }

  /// Takes what was kept unseen of a group's row over into its table, once it has proven whose it is.
  /// True where it did.
  func adopt(_ table: KindTable, _ row: EntryID) throws -> Bool {
    guard try isFree(table, row) else { return false }
    var unseen: [String: Value] = [:]
    try database.each(
      "SELECT field, val FROM sync_unknown WHERE space = ? AND coll = ? AND id = ?",
      key(table.kind, row)
    ) { unseen[$0.text(0)] = $0.exactValue(1) }
    let belongs = belongs(
      table.kind, row, member: unseen[OwnedRow.member] ?? .null,
      key: unseen[OwnedRow.key] ?? .null)
    guard belongs else { return false }
    unseen = unseen.filter { table.fits($0.value, $0.key) }
    let deleted = unseen[Op.deleted] ?? .null
    let isDead = Self.isDead(deleted, try clocks(table.kind, row))
    try database.run(
      table.insert,
      table.inserting(
        row, table.fields.map { unseen[$0.name] ?? .null }, deleted: deleted, isDead: isDead,
        space: space))
    for field in unseen.keys { try setUnknown(table.kind, row, field, to: nil) }
    return true
  }

  /// Takes a row that no longer proves whose it is out of its table; its registers are kept unseen.
  /// True where it did.
  func retract(_ table: KindTable, _ row: EntryID) throws -> Bool {
    guard let stored = try stored(table, row) else { return false }
    func held(_ field: String) throws -> Value {
      try value(table, table.kind, row, field, in: stored)
    }
    let belongs = belongs(
      table.kind, row, member: try held(OwnedRow.member), key: try held(OwnedRow.key))
    guard !belongs else { return false }
    for field in try clocks(table.kind, row).keys {
      try setUnknown(table.kind, row, field, to: try held(field))
    }
    try database.run("DELETE FROM \"\(table.kind.name)\" WHERE id = ?", [.id(row)])
    return true
  }
}
