internal import Kernel

extension Frequency {
  /// One of its periods: `day`, `week`, `fortnight`.
  package var unit: String {
    switch self {
    case .daily: "day"
    case .weekly: "week"
    case .biweekly: "fortnight"
    }
  }

  /// `1 week`, `12 weeks`
  package func count(_ number: Int) -> String { "\(number) \(unit)\(number == 1 ? "" : "s")" }
}

extension Period {
  /// `week 47`, `weeks 47 and 48`, `2026-11-20`: without the year of a week.
  package var name: String {
    switch frequency {
    case .daily: key
    case .weekly: "week \(Week(of: first).number)"
    case .biweekly: "weeks \(Week(of: first).number) and \(Week(of: last).number)"
    }
  }

  /// The same as the beginning of a sentence: `Week 47`.
  package var title: String { frequency == .daily ? key : "W" + name.dropFirst() }

  /// `week 47 of 2026`, `weeks 53 of 2026 and 1 of 2027`, `2026-11-20`
  package var fullName: String {
    let (one, two) = (Week(of: first), Week(of: last))
    return switch frequency {
    case .daily: key
    case .biweekly where one.year != two.year:
      "weeks \(one.number) of \(one.year) and \(two.number) of \(two.year)"
    default: "\(name) of \(one.year)"
    }
  }
}
