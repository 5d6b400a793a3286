package import Kernel

/// The same day of other years.
package enum OnThisDay {
  /// The days of `years` that fall on the month and day of `day`, oldest first. The 29th of February
  /// is remembered on the 28th in years without one, so that it does not wait four years.
  package static func days(like day: Day, in years: ClosedRange<Int>) -> [Day] {
    let (year, month, dayOfMonth) = day.civil
    var days: [Day] = []
    for other in years {
      if let same = Day(other, month, dayOfMonth) { days.append(same) }
      if month == 2, dayOfMonth == 28, !Day.isLeap(year), let leap = Day(other, 2, 29) {
        days.append(leap)
      }
    }
    return days
  }
}
