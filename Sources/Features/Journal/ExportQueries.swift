internal import GRDB
internal import Kernel
internal import Life
internal import Storage

extension JournalQueries {
  /// Every entry with its tags, oldest first, one at a time.
  static func everything(
    _ db: Database, _ body: (JournalEntry, [String]) throws -> Void
  ) throws {
    let sql = """
      SELECT \(JournalEntry.columns()) FROM journal INDEXED BY journal_by_day
      WHERE NOT _dead ORDER BY day, at, id
      """
    let rows = try Row.fetchCursor(db, sql: sql)
    while let row = try rows.next() {
      let entry = JournalEntry(row: row)
      try body(entry, try tags(db, of: entry.id))
    }
  }

  /// The skipped days of all streaks.
  static func allSkips(_ db: Database) throws -> [StreakSkip] {
    let sql = "SELECT \(StreakSkip.columns()) FROM streak_skip WHERE NOT _dead ORDER BY day, id"
    return try Row.fetchAll(db.cachedStatement(sql: sql)).map { StreakSkip(row: $0) }
  }
}
