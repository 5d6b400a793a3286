package import Kernel

/// How long somebody has kept something up, by rules that forgive: a pure function of facts,
/// schedule and exceptions.
///
/// Days done count. Skipped and paused days neither count nor break. Today, while it is pending,
/// never breaks. A few missed days in any 30 are forgiven (`allowance`). A day that a flight over the
/// date line has swallowed is forgiven too. Days written later count, and are shown as such.
package struct Streak: Equatable, Sendable {
  package enum Unit: Equatable, Sendable { case days, weeks }

  /// What `current` and `longest` count.
  package let unit: Unit
  package let current: Int
  package let longest: Int
  /// Every day from the first fact to today, oldest first; today alone where there are none.
  package let days: [StreakDay]

  /// Whether today still waits, so that a reminder would be of use.
  package var isPending: Bool { days.last?.state == .pending }

  /// The streak as it stands on `rules.today`. Facts after today are left out.
  package init(facts: [StreakFact], rules: StreakRules) {
    let ledger = StreakLedger(facts: facts, rules: rules)
    switch rules.schedule {
    case .daily:
      unit = .days
      (current, longest, days) = ledger.daily()
    case .perWeek(let count):
      unit = .weeks
      (current, longest, days) = ledger.weekly(count: min(max(count, 1), 7))
    }
  }
}

/// One proof that a day was done.
package struct StreakFact: Equatable, Sendable {
  /// The day that it counts for.
  package var day: Day
  /// The day on which it was written, by the day-start hour.
  package var writtenOn: Day
  /// Seconds east of UTC where it was written; nil where nobody knows.
  package var offset: Int?

  package init(day: Day, writtenOn: Day, offset: Int? = nil) {
    self.day = day
    self.writtenOn = writtenOn
    self.offset = offset
  }
}

/// How often a streak wants something done.
package enum StreakSchedule: Equatable, Sendable {
  case daily
  /// So many days in each ISO week.
  case perWeek(Int)
}

/// A stretch of days that do not count, such as a holiday.
package struct StreakPause: Equatable, Sendable {
  package var from: Day
  /// The last day, included; nil while it lasts.
  package var to: Day?
  package var reason: String

  package init(from: Day, to: Day?, reason: String) {
    self.from = from
    self.to = to
    self.reason = reason
  }
}

/// What a streak is measured by.
package struct StreakRules: Equatable, Sendable {
  package var today: Day
  package var schedule: StreakSchedule
  /// Missed days that are forgiven within any 30.
  package var allowance: Int
  /// Reasons of days that were skipped on purpose.
  package var skips: [Day: String]
  package var pauses: [StreakPause]

  package init(
    today: Day, schedule: StreakSchedule = .daily, allowance: Int = 2, skips: [Day: String] = [:],
    pauses: [StreakPause] = []
  ) {
    self.today = today
    self.schedule = schedule
    self.allowance = max(0, allowance)
    self.skips = skips
    self.pauses = pauses
  }
}

/// What became of one day.
package struct StreakDay: Equatable, Sendable {
  package let day: Day
  package let state: StreakState
}

/// What a day counts for.
package enum StreakState: Equatable, Sendable {
  case done
  /// Done, but written on a later day.
  case backfilled(on: Day)
  case skipped(reason: String)
  case paused(reason: String)
  /// Forgiven: the how-manieth within 30 days, of how many.
  case grace(used: Int, of: Int)
  /// Forgiven: the calendar left the day out between two time zones.
  case travel
  case missed
  /// Today, not done yet.
  case pending
  /// Not needed: the week's count is or can be reached without it.
  case notDue
}

extension StreakDay {
  /// Whether the day counts as done.
  package var isDone: Bool {
    switch state {
    case .done, .backfilled: true
    default: false
    }
  }

  /// A sentence that says why the day counts, waits or breaks: for `--explain`.
  package var reason: String {
    func because(_ reason: String) -> String { reason.isEmpty ? "" : ": " + reason }
    return switch state {
    case .done: "Done."
    case .backfilled(let later): "Done, written later, on \(later)."
    case .skipped(let reason): "Skipped\(because(reason)). Neither counts nor breaks."
    case .paused(let reason): "Paused\(because(reason)). Neither counts nor breaks."
    case .grace(let used, let of): "Missed, but forgiven: \(used) of \(of) in 30 days."
    case .travel: "Forgiven: the time zone changed across the date line."
    case .missed: "Missed."
    case .pending: "Still open: today can't break the streak."
    case .notDue: "Not due: the week asks for fewer days."
    }
  }
}
