/// An ISO 8601 week: Monday first, week 1 holds the first Thursday, so its year can differ from the
/// calendar's (2027-01-01 lies in 2026-W53).
package struct Week: Hashable, Comparable, Sendable {
  package let year: Int
  /// 1...53
  package let number: Int

  /// The week that holds `day`.
  package init(of day: Day) {
    let thursday = day + (4 - day.weekday)
    year = thursday.year
    number = (thursday.dayOfYear - 1) / 7 + 1
  }

  /// `YYYY-Www`, exactly.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-W", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4, parts[1].count == 2, let year = Int(parts[0]),
      let number = Int(parts[1]), let fourth = Day(year, 1, 4), number >= 1
    else { return nil }
    let week = Week(of: fourth - (fourth.weekday - 1) + 7 * (number - 1))
    guard week.year == year, week.number == number else { return nil }
    self = week
  }

  package var monday: Day {
    guard let fourth = Day(year, 1, 4) else { preconditionFailure("weeks come from days") }
    return fourth - (fourth.weekday - 1) + 7 * (number - 1)
  }
  package var sunday: Day { monday + 6 }
  package var next: Week { Week(of: monday + 7) }
  package var previous: Week { Week(of: monday - 7) }

  package static func < (left: Week, right: Week) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }
}

extension Week: CustomStringConvertible {
  /// `YYYY-Www`.
  package var description: String {
    let padded = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    return padded + (number < 10 ? "-W0" : "-W") + String(number)
  }
}
