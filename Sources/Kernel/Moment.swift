/// A point in time: milliseconds since 1970-01-01 00:00 UTC.
package struct Moment: Hashable, Comparable, Sendable, Codable {
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }
  /// Whole seconds since 1970-01-01 00:00 UTC.
  package init(seconds: Int64) {
    let product = seconds.multipliedReportingOverflow(by: 1000)
    milliseconds = product.overflow ? (seconds < 0 ? .min : .max) : product.partialValue
  }

  /// Whole seconds since 1970, rounded down.
  package var seconds: Int64 { milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0) }

  package static func < (left: Moment, right: Moment) -> Bool {
    left.milliseconds < right.milliseconds
  }
  /// `milliseconds` later (earlier, where negative); the last moment there is, where it ends.
  package static func + (moment: Moment, milliseconds: Int64) -> Moment {
    let sum = moment.milliseconds.addingReportingOverflow(milliseconds)
    let end: Int64 = milliseconds < 0 ? .min : .max
    return Moment(milliseconds: sum.overflow ? end : sum.partialValue)
  }
  /// The milliseconds from `right` to `left`, as far as they can be told.
  package static func - (left: Moment, right: Moment) -> Int64 {
    let difference = left.milliseconds.subtractingReportingOverflow(right.milliseconds)
    return difference.overflow ? (left < right ? .min : .max) : difference.partialValue
  }

  package init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

/// A wall-clock reading in some zone: a civil day and the seconds since its midnight (0..<86400).
package struct CivilTime: Hashable, Comparable, Sendable {
  package var day: Day
  package var secondOfDay: Int

  package init(day: Day, secondOfDay: Int = 0) {
    self.day = day
    self.secondOfDay = secondOfDay
  }
  package init(day: Day, hour: Int, minute: Int, second: Int = 0) {
    self.day = day
    secondOfDay = hour * 3600 + minute * 60 + second
  }

  package var hour: Int { secondOfDay / 3600 }
  package var minute: Int { secondOfDay / 60 % 60 }
  package var second: Int { secondOfDay % 60 }
  /// `HH:MM`, 24 hours.
  package var clock: String {
    (hour < 10 ? "0" : "") + String(hour) + (minute < 10 ? ":0" : ":") + String(minute)
  }

  /// The seconds since 1970-01-01 00:00 of the same (unnamed) clock.
  package var seconds: Int64 { Int64(day.number) * 86400 + Int64(secondOfDay) }
  /// The reverse of `seconds`.
  package init(seconds: Int64) {
    let days = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
    day = Day(number: Int(days))
    secondOfDay = Int(seconds - days * 86400)
  }

  package static func < (left: CivilTime, right: CivilTime) -> Bool {
    (left.day, left.secondOfDay) < (right.day, right.secondOfDay)
  }
}
