internal import GRDB
internal import Kernel
internal import SQL

/// Whose rows a device may write: in no space those that the server keeps, and in a group's space only
/// its person's own.
struct Ownership {
  let database: Database
  let space: EntryID
  let isGroup: Bool
  let account: EntryID
  /// Of the account in the space.
  let role: String

  /// Who may delete the rows of others.
  private static let moderators: Set<String> = ["admin", "moderator"]

  private var me: Value { .text(account.description) }

  func allows(_ op: Op) throws -> Bool {
    guard !Kind.keptByServer.contains(op.kind) else { return false }
    guard isGroup else { return true }
    if let member = op.fields[OwnedRow.member], member != me { return false }
    if let key = op.fields[OwnedRow.key] {
      guard let key = key.text,
        op.row == Digest.derivedID(op.kind, member: account, key: key, in: space)
      else { return false }
      // A row that this very member and key make is nobody else's, whatever is said of it.
      if op.fields[OwnedRow.member] != nil { return true }
    }
    let owner = try owner(of: op)
    if owner == me { return true }
    return try owner != nil && moderates(op)
  }

  /// nil for a row that is not there yet.
  private func owner(of op: Op) throws -> Value? {
    try database.first(
      "SELECT val FROM reg WHERE space = ? AND coll = ? AND id = ? AND field = ?",
      [.id(space), .text(op.kind.name), .id(op.row), .text(OwnedRow.member)]
    ) { $0.exactValue(0) }
  }

  /// Deleting and nothing else; what its own member has deleted stays so.
  private func moderates(_ op: Op) throws -> Bool {
    guard Self.moderators.contains(role), op.fields.count == 1,
      let isDeleted = op.fields[Op.deleted]?.flag
    else { return false }
    return try isDeleted || !isDeletedByOwner(op)
  }

  private func isDeletedByOwner(_ op: Op) throws -> Bool {
    let who = try database.first(
      """
      SELECT op_log.account FROM reg JOIN op_log ON op_log.space = reg.space AND op_log.seq = reg.seq
      WHERE reg.space = ? AND reg.coll = ? AND reg.id = ? AND reg.field = ?
      """, [.id(space), .text(op.kind.name), .id(op.row), .text(Op.deleted)]
    ) { $0.id(0) }
    guard case .some(let deleter?) = who else { return false }
    return try owner(of: op) == .text(deleter.description)
  }
}
