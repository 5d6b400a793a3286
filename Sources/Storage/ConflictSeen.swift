internal import GRDB
internal import Kernel
internal import SQL

/// Somebody has looked at an overwritten text: a row of the store's own that is synced like all others,
/// so that a conflict which is dismissed on one device goes on all.
struct ConflictSeen: Entry {
  static let kind: Kind = "conflict_seen"
  static let fields = [Field("op", .text), Field("field", .text)]

  let id: EntryID
  /// The operation whose text lost, and its field.
  let op: EntryID?
  let field: String?

  init(op: EntryID, field: String) {
    id = Self.id(op, field)
    self.op = op
    self.field = field
  }

  init(id: EntryID, values: [Value]) {
    self.id = id
    op = values[0].text.flatMap { EntryID($0) }
    field = values[1].text
  }

  var values: [Value] {
    [op.map { .text($0.description) } ?? .null, field.map { .text($0) } ?? .null]
  }

  static func id(_ op: EntryID, _ field: String) -> EntryID {
    Digest.derivedID(kind, [op.description, field])
  }

  /// Whether somebody has looked at what `op` wrote.
  static func isLive(_ op: EntryID, _ field: String, in database: Database) throws -> Bool {
    try database.integer(
      "SELECT count(*) FROM conflict_seen WHERE id = ? AND NOT _dead", [.id(id(op, field))]) > 0
  }

  /// Marks the conflicts that these rows name as looked at, or as open where the row is dead.
  static func mark(_ rows: [EntryID], in database: Database) throws {
    for row in rows {
      let found = try database.first(
        "SELECT op, field, _dead FROM conflict_seen WHERE id = ?", [.id(row)]
      ) { (op: EntryID($0.text(0)), field: $0.text(1), isDead: $0.flag(2)) }
      guard let found, let op = found.op else { continue }
      try database.run(
        "UPDATE sync_version SET seen_by_user = ? WHERE op = ? AND field = ? AND why = 'merge'",
        [.integer(found.isDead ? 0 : 1), .id(op), .text(found.field)])
    }
  }
}
