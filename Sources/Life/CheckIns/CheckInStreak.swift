package import Kernel

/// How many periods in a row were answered.
///
/// Late and backfilled ones count, and are shown as such. Skipped ones neither count nor break. What
/// may still be answered never breaks.
package struct CheckInStreak: Hashable, Sendable {
  package let frequency: Frequency
  package let current: Int
  package let longest: Int
  /// Every period from the first answer to the current one, oldest first; the current one alone where
  /// there is none.
  package let periods: [CheckInStreakPeriod]

  /// Whether the current period still waits.
  package var isPending: Bool {
    if case .pending = periods.last?.state { true } else { false }
  }

  /// `12 weeks without a gap`; `no streak yet` at none.
  package var sentence: String {
    current == 0 ? "no streak yet" : "\(frequency.count(current)) without a gap"
  }
}

/// What became of one period.
package struct CheckInStreakPeriod: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case done
    /// Written in the seven days after it.
    case late(on: Day)
    /// Written when it was closed, as by an import.
    case backfilled(on: Day)
    case skipped(reason: String)
    case missed
    /// May be answered: until this day on time, or late where the period is over.
    case pending(until: Day)
  }

  package let period: Period
  package let state: State

  package var isDone: Bool {
    switch state {
    case .done, .late, .backfilled: true
    case .skipped, .missed, .pending: false
    }
  }

  /// A sentence that says why the period counts, waits or breaks. A skip's reason is a person's text.
  package var reason: String {
    switch state {
    case .done: "Answered."
    case .late(let day): "Answered late, on \(day)."
    case .backfilled(let day): "Answered, filled in on \(day)."
    case .skipped(let reason):
      "Skipped\(reason.isEmpty ? "" : ": " + reason). Neither counts nor breaks."
    case .missed: "Not answered."
    case .pending(let day): "Open until \(day): it can't break the streak yet."
    }
  }
}

extension CheckInAnalysis {
  /// O(periods since the first check-in).
  package func streak() -> CheckInStreak {
    var run = 0
    var longest = 0
    var told: [CheckInStreakPeriod] = []
    walk { period, state in
      let new = CheckInStreakPeriod(period: period, state: state)
      told.append(new)
      if new.isDone { run += 1 } else if state == .missed { run = 0 }
      longest = max(longest, run)
    }
    return CheckInStreak(frequency: frequency, current: run, longest: longest, periods: told)
  }

  /// Every period from the first check-in to the current one, oldest first.
  func walk(_ visit: (Period, CheckInStreakPeriod.State) -> Void) {
    var period = points.first?.period ?? current
    var index = 0
    while period <= current {
      if index < points.count, points[index].period == period {
        visit(period, state(of: points[index]))
        index += 1
      } else {
        visit(period, stateWithoutAnswer(period))
      }
      period = period.next
    }
  }

  private func state(of point: CheckInPoint) -> CheckInStreakPeriod.State {
    guard let day = point.lateOn else { return .done }
    return point.isBackfilled ? .backfilled(on: day) : .late(on: day)
  }

  private func stateWithoutAnswer(_ period: Period) -> CheckInStreakPeriod.State {
    if let reason = skipReason(period) { return .skipped(reason: reason) }
    return switch period.standing(on: today) {
    case .closed: .missed
    case .late: .pending(until: period.lastChance)
    case .open, .future: .pending(until: period.last)
    }
  }
}
