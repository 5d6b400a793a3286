internal import Kernel

/// A year of check-ins at a glance.
package struct CheckInYear: Hashable, Sendable {
  /// Of weeks the ISO year.
  package let year: Int
  package let participation: Participation
  package let mean: Average
  package let quartiles: Quartiles?
  /// nil for fewer than two scores.
  package let best: CheckInPoint?
  package let hardest: CheckInPoint?
  /// The longest streak within the year.
  package let longestStreak: Int
  /// Of the four answers.
  package let means: [CheckInMean]
}

extension CheckInAnalysis {
  /// The years with a check-in, newest first.
  package func years() -> [Int] {
    var years: [Int] = []
    for point in points.reversed() {
      let year = point.period.year
      if years.last != year { years.append(year) }
    }
    return years
  }

  /// nil for a year without a check-in. O(n).
  package func year(_ year: Int) -> CheckInYear? {
    let mine = points.filter { $0.period.year == year }
    guard let begin = points.first?.period, var first = mine.first?.period else { return nil }
    var last = first
    while first > begin, first.previous.year == year { first = first.previous }
    while last.next <= current, last.next.year == year { last = last.next }
    // With nothing after it, the analysis of these alone ends with the year.
    let part = CheckInAnalysis(
      points: mine, rule: rule, frequency: frequency, skips: skips, today: min(today, last.last))
    let streak = streakLengths(from: first, to: last)
    return CheckInYear(
      year: year, participation: participation(in: first...last),
      mean: Average(mine.compactMap(\.score)), quartiles: Quartiles(mine.compactMap(\.score)),
      best: part.best().first, hardest: part.hardest().first, longestStreak: streak,
      means: part.means())
  }

  private func streakLengths(from first: Period, to last: Period) -> Int {
    var (run, longest) = (0, 0)
    walk { period, state in
      guard first <= period, period <= last else { return }
      if CheckInStreakPeriod(period: period, state: state).isDone {
        run += 1
      } else if state == .missed {
        run = 0
      }
      longest = max(longest, run)
    }
    return longest
  }
}

extension Period {
  /// Of a day its year, of weeks the ISO year of the first.
  package var year: Int { frequency == .daily ? first.year : Week(of: first).year }
}
