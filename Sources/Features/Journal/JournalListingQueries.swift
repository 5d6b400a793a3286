internal import GRDB
internal import Kernel
internal import Life
internal import Storage

/// A question for whole entries with their tags, the newest first: what lists and JSON print.
struct JournalListing {
  var type: JournalType?
  /// All of them.
  var tags: [String] = []
  var from: Day?
  var to: Day?
  var isStarred = false

  init(
    type: JournalType? = nil, tags: [String] = [], from: Day? = nil, to: Day? = nil,
    isStarred: Bool = false
  ) {
    self.type = type
    self.tags = tags
    self.from = from
    self.to = to
    self.isStarred = isStarred
  }

  /// At most `limit` entries, those behind `last` in the list.
  func entries(
    in store: Store, limit: Int, after last: JournalEntry? = nil
  ) throws -> [(entry: JournalEntry, tags: [String])] {
    try store.read { database in
      var (condition, arguments) = condition
      if let last {
        condition += " AND (e.day, e.at, e.id) < (?, ?, ?)"
        arguments += [last.day, last.at, last.id]
      }
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(JournalEntry.columns(alias: "e")) FROM journal_live e
          WHERE \(condition) ORDER BY e.day DESC, e.at DESC, e.id DESC LIMIT ?
          """,
        arguments: arguments + [limit])
      var found: [(entry: JournalEntry, tags: [String])] = []
      while let row = try rows.next() {
        let entry = JournalEntry(row: row)
        found.append((entry, try Self.tags(database, of: entry.id)))
      }
      return found
    }
  }

  /// Calls `body` with at most `limit` entries, some hundreds in memory at a time; true where there
  /// are more.
  func forEach(
    in store: Store, limit: Int, _ body: (JournalEntry, [String]) throws -> Void
  ) throws -> Bool {
    var left = limit
    var last: JournalEntry?
    while true {
      let wanted = min(left, Self.page)
      let found = try entries(in: store, limit: wanted + 1, after: last)
      for one in found.prefix(wanted) { try body(one.entry, one.tags) }
      guard found.count > wanted else { return false }
      left -= wanted
      if left == 0 { return true }
      last = found[wanted - 1].entry
    }
  }

  private static let page = 500

  private var condition: (sql: String, arguments: StatementArguments) {
    var parts = ["1"]
    var arguments = StatementArguments()
    if let type {
      parts.append("e.type = ?")
      arguments += [type.rawValue]
    }
    if let from {
      parts.append("e.day >= ?")
      arguments += [from]
    }
    if let to {
      parts.append("e.day <= ?")
      arguments += [to]
    }
    if isStarred { parts.append("e.star") }
    for tag in tags {
      parts.append(
        """
        EXISTS (SELECT 1 FROM tagging_live t
          WHERE t.target = lower(hex(e.id)) AND t.kind = 'journal' AND t.name = ?)
        """)
      arguments += [tag]
    }
    return (parts.joined(separator: " AND "), arguments)
  }

  /// nil where there is no such entry, or it is deleted.
  static func entry(
    _ id: EntryID, in store: Store
  ) throws -> (entry: JournalEntry, tags: [String])? {
    try store.read { database in
      let sql = "SELECT \(JournalEntry.columns()) FROM journal_live WHERE id = ?"
      guard let row = try Row.fetchOne(database, sql: sql, arguments: [id]) else { return nil }
      return (JournalEntry(row: row), try tags(database, of: id))
    }
  }

  /// The entry that was written last.
  static func last(in store: Store) throws -> (entry: JournalEntry, tags: [String])? {
    try store.read { database in
      let sql = """
        SELECT \(JournalEntry.columns()) FROM journal_live ORDER BY at DESC, id DESC LIMIT 1
        """
      guard let row = try Row.fetchOne(database, sql: sql) else { return nil }
      let entry = JournalEntry(row: row)
      return (entry, try tags(database, of: entry.id))
    }
  }

  private static func tags(_ database: Database, of id: EntryID) throws -> [String] {
    let statement = try database.cachedStatement(
      sql: "SELECT name FROM tagging_live WHERE target = ? AND kind = 'journal' ORDER BY name")
    return try String.fetchAll(statement, arguments: [id.description])
  }
}
