package import Kernel

/// A run of days, open at either end: what `from:`, `to:` and `2026-03..` of a search say.
package struct DayRange: Equatable, Sendable {
  /// The first day; nil where the range has no beginning.
  package var from: Day?
  /// The last day, included; nil where the range has no end.
  package var to: Day?

  package init(from: Day?, to: Day?) {
    self.from = from
    self.to = to
  }

  /// A day, a week (`2026-W47`), a month (`2026-03`, `this month`), a year (`2026`), or two of them
  /// around `..`, either of which may be missing. nil for anything else.
  package init?(_ text: some StringProtocol, today: Day) {
    let text = String(text.prefix(80))
    guard let dots = text.firstRange(of: "..") else {
      guard let span = Self.span(text, today: today) else { return nil }
      self = span
      return
    }
    let (left, right) = (text[..<dots.lowerBound], text[dots.upperBound...])
    guard !left.isEmpty || !right.isEmpty else { return nil }
    self.init(from: nil, to: nil)
    if !left.isEmpty {
      guard let span = Self.span(String(left), today: today) else { return nil }
      from = span.from
    }
    if !right.isEmpty {
      guard let span = Self.span(String(right), today: today) else { return nil }
      to = span.to
    }
  }

  package func contains(_ day: Day) -> Bool {
    (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
  }

  private static func span(_ text: String, today: Day) -> DayRange? {
    let word = text.lowercased()
    if let week = Week(word.uppercased()) { return DayRange(from: week.monday, to: week.sunday) }
    if word == "this month" { return month(of: today) }
    if word == "this year" { return year(today.year) }
    if word == "this week" {
      return DayRange(from: Week(of: today).monday, to: Week(of: today).sunday)
    }
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 1, word.utf8.count == 4, let year = DayReader.number(word) {
      return Self.year(year)
    }
    if parts.count == 2, parts[0].count == 4, parts[1].count <= 2,
      let year = DayReader.number(parts[0]), let month = DayReader.number(parts[1])
    {
      return Day(year, month, 1).map(Self.month(of:))
    }
    guard let date = try? NaturalDate(text, today: today) else {
      return nil  // what is no date is ordinary text to whoever asks
    }
    return DayRange(from: date.day, to: date.day)
  }

  private static func year(_ year: Int) -> DayRange? {
    guard let first = Day(year, 1, 1), let last = Day(year, 12, 31) else { return nil }
    return DayRange(from: first, to: last)
  }

  private static func month(of day: Day) -> DayRange {
    let first = day.firstOfMonth
    return DayRange(from: first, to: first + (Day.length(ofMonth: day.month, year: day.year) - 1))
  }
}
