internal import GRDB
internal import Kernel
internal import Life
internal import Storage

extension JournalQueries {
  /// Sets SQLite's page cache (pages, or KiB where negative) and gives back what it was.
  static func cache(_ db: Database, size: Int) throws -> Int {
    let usual = try Int.fetchOne(db, sql: "PRAGMA cache_size") ?? -4000
    try db.execute(sql: "PRAGMA cache_size = \(size)")
    return usual
  }

  /// What of an import stands in the database already.
  struct Standing {
    enum Entry {
      case none, dead, same, different
      /// Its day has another entry of the type, under another id.
      case elsewhere
    }

    private let db: Database
    init(_ db: Database) { self.db = db }

    func entry(like entry: JournalEntry) throws -> Entry {
      switch try JournalQueries.isDead(db, JournalEntry.kind, id: entry.id) {
      case nil:
        // a structured entry that another way brought here under another id
        guard let type = entry.type,
          let other = try JournalQueries.entry(db, type: type, on: entry.day)
        else { return .none }
        return other.saysTheSame(as: entry) ? .same : .elsewhere
      case true?: return .dead
      case false?:
        let found = try JournalQueries.entry(db, id: entry.id)
        return found?.saysTheSame(as: entry) == true ? .same : .different
      }
    }

    /// Whether the row stands there with the same values.
    func has<E: Kernel.Entry>(_ row: E) throws -> Bool {
      let sql = "SELECT \(E.columns()) FROM \"\(E.kind.name)\" WHERE id = ? AND NOT _dead"
      let found = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [row.id])
      return found.map { E(row: $0) == row } ?? false
    }
  }
}
