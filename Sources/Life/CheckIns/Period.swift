package import Kernel

/// How often a group (or a person alone) checks in.
package enum Frequency: String, Hashable, Sendable, CaseIterable {
  case daily, weekly, biweekly
}

/// The stretch of days that one check-in is about: a day, an ISO week, or two of them.
///
/// Two-week periods are counted from Monday 5 January 1970, and named by their first week.
package struct Period: Hashable, Comparable, Sendable {
  package let frequency: Frequency
  package let first: Day
  package let last: Day

  /// The period that holds `day`.
  package init(_ frequency: Frequency, of day: Day) {
    self.frequency = frequency
    switch frequency {
    case .daily:
      first = day
      last = day
    case .weekly:
      first = Week(of: day).monday
      last = first + 6
    case .biweekly:
      let monday = Week(of: day).monday
      let weeks = (monday.number - 4) / 7
      first = weeks % 2 == 0 ? monday : monday - 7
      last = first + 13
    }
  }

  /// The period with this key; nil for a text that is none of `frequency`'s.
  package init?(_ frequency: Frequency, key: String) {
    let day = frequency == .daily ? Day(key) : Week(key)?.monday
    guard let day else { return nil }
    self.init(frequency, of: day)
    guard self.key == key else { return nil }
  }

  /// What check-ins are found by: `2026-11-20`, or `2026-W47` (of a two-week period its first week).
  package var key: String {
    frequency == .daily ? first.description : Week(of: first).description
  }

  package var next: Period { Period(frequency, of: last + 1) }
  package var previous: Period { Period(frequency, of: first - 1) }

  package static func < (left: Period, right: Period) -> Bool { left.first < right.first }

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
    return today - last <= 7 ? .late : .closed
  }
}
