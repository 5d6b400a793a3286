internal import Kernel
internal import Life

/// One entry of Daylio: a mood at a time of a day.
struct DaylioEntry: Equatable {
  var day: Day
  /// Seconds since midnight; nil where its time can't be read.
  var secondOfDay: Int?
  /// As the person has named it.
  var mood: String
  var activities: [String]
  var title: String
  var note: String
}

/// What Daylio exports as CSV:
/// `full_date,date,weekday,time,mood,activities,note_title,note`; older ones have `year,date` instead,
/// and no title.
struct DaylioFile {
  private(set) var entries: [DaylioEntry] = []
  private(set) var issues: [ImportIssue] = []

  /// The moods' names as they are written, with how often each is used; the first used first.
  var moods: [(name: String, count: Int)] {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for entry in entries {
      if counts[entry.mood] == nil { order.append(entry.mood) }
      counts[entry.mood, default: 0] += 1
    }
    return order.map { ($0, counts[$0] ?? 0) }
  }

  /// The first line's names, where this looks like Daylio's; nil where not.
  static func names(_ line: DaylioRows.Line?) -> [String: Int]? {
    guard let line else { return nil }
    let names = Dictionary(
      line.fields.enumerated().map { ($0.element.bare.lowercased(), $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let hasDay = names["full_date"] != nil || (names["date"] != nil && names["year"] != nil)
    return names["mood"] != nil && hasDay ? names : nil
  }

  init(_ bytes: [UInt8], path: String) throws(ImportError) {
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      bytes = ImportText.fromUTF16(bytes)
    }
    guard !bytes.starts(with: [0x50, 0x4B, 3, 4]) else {
      throw .unknownFormat(
        path: path, reason: "it is Daylio's backup; choose “Export entries” and CSV there")
    }
    let rows = DaylioRows(bytes)
    guard let names = Self.names(rows.lines.first) else {
      throw .unknownFormat(
        path: path, reason: "the first line does not name full_date and mood, as Daylio's CSV does")
    }
    for line in rows.lines.dropFirst() {
      do { entries.append(try Self.entry(line, names)) } catch {
        issues.append(ImportIssue(line: line.number, reason: error.reason))
      }
    }
    if let line = rows.openQuote {
      issues.append(ImportIssue(line: line, reason: "A quotation mark is never closed."))
    }
  }

  private struct Misfit: Error { let reason: String }

  private static func entry(
    _ line: DaylioRows.Line, _ names: [String: Int]
  ) throws(Misfit) -> DaylioEntry {
    func field(_ name: String) -> String {
      guard let index = names[name], line.fields.indices.contains(index) else { return "" }
      return line.fields[index].bare
    }
    let mood = field("mood")
    guard !mood.isEmpty else { throw Misfit(reason: "There is no mood.") }
    let said = field("full_date").isEmpty ? "\(field("date")) \(field("year"))" : field("full_date")
    guard let day = Self.day(said) else { throw Misfit(reason: "“\(said)” is no date.") }
    return DaylioEntry(
      day: day, secondOfDay: second(field("time")), mood: mood,
      activities: field("activities").split(separator: "|").map { String($0).bare }
        .filter { !$0.isEmpty },
      title: field("note_title"), note: field("note"))
  }

  /// `2026-11-20`, `November 20 2026`, `20.11.2026`; nothing that depends on the day of the import.
  private static func day(_ text: String) -> Day? {
    if let day = Day(text) { return day }
    guard text.filter(\.isNumber).count >= 5 else { return nil }
    // What is no date is reported with its line.
    return try? NaturalDate(text, today: Day(number: 0)).day
  }

  /// `21:30`, `9:30 PM`, `9.30 p.m.`; nil for another text.
  static func second(_ text: String) -> Int? {
    let numbers = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count >= 2, (0..<60).contains(numbers[1]) else { return nil }
    let letters = text.lowercased().filter(\.isLetter)
    var hour = numbers[0]
    if letters == "am" || letters == "pm" {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (letters == "pm" ? 12 : 0)
    } else if !letters.isEmpty {
      return nil
    }
    guard (0..<24).contains(hour) else { return nil }
    return hour * 3600 + numbers[1] * 60
  }
}

extension StringProtocol {
  /// Without white space around it.
  var bare: String {
    let start = drop { $0.isWhitespace }
    return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
  }
}
