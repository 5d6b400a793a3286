package import GRDB
package import Kernel
internal import SQL
internal import Life

extension JournalQueries {
  /// The newest entries; at most `limit`.
  package static func rows(
    _ db: Database, _ filter: JournalFilter = JournalFilter(), limit: Int
  ) throws -> [JournalRow] {
    try page(db, filter, nil, limit)
  }

  /// The entries at `key` and behind it (older), newest first.
  package static func rows(
    _ db: Database, _ filter: JournalFilter = JournalFilter(), from key: JournalKey, limit: Int
  ) throws -> [JournalRow] {
    try page(db, filter, ("<=", key), limit)
  }

  /// The entries behind `key` (older), newest first.
  package static func rows(
    _ db: Database, _ filter: JournalFilter = JournalFilter(), after key: JournalKey, limit: Int
  ) throws -> [JournalRow] {
    try page(db, filter, ("<", key), limit)
  }

  /// The last entries before `key` (newer), newest first.
  package static func rows(
    _ db: Database, _ filter: JournalFilter = JournalFilter(), before key: JournalKey, limit: Int
  ) throws -> [JournalRow] {
    try page(db, filter, (">", key), limit, isBackward: true).reversed()
  }

  /// The oldest entries, newest first.
  package static func oldest(
    _ db: Database, _ filter: JournalFilter = JournalFilter(), limit: Int
  ) throws -> [JournalRow] {
    try page(db, filter, nil, limit, isBackward: true).reversed()
  }

  /// The entries next to one: the newer and the older.
  package static func neighbours(
    _ db: Database, _ filter: JournalFilter = JournalFilter(), of key: JournalKey
  ) throws -> (newer: JournalRow?, older: JournalRow?) {
    (
      try rows(db, filter, before: key, limit: 1).last,
      try rows(db, filter, after: key, limit: 1).first
    )
  }

  /// How many entries a filter shows, between two days where they are given (both included).
  package static func count(
    _ db: Database, _ filter: JournalFilter = JournalFilter(), from: Day? = nil, to: Day? = nil
  ) throws -> Int {
    var filter = filter
    filter.from = [filter.from, from].compactMap { $0 }.max()
    filter.to = [filter.to, to].compactMap { $0 }.min()
    if filter == JournalFilter(tags: filter.tags), filter.tags.count == 1 {
      return try tagCount(db, filter.tags[0])
    }
    let question = try JournalQuestion(db, filter)
    let sql = "SELECT count(*) FROM \(question.source) WHERE \(question.condition)"
    return try Int.fetchOne(
      db.cachedStatement(sql: sql), arguments: StatementArguments(question.arguments)) ?? 0
  }

  /// How many entries of a filter stand before `key` in the list (newer).
  package static func position(
    _ db: Database, _ filter: JournalFilter = JournalFilter(), of key: JournalKey
  ) throws -> Int {
    var question = try JournalQuestion(db, filter)
    question.add("(day, at, id) > (?, ?, ?)", [key.day, key.at, key.id])
    let sql = "SELECT count(*) FROM \(question.source) WHERE \(question.condition)"
    return try Int.fetchOne(
      db.cachedStatement(sql: sql), arguments: StatementArguments(question.arguments)) ?? 0
  }

  /// The ids that a filter shows, newest first.
  package static func ids(
    _ db: Database, _ filter: JournalFilter, limit: Int = .max
  ) throws -> [EntryID] {
    let question = try JournalQuestion(db, filter)
    let sql = """
      SELECT id FROM \(question.source) WHERE \(question.condition)
      ORDER BY day DESC, at DESC, id DESC LIMIT ?
      """
    return try EntryID.fetchAll(
      db.cachedStatement(sql: sql), arguments: StatementArguments(question.arguments + [limit]))
  }

  static func tagCount(_ db: Database, _ name: String, limit: Int = .max) throws -> Int {
    let sql = """
      SELECT count(*) FROM (SELECT 1 FROM tagging INDEXED BY tagging_by_name
        WHERE kind = 'journal' AND name = ? AND NOT _dead LIMIT ?)
      """
    return try Int.fetchOne(db.cachedStatement(sql: sql), arguments: [name, limit]) ?? 0
  }

  /// The SQL of one page, for the page itself and for the test of its plan.
  static func pageSQL(
    _ question: JournalQuestion, isBackward: Bool
  ) -> String {
    let way = isBackward ? "ASC" : "DESC"
    return """
      SELECT id, type, day, at, title, star, mood, substr(coalesce(\(texts)), 1, 300)
      FROM \(question.source) WHERE \(question.condition)
      ORDER BY day \(way), at \(way), id \(way) LIMIT ?
      """
  }

  private static let texts = JournalEntry.sectionNames.joined(separator: ", ")

  private static func page(
    _ db: Database, _ filter: JournalFilter, _ start: (sign: String, key: JournalKey)?,
    _ limit: Int, isBackward: Bool = false
  ) throws -> [JournalRow] {
    var question = try JournalQuestion(db, filter)
    if let (sign, key) = start {
      question.add("(day, at, id) \(sign) (?, ?, ?)", [key.day, key.at, key.id])
    }
    let statement = try db.cachedStatement(sql: pageSQL(question, isBackward: isBackward))
    let rows = try Row.fetchCursor(
      statement, arguments: StatementArguments(question.arguments + [limit]))
    var page: [JournalRow] = []
    while let row = try rows.next() { page.append(JournalRow(row)) }
    return page
  }
}

extension JournalRow {
  /// A row of `pageSQL`.
  init(_ row: Row) {
    let day: String? = row[2]
    let star: Int? = row[5]
    self.init(
      id: row[0], typeName: row[1] ?? JournalType.note.rawValue,
      day: day.flatMap { Day($0) } ?? Day(number: 0),
      at: Moment(milliseconds: row[3] ?? 0), title: row[4] ?? "", isStarred: (star ?? 0) != 0,
      mood: row[6], opening: row[7] ?? "")
  }
}
