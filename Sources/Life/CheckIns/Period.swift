package import Kernel

/// How often a group (or a person alone) checks in.
package enum Frequency: String, Hashable, Sendable, CaseIterable {
  case daily, weekly, biweekly

  /// How many days one period has.
  package var days: Int {
    switch self {
    case .daily: 1
    case .weekly: 7
    case .biweekly: 14
    }
  }
}

/// The stretch of days that one check-in is about: a day, an ISO week, or two of them.
///
/// Two-week periods are counted from Monday 5 January 1970, and named by their first week.
package struct Period: Hashable, Comparable, Sendable {
  /// For how many days after its end a check-in may still be written, and is marked as late.
  package static let lateDays = 7
  /// Monday 5 January 1970.
  private static let anchor = Day(number: 4)

  package let frequency: Frequency
  /// Of a week its Monday.
  package let first: Day
  package let last: Day

  /// The period that holds `day`.
  package init(_ frequency: Frequency, of day: Day) {
    switch frequency {
    case .daily: self.init(frequency, from: day)
    case .weekly: self.init(frequency, from: day - (day.weekday - 1))
    case .biweekly:
      let monday = day - (day.weekday - 1)
      self.init(frequency, from: (monday - Self.anchor) % 14 == 0 ? monday : monday - 7)
    }
  }

  private init(_ frequency: Frequency, from first: Day) {
    self.frequency = frequency
    self.first = first
    last = first + (frequency.days - 1)
  }

  /// The period with this key; nil for a text that is none of `frequency`'s.
  package init?(_ frequency: Frequency, key: some StringProtocol) {
    let day = frequency == .daily ? Day(key) : Week(key)?.monday
    // One period has one key: numbers with a sign would make it two.
    guard let day, !key.utf8.contains(UInt8(ascii: "+")) else { return nil }
    self.init(frequency, of: day)
    guard first == day else { return nil }
  }

  /// What check-ins are found by: `2026-11-20`, or `2026-W47` (of a two-week period its first week).
  package var key: String {
    frequency == .daily ? first.description : Week(of: first).description
  }

  package var next: Period { Period(frequency, from: last + 1) }
  package var previous: Period { Period(frequency, from: first - frequency.days) }

  /// The period `count` periods later, or earlier.
  package func advanced(by count: Int) -> Period {
    Period(frequency, from: first + count * frequency.days)
  }

  /// How many periods later `other`, of the same frequency, is.
  package func distance(to other: Period) -> Int { (other.first - first) / frequency.days }

  package static func < (left: Period, right: Period) -> Bool { left.first < right.first }

  /// The last day on which a check-in of it may be written.
  package var lastChance: Day { last + Self.lateDays }

  /// Whether a check-in of a period may still be written.
  package enum Standing: Hashable, Sendable {
    /// Not begun.
    case future
    case open
    /// Over, but open for seven days more; marked as late.
    case late
    /// Read-only.
    case closed
  }

  /// How this period stands on `today`, the group's day.
  package func standing(on today: Day) -> Standing {
    if today < first { return .future }
    if today <= last { return .open }
    return today <= lastChance ? .late : .closed
  }
}
