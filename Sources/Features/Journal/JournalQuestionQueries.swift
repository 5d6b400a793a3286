internal import Foundation
internal import GRDB
internal import Kernel
internal import Life

/// A filter as SQL: where the rows come from, what they must answer to, and the values for it.
///
/// The index is always named, so that no plan can turn into a sort of the whole journal.
struct JournalQuestion {
  private(set) var source: String
  private var conditions = ["NOT _dead"]
  private(set) var arguments: [any DatabaseValueConvertible] = []

  var condition: String { conditions.joined(separator: " AND ") }

  mutating func add(_ condition: String, _ values: [any DatabaseValueConvertible] = []) {
    conditions.append(condition)
    arguments += values
  }

  /// Tags with at most so many entries are looked up by their entries; more common ones are found
  /// by walking down the list, which then is not far.
  private static let rareTag = 1000

  init(_ db: Database, _ filter: JournalFilter) throws {
    source = "journal INDEXED BY journal_by_day"
    if filter.isStarred {
      source = "journal INDEXED BY journal_starred"
      add("star")
    } else if filter.type != nil {
      source = "journal INDEXED BY journal_by_type"
    }
    if let type = filter.type { add("type = ?", [type.rawValue]) }
    if let from = filter.from { add("day >= ?", [from]) }
    if let to = filter.to { add("day <= ?", [to]) }
    if let day = filter.onThisDay { try addDays(db, like: day) }
    if let ids = filter.ids { addIDs(ids) }
    for tag in filter.tags { try addTag(db, tag) }
  }

  private mutating func addTag(_ db: Database, _ tag: String) throws {
    let count = try JournalQueries.tagCount(db, tag, limit: Self.rareTag + 1)
    guard count > Self.rareTag else {
      let sql = """
        SELECT target FROM tagging INDEXED BY tagging_by_name
        WHERE kind = 'journal' AND name = ? AND NOT _dead
        """
      let targets = try String.fetchAll(db.cachedStatement(sql: sql), arguments: [tag])
      return addIDs(targets.compactMap { EntryID($0) })
    }
    add(
      "EXISTS (SELECT 1 FROM tagging INDEXED BY tagging_by_target "
        + "WHERE target = lower(hex(journal.id)) AND name = ? AND NOT tagging._dead)", [tag])
  }

  /// However many ids in one argument of sixteen bytes each, which SQL cuts apart: one statement for
  /// all lists.
  private mutating func addIDs(_ ids: [EntryID]) {
    source = "journal INDEXED BY sqlite_autoindex_journal_1"
    let bytes = Data(ids.flatMap(\.bytes))
    add(
      "id IN (WITH RECURSIVE place(i) AS "
        + "(SELECT 0 UNION ALL SELECT i + 16 FROM place WHERE i + 16 < length(?)) "
        + "SELECT substr(?, i + 1, 16) FROM place)", [bytes, bytes])
  }

  private mutating func addDays(_ db: Database, like day: Day) throws {
    let years = try JournalQueries.years(db)
    let found = years.map { OnThisDay.days(like: day, in: $0) } ?? []
    // SQLite finds no plan for a list of nothing: an empty journal, a leap day in common years.
    let days = found.isEmpty ? [day] : found
    let marks = Array(repeating: "?", count: days.count).joined(separator: ", ")
    add("day IN (\(marks))", days)
  }
}
