package import GRDB
package import Kernel
package import Life
internal import Storage

/// The journal's questions to the database. Lists run from the newest entry to the oldest.
package enum JournalQueries {
  /// The entry, unless it is deleted.
  package static func entry(_ db: Database, id: EntryID) throws -> JournalEntry? {
    let sql = "SELECT \(JournalEntry.columns()) FROM journal WHERE id = ? AND NOT _dead"
    return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
      .map { JournalEntry(row: $0) }
  }

  /// The names of an entry's tags, sorted.
  package static func tags(_ db: Database, of id: EntryID) throws -> [String] {
    let sql = "SELECT name FROM tagging WHERE target = ? AND NOT _dead ORDER BY name"
    return try Optional<String>.fetchAll(
      db.cachedStatement(sql: sql), arguments: [id.description]
    ).compactMap { $0 }
  }

  /// The entry with its tags; nil where it is deleted or was never there.
  package static func tagged(
    _ db: Database, id: EntryID
  ) throws -> (entry: JournalEntry, tags: [String])? {
    guard let entry = try entry(db, id: id) else { return nil }
    return (entry, try tags(db, of: id))
  }

  /// The entry of a structured type for `day` (a review: for its week), whatever its id; nil for
  /// notes. The newest, where a merge has left two.
  package static func entry(
    _ db: Database, type: JournalType, on day: Day
  ) throws -> JournalEntry? {
    let span: ClosedRange<Day>
    switch type {
    case .note: return nil
    case .morning, .reflection: span = day...day
    case .review: span = Week(of: day).monday...Week(of: day).sunday
    }
    let sql = """
      SELECT id FROM journal INDEXED BY journal_by_type
      WHERE type = ? AND day BETWEEN ? AND ? AND NOT _dead ORDER BY day DESC, at DESC, id DESC
      LIMIT 1
      """
    let id = try EntryID.fetchOne(
      db.cachedStatement(sql: sql), arguments: [type.rawValue, span.lowerBound, span.upperBound])
    return try id.flatMap { try entry(db, id: $0) }
  }

  /// The whole entries of an ISO week, oldest first.
  package static func entries(_ db: Database, of week: Week) throws -> [JournalEntry] {
    let sql = """
      SELECT \(JournalEntry.columns()) FROM journal INDEXED BY journal_by_day
      WHERE day BETWEEN ? AND ? AND NOT _dead ORDER BY day, at, id
      """
    return try Row.fetchAll(
      db.cachedStatement(sql: sql), arguments: [week.monday, week.sunday]
    ).map { JournalEntry(row: $0) }
  }

  /// How many writes the entry has seen; 1 where it was never changed.
  package static func revisions(_ db: Database, of id: EntryID) throws -> Int {
    let sql = """
      SELECT count(*) FROM (
        SELECT op FROM sync_clock
        WHERE space IN (SELECT space FROM sync_space WHERE kind = 'personal')
          AND coll = 'journal' AND id = ?1 AND field <> '_del'
        UNION SELECT op FROM sync_version
        WHERE space IN (SELECT space FROM sync_space WHERE kind = 'personal')
          AND coll = 'journal' AND id = ?1 AND field <> '_del')
      """
    return try max(1, Int.fetchOne(db.cachedStatement(sql: sql), arguments: [id]) ?? 1)
  }

  /// All tags of entries with their counts, the most used first.
  package static func allTags(_ db: Database) throws -> [(name: String, count: Int)] {
    let sql = """
      SELECT name, count(*) FROM tagging INDEXED BY tagging_by_name
      WHERE kind = 'journal' AND NOT _dead AND name IS NOT NULL GROUP BY name
      """
    return try Row.fetchAll(db.cachedStatement(sql: sql))
      .map { (name: $0[0] as String, count: $0[1] as Int) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }

  /// The tags that the entry lost when it was deleted: those whose own deletion is younger.
  static func tagsLost(_ db: Database, with id: EntryID) throws -> [EntryID] {
    let sql = """
      SELECT t.id FROM tagging t
        JOIN sync_clock own ON own.space IN (SELECT space FROM sync_space WHERE kind = 'personal')
          AND own.coll = 'tagging' AND own.id = t.id AND own.field = '_del'
        JOIN sync_clock whole ON whole.space = own.space
          AND whole.coll = 'journal' AND whole.id = ?1 AND whole.field = '_del'
      WHERE t._dead AND t.target = ?2 AND own.t > whole.t
      """
    return try EntryID.fetchAll(
      db.cachedStatement(sql: sql), arguments: [id, id.description])
  }

  /// A person's own prompts and templates.
  package static func prompts(_ db: Database) throws -> [JournalPrompt] {
    let sql = "SELECT \(JournalPrompt.columns()) FROM prompt WHERE NOT _dead ORDER BY position, id"
    return try Row.fetchAll(db.cachedStatement(sql: sql)).map { JournalPrompt(row: $0) }
  }

  /// Days that were left out of the journal's streak on purpose, with the reason.
  package static func skips(_ db: Database) throws -> [Day: String] {
    let sql = "SELECT \(StreakSkip.columns()) FROM streak_skip WHERE streak = ? AND NOT _dead"
    let skips = try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [StreakSkip.journal])
      .map { StreakSkip(row: $0) }
    return Dictionary(skips.map { ($0.day, $0.reason) }, uniquingKeysWith: { first, _ in first })
  }

  /// What is known of an id: nil where it never was, else whether it is deleted.
  static func isDead(_ db: Database, _ kind: Kind, id: EntryID) throws -> Bool? {
    let sql = "SELECT _dead FROM \"\(kind.name)\" WHERE id = ?"
    return try Bool.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
  }
}
