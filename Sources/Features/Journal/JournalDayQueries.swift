package import GRDB
package import Kernel
internal import SQL
package import Life

extension JournalQueries {
  /// How many entries each day of a year has; days without any are left out.
  package static func yearCounts(_ db: Database, year: Int) throws -> [Day: Int] {
    try ofDays(db, year, "count(*)")
  }

  /// The same for any days, both ends included.
  package static func dayCounts(_ db: Database, from first: Day, to last: Day) throws -> [Day: Int]
  {
    try ofDays(db, first, last, "count(*)")
  }

  /// How much was written on each day of a year, in characters of all texts.
  package static func yearLengths(_ db: Database, year: Int) throws -> [Day: Int] {
    let sum = JournalEntry.sectionNames.map { "coalesce(length(\($0)), 0)" }
    return try ofDays(db, year, "sum(\(sum.joined(separator: " + ")))")
  }

  private static func ofDays(
    _ db: Database, _ year: Int, _ figure: String
  ) throws -> [Day: Int] {
    guard let first = Day(year, 1, 1), let last = Day(year, 12, 31) else { return [:] }
    return try ofDays(db, first, last, figure)
  }

  private static func ofDays(
    _ db: Database, _ first: Day, _ last: Day, _ figure: String
  ) throws -> [Day: Int] {
    let sql = """
      SELECT day, \(figure) FROM journal INDEXED BY journal_by_day
      WHERE day BETWEEN ? AND ? AND NOT _dead GROUP BY day
      """
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [first, last])
    var counts: [Day: Int] = [:]
    while let row = try rows.next() {
      if let day = Day(row[0] as String) { counts[day] = row[1] }
    }
    return counts
  }

  /// How many entries each month has (by its first day), newest first; the whole journal.
  package static func monthCounts(_ db: Database) throws -> [(month: Day, count: Int)] {
    let sql = """
      SELECT day, count(*) FROM journal INDEXED BY journal_by_day
      WHERE NOT _dead AND day IS NOT NULL GROUP BY day ORDER BY day DESC
      """
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql))
    var months: [(month: Day, count: Int)] = []
    while let row = try rows.next() {
      guard let day = Day(row[0] as String) else { continue }
      let (month, count) = (day.firstOfMonth, row[1] as Int)
      if let last = months.last, last.month == month {
        months[months.count - 1].count += count
      } else {
        months.append((month, count))
      }
    }
    return months
  }

  /// The years of the oldest and the newest entry; nil for an empty journal.
  package static func years(_ db: Database) throws -> ClosedRange<Int>? {
    func end(_ way: String) throws -> Day? {
      let sql = """
        SELECT day FROM journal INDEXED BY journal_by_day
        WHERE NOT _dead AND day IS NOT NULL ORDER BY day \(way), at \(way), id \(way) LIMIT 1
        """
      return try String.fetchOne(db.cachedStatement(sql: sql)).flatMap { Day($0) }
    }
    guard let first = try end("ASC"), let last = try end("DESC"), first <= last else { return nil }
    return first.year...last.year
  }

  /// Entries of the same month and day in other years, newest first.
  package static func onThisDay(_ db: Database, _ day: Day, limit: Int = 100) throws -> [JournalRow]
  {
    try rows(db, JournalFilter(onThisDay: day), limit: limit + 50)
      .filter { $0.day.year != day.year }.prefix(limit).map { $0 }
  }

  /// The list line of the first entry of a day; nil where nothing was written.
  package static func firstWords(_ db: Database, on day: Day) throws -> String? {
    try oldest(db, JournalFilter(from: day, to: day), limit: 1).first?.summary
  }

  /// The days that count for a streak: those with an entry of `type` (nil: of any).
  ///
  /// One fact a day where all is plain; all of a day's where it could have been written later, or
  /// where a gap beside it could come from a flight.
  package static func streakFacts(
    _ db: Database, type: JournalType?, world: World
  ) throws -> [StreakFact] {
    var zones: [String: Zone] = [:]
    func zone(_ name: String?) -> Zone {
      guard let name else { return world.zone() }
      if let known = zones[name] { return known }
      let zone = Zone(named: name) ?? world.zone()
      zones[name] = zone
      return zone
    }
    let start = Int64(world.dayStartHour) * 3_600_000
    func fact(_ day: Day, _ moment: Moment, _ zone: Zone) -> StreakFact {
      StreakFact(
        day: day, writtenOn: zone.civil(moment + -start).day, offset: zone.offset(at: moment))
    }
    let here = world.zone()
    let days = try firstOfDays(db, type)
    var facts: [StreakFact] = []
    for (index, (day, moment)) in days.enumerated() {
      let plain = fact(day, moment, here)
      let before: Int = index > 0 ? day - days[index - 1].day : 1
      let after: Int = index + 1 < days.count ? days[index + 1].day - day : 1
      guard plain.writtenOn > day || before > 1 || after > 1 else {
        facts.append(StreakFact(day: day, writtenOn: plain.writtenOn))
        continue
      }
      for (moment, name) in try moments(db, type, on: day) {
        facts.append(fact(day, moment, zone(name)))
      }
    }
    return facts
  }

  /// Each day with the moment of its first entry, oldest first, from the index alone.
  private static func firstOfDays(
    _ db: Database, _ type: JournalType?
  ) throws -> [(day: Day, at: Moment)] {
    let index = type == nil ? "journal_by_day" : "journal_by_type"
    let sql = """
      SELECT day, min(at) FROM journal INDEXED BY \(index)
      WHERE \(type == nil ? "" : "type = ? AND ")NOT _dead AND day IS NOT NULL
      GROUP BY day ORDER BY day
      """
    let arguments: StatementArguments = type.map { [$0.rawValue] } ?? []
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
    var days: [(day: Day, at: Moment)] = []
    while let row = try rows.next() {
      guard let day = Day(row[0] as String) else { continue }
      days.append((day, Moment(milliseconds: row[1] ?? 0)))
    }
    return days
  }

  /// When and where the entries of a day were written. An id that tells its birth tells it better
  /// than the time that somebody gave the entry.
  private static func moments(
    _ db: Database, _ type: JournalType?, on day: Day
  ) throws -> [(Moment, String?)] {
    let sql = """
      SELECT at, zone, id, source FROM journal INDEXED BY journal_by_day
      WHERE day = ? AND NOT _dead\(type == nil ? "" : " AND type = ?") ORDER BY at
      """
    let arguments: StatementArguments = type.map { [day, $0.rawValue] } ?? [day]
    return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { row in
      let at = Moment(milliseconds: row[0] ?? 0)
      let id: EntryID? = row[2]
      let isImported = (row[3] as String?) != nil
      let birth = isImported ? nil : id?.birth
      return (max(at, birth ?? at), row[1])
    }
  }
}

extension EntryID {
  /// When a random id was made; nil for derived ones.
  var birth: Moment? {
    high >> 12 & 0xF == 7 ? Moment(milliseconds: Int64(high >> 16)) : nil
  }
}
