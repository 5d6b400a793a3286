package import Kernel

/// Days and months in words.
package enum Dates {
  package static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  package static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// `Fri 20 Nov`.
  package static func short(_ day: Day) -> String {
    "\(weekdays[day.weekday - 1].prefix(3)) \(day.dayOfMonth) \(months[day.month - 1].prefix(3))"
  }
  /// `Fri 20`, the day of the month right-aligned in two columns.
  package static func weekdayAndDay(_ day: Day) -> String {
    let number = day.dayOfMonth
    return "\(weekdays[day.weekday - 1].prefix(3)) \(number < 10 ? " " : "")\(number)"
  }
  /// `Friday 20 November 2026`.
  package static func long(_ day: Day) -> String {
    "\(weekdays[day.weekday - 1]) \(day.dayOfMonth) \(months[day.month - 1]) \(day.year)"
  }
  /// `20 Nov 2026`.
  package static func medium(_ day: Day) -> String {
    "\(day.dayOfMonth) \(months[day.month - 1].prefix(3)) \(day.year)"
  }
  /// `November 2026`.
  package static func month(_ day: Day) -> String { "\(months[day.month - 1]) \(day.year)" }

  /// `today`, `yesterday`, `3 days ago`, `in 2 days`, then the date.
  package static func relative(_ day: Day, to today: Day) -> String {
    switch today - day {
    case 0: "today"
    case 1: "yesterday"
    case -1: "tomorrow"
    case 2...6: "\(today - day) days ago"
    case -6 ... -2: "in \(day - today) days"
    default: medium(day)
    }
  }
}

/// `1 entry`, `12 entries`, with thin grouping: `12,345 entries`.
package func counted(_ count: Int, _ one: String, _ many: String) -> String {
  "\(grouped(count)) \(count == 1 ? one : many)"
}

/// `12,345`
package func grouped(_ number: Int) -> String {
  var digits = String(number.magnitude)
  var parts: [String] = []
  while digits.count > 3 {
    parts.insert(String(digits.suffix(3)), at: 0)
    digits.removeLast(3)
  }
  parts.insert(digits, at: 0)
  return (number < 0 ? "−" : "") + parts.joined(separator: ",")
}
