internal import Kernel

/// Reads the words that say a day, once the time of day has been taken out.
struct DayReader {
  let words: [String]
  let said: String
  let today: Day
  let preference: NaturalDate.Preference

  mutating func read() throws(NaturalDateError) -> Day {
    if let day = try named() { return day }
    if let day = try relative() { return day }
    if let day = weekday() { return day }
    if let day = try numeric() { return day }
    if let day = try withMonthName() { return day }
    throw .notUnderstood(said)
  }

  /// At most six ASCII digits.
  static func number(_ text: some StringProtocol) -> Int? {
    guard (1...6).contains(text.utf8.count) else { return nil }
    var value = 0
    for byte in text.utf8 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  private func named() throws(NaturalDateError) -> Day? {
    switch words.joined(separator: " ") {
    case "today", "now", "tod": return today
    case "yesterday", "yest", "yday": return today - 1
    case "tomorrow", "tom": return today + 1
    case "day before yesterday": return today - 2
    case "day after tomorrow": return today + 2
    default: return nil
    }
  }

  /// `-3d`, `+2w`, `3 days ago`, `a week ago`, `in 2 months`, `last week`, `next year`.
  private func relative() throws(NaturalDateError) -> Day? {
    if words.count == 1, let first = words[0].first, first == "-" || first == "+" {
      let body = words[0].dropFirst()
      let digits = body.prefix { $0.isASCIIDigit }
      guard let count = Self.number(digits), let unit = Unit(body.dropFirst(digits.count)) else {
        return nil
      }
      return try moved(by: first == "-" ? -count : count, unit)
    }
    func count(_ word: String) -> Int? { word == "a" || word == "an" ? 1 : Self.number(word) }
    if words.count == 3, words[2] == "ago", let n = count(words[0]), let unit = Unit(words[1]) {
      return try moved(by: -n, unit)
    }
    if words.count == 2, words[1] == "ago" {
      let digits = words[0].prefix { $0.isASCIIDigit }
      if let n = Self.number(digits), let unit = Unit(words[0].dropFirst(digits.count)) {
        return try moved(by: -n, unit)
      }
    }
    if words.count == 3, words[0] == "in", let n = count(words[1]), let unit = Unit(words[2]) {
      return try moved(by: n, unit)
    }
    if words.count == 2, ["last", "next"].contains(words[0]), let unit = Unit(words[1]) {
      return try moved(by: words[0] == "last" ? -1 : 1, unit)
    }
    return nil
  }

  private enum Unit {
    case day, week, month, year
    init?(_ word: some StringProtocol) {
      switch word {
      case "d", "day", "days": self = .day
      case "w", "wk", "week", "weeks": self = .week
      case "m", "mo", "month", "months": self = .month
      case "y", "yr", "year", "years": self = .year
      default: return nil
      }
    }
  }

  private func moved(by count: Int, _ unit: Unit) throws(NaturalDateError) -> Day {
    let months: Int
    switch unit {
    case .day: return today + count
    case .week: return today + 7 * count
    case .month: months = count
    case .year: months = 12 * count
    }
    let year = (today.year * 12 + today.month - 1 + months) / 12
    guard (1...9999).contains(year) else { throw .noSuchDay(said) }
    return today.adding(months: months)
  }

  /// `fri`, `last friday` (before today), `next fri` (after today), `this fri` (of this ISO week).
  private func weekday() -> Day? {
    guard let last = words.last, words.count <= 2,
      let weekday = Names.index(of: last, in: Names.weekdays, atLeast: 2)
    else { return nil }
    let back = (today.weekday - weekday + 7) % 7
    let ahead = (weekday - today.weekday + 7) % 7
    switch words.count == 2 ? words[0] : "" {
    case "": return preference == .past ? today - back : today + ahead
    case "last": return today - (back == 0 ? 7 : back)
    case "next": return today + (ahead == 0 ? 7 : ahead)
    case "this": return Week(of: today).monday + (weekday - 1)
    default: return nil
    }
  }

  /// `2026-11-20`, `2026/11/20`, `20261120`, `20.11.2026`, `20.11.`, `2026-w47`.
  private func numeric() throws(NaturalDateError) -> Day? {
    guard words.count == 1 else { return nil }
    let word = words[0]
    if let week = Week(word.uppercased()) { return week.monday }
    if word.utf8.count == 8, let year = Self.number(word.prefix(4)),
      let month = Self.number(word.dropFirst(4).prefix(2)), let day = Self.number(word.suffix(2))
    {
      return try existing(year, month, day)
    }
    guard let separator = word.first(where: { !$0.isASCIIDigit }), "-/.".contains(separator) else {
      return nil
    }
    var parts = word.split(separator: separator, omittingEmptySubsequences: false)
    if separator == ".", parts.count == 3, parts[2].isEmpty { parts.removeLast() }
    let numbers = parts.compactMap { Self.number($0) }
    guard numbers.count == parts.count else { return nil }
    if numbers.count == 3, parts[0].count == 4, parts[1].count <= 2, parts[2].count <= 2 {
      return try existing(numbers[0], numbers[1], numbers[2])
    }
    guard parts[0].count <= 2, parts[1].count <= 2 else { return nil }
    if separator == "." {
      if numbers.count == 2 { return try nearest(month: numbers[1], day: numbers[0]) }
      guard numbers.count == 3, parts[2].count == 4 else { return nil }
      return try existing(numbers[2], numbers[1], numbers[0])
    }
    guard numbers.count == 3, parts[2].count == 4 else { return nil }
    if numbers[0] > 12 { return try existing(numbers[2], numbers[1], numbers[0]) }
    if numbers[1] > 12 { return try existing(numbers[2], numbers[0], numbers[1]) }
    throw .ambiguous(said)
  }

  /// `20 nov`, `nov 20`, `20th november 2025`, `nov 20 2025`.
  private func withMonthName() throws(NaturalDateError) -> Day? {
    guard (2...3).contains(words.count) else { return nil }
    let clean = words.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
    let months = clean.map { Names.index(of: $0, in: Names.months, atLeast: 3) }
    let place = months[0] != nil ? 0 : 1
    guard let month = months[place], let day = Self.ordinal(clean[1 - place]) else { return nil }
    guard clean.count == 3 else { return try nearest(month: month, day: day) }
    guard clean[2].utf8.count == 4, let year = Self.number(clean[2]) else { return nil }
    return try existing(year, month, day)
  }

  /// `20`, `20th`, `1st`; at most two digits.
  private static func ordinal(_ word: String) -> Int? {
    var digits = word[...]
    for ending in ["st", "nd", "rd", "th"] where word.hasSuffix(ending) {
      digits = word.dropLast(2)
    }
    return digits.count <= 2 ? number(digits) : nil
  }

  private func existing(_ year: Int, _ month: Int, _ day: Int) throws(NaturalDateError) -> Day {
    guard let found = Day(year, month, day) else { throw .noSuchDay(said) }
    return found
  }

  /// The nearest such date in the preferred direction; a leap day may lie up to eight years away.
  private func nearest(month: Int, day: Int) throws(NaturalDateError) -> Day {
    let step = preference == .past ? -1 : 1
    for distance in 0...8 {
      guard let found = Day(today.year + step * distance, month, day) else { continue }
      if preference == .past ? found <= today : found >= today { return found }
    }
    throw .noSuchDay(said)
  }
}

/// English names of weekdays and months, and their beginnings.
enum Names {
  static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// 1 for the first name; nil unless `word` has `atLeast` letters and begins exactly one name.
  static func index(of word: String, in names: [String], atLeast: Int) -> Int? {
    guard word.utf8.count >= atLeast else { return nil }
    let hits = names.indices.filter { names[$0].hasPrefix(word) }
    return hits.count == 1 ? hits[0] + 1 : nil
  }
}
