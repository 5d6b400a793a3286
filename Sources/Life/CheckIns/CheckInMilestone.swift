internal import Kernel

/// Something worth a line of its own, when it was reached for the first time.
package struct CheckInMilestone: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case first
    /// So many periods in a row.
    case streak(Int)
    /// So many months in a row with a check-in in each.
    case months(Int)
    /// The highest score so far.
    case highScore(Int)
    /// All of a group were in.
    case allIn(members: Int)
  }

  package let subject: Subject
  /// The period in which it was reached.
  package let period: Period
  package let rule: ScoreRule

  package var sentence: String {
    switch subject {
    case .first: "First check-in, \(period.fullName)."
    case .streak(let count):
      "\(period.frequency.count(count)) in a row, reached in \(period.fullName)."
    case .months(let count): "\(count) months in a row, reached in \(period.fullName)."
    case .highScore(let score):
      "Highest score so far: \(ScoreWords.text(score, by: rule)), \(period.fullName)."
    case .allIn(let members): "All \(members) were in, \(period.fullName)."
    }
  }

  /// The lengths of a streak that are told: 4, 12, 26, 52 and 104 weeks, and every further year.
  static func isTold(_ count: Int, _ frequency: Frequency) -> Bool {
    switch frequency {
    case .daily: [7, 30, 100].contains(count) || (count > 0 && count % 365 == 0)
    case .weekly: [4, 12, 26].contains(count) || (count > 0 && count % 52 == 0)
    case .biweekly: [3, 6, 13].contains(count) || (count > 0 && count % 26 == 0)
    }
  }

  static func isTold(months: Int) -> Bool {
    [3, 6].contains(months) || (months > 0 && months % 12 == 0)
  }
}

extension CheckInAnalysis {
  /// All of them, newest first. A high score is told once there are four check-ins; a tie is none.
  /// O(periods since the first check-in).
  package func milestones() -> [CheckInMilestone] {
    guard let first = points.first else { return [] }
    var found = [CheckInMilestone(subject: .first, period: first.period, rule: rule)]
    var (run, longest) = (0, 0)
    var months = MonthRun()
    walk { period, state in
      let isDone = CheckInStreakPeriod(period: period, state: state).isDone
      switch state {
      case .done, .late, .backfilled: run += 1
      case .skipped: break
      // What still waits breaks here too: a milestone is not taken back.
      case .missed, .pending: run = 0
      }
      if run > longest {
        longest = run
        if CheckInMilestone.isTold(run, frequency) {
          found.append(CheckInMilestone(subject: .streak(run), period: period, rule: rule))
        }
      }
      if isDone, let count = months.add(period), CheckInMilestone.isTold(months: count) {
        found.append(CheckInMilestone(subject: .months(count), period: period, rule: rule))
      }
    }
    if let high = highScore() { found.append(high) }
    return found.sorted { $0.period > $1.period }
  }

  private func highScore() -> CheckInMilestone? {
    var best: (score: Int, period: Period)?
    var count = 0
    for point in points {
      guard let score = point.score else { continue }
      count += 1
      if best.map({ score > $0.score }) ?? true { best = (score, point.period) }
    }
    guard count >= 4, let best else { return nil }
    return CheckInMilestone(subject: .highScore(best.score), period: best.period, rule: rule)
  }
}

/// Months in a row with a check-in in each. A period belongs to the month of its middle day: a week to
/// that of its Thursday, as its year does.
private struct MonthRun {
  private var last: Int?
  private var run = 0
  private var longest = 0

  /// The length, where it is the longest so far and has just grown.
  mutating func add(_ period: Period) -> Int? {
    let (year, month, _) = (period.first + period.frequency.days / 2).civil
    let number = year * 12 + month
    guard number != last else { return nil }
    run = last.map { $0 + 1 == number } ?? false ? run + 1 : 1
    last = number
    guard run > longest else { return nil }
    longest = run
    return run
  }
}
