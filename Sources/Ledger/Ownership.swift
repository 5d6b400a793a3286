internal import GRDB
internal import Kernel
internal import SQL

/// Whose rows a device may write: in no space those that the server keeps, and in a group's space only
/// its person's own.
struct Ownership {
  /// A row in a space.
  struct Place: Hashable {
    let kind: Kind
    let row: EntryID
  }

  let rules: SyncRules
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
    let isKept = Kind.keptByServer.contains(op.kind)
    guard !isKept else { return !rules.follow(.keptKinds) }
    guard isGroup, rules.follow(.ownRows) else { return true }
    if let member = op.fields[OwnedRow.member], member != me { return false }
    if let key = op.fields[OwnedRow.key] {
      guard let key = key.text,
        op.row == Digest.derivedID(op.kind, member: account, key: key, in: space)
      else { return false }
      // A row that this very member and key make is nobody else's, whatever is said of it.
      if op.fields[OwnedRow.member] != nil { return true }
    }
    let owner = try owner(of: Place(kind: op.kind, row: op.row))
    if owner == me { return true }
    return try owner != nil && moderates(op)
  }

  /// Whether a register of a row may be given back by this account in a space that was not restored.
  /// What the server keeps may always be: it says it anew. `own` are the rows that this account has
  /// shown to be its own.
  func allowsReturn(_ place: Place, own: Set<Place>) throws -> Bool {
    guard isGroup, !Kind.keptByServer.contains(place.kind) else { return true }
    return try own.contains(place) || owner(of: place) == me
  }

  /// The rows whose ids follow from this account and the key that is given back with them.
  func proven(by registers: [Register]) -> Set<Place> {
    guard isGroup else { return [] }
    var own: Set<Place> = []
    for register in registers where register.field == OwnedRow.key {
      guard let key = register.value.text,
        register.row
          == Digest.derivedID(register.kind, member: account, key: key, in: space)
      else { continue }
      own.insert(Place(kind: register.kind, row: register.row))
    }
    return own
  }

  /// nil for a row that is not there yet.
  private func owner(of place: Place) throws -> Value? {
    try database.first(
      "SELECT val FROM reg WHERE space = ? AND coll = ? AND id = ? AND field = ?",
      [.id(space), .text(place.kind.name), .id(place.row), .text(OwnedRow.member)]
    ) { $0.exactValue(0) }
  }

  /// Deleting and nothing else, and taking that back; what its own member has deleted stays so, and
  /// what went with an account.
  private func moderates(_ op: Op) throws -> Bool {
    guard Self.moderators.contains(role), op.fields.count == 1,
      let isDeleted = op.fields[Op.deleted]?.flag
    else { return false }
    return try isDeleted || isDeletedByAnother(op)
  }

  /// By another member, that is: the server is none.
  private func isDeletedByAnother(_ op: Op) throws -> Bool {
    let who = try database.first(
      """
      SELECT member.account FROM reg
      JOIN op_log ON op_log.space = reg.space AND op_log.seq = reg.seq
      JOIN member ON member.space = op_log.space AND member.account = op_log.account
      WHERE reg.space = ? AND reg.coll = ? AND reg.id = ? AND reg.field = ?
      """, [.id(space), .text(op.kind.name), .id(op.row), .text(Op.deleted)]
    ) { $0.id(0) }
    guard case .some(let deleter?) = who else { return false }
    return try owner(of: Place(kind: op.kind, row: op.row)) != .text(deleter.description)
  }
}
