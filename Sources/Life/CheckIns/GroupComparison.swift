package import Kernel

/// Own scores against those of the others in a group: two medians, and never a place among them.
package struct GroupComparison: Hashable, Sendable {
  package let own: Quartiles
  package let others: Quartiles
  package let rule: ScoreRule
  package let frequency: Frequency
  /// Over how many periods.
  package let periods: Int

  package enum Standing: Hashable, Sendable { case below, alike, above }

  /// Two points (half a point by `mean`) are no difference: as in a trend.
  package var standing: Standing {
    let threshold = CheckInPart.score.threshold(by: rule)
    let difference = (own.medianQuarters - others.medianQuarters) * threshold.of
    let limit = threshold.over * 4
    return difference > limit ? .above : difference < -limit ? .below : .alike
  }

  /// `Over 12 weeks your median is 14, the others' 13: much alike.`
  package var sentence: String {
    let mine = ScoreWords.text(quarters: own.medianQuarters, by: rule)
    let theirs = ScoreWords.text(quarters: others.medianQuarters, by: rule)
    let words =
      switch standing {
      case .alike: "much alike"
      case .above: "yours is higher"
      case .below: "yours is lower"
      }
    return
      "Over \(frequency.count(periods)) your median is \(mine), the others' \(theirs): \(words)."
  }
}

extension GroupAnalysis {
  /// Own scores against all the others' of the last 12 periods; nil where either has fewer than four.
  package func comparison(of account: EntryID, last count: Int = 12) -> GroupComparison? {
    var mine: [Int] = []
    var theirs: [Int] = []
    for point in points(in: current.advanced(by: 1 - max(1, count))...current) {
      guard let score = point.score else { continue }
      if point.member == account { mine.append(score) } else { theirs.append(score) }
    }
    guard mine.count >= CheckInBaseline.fewest, theirs.count >= CheckInBaseline.fewest,
      let own = Quartiles(mine), let others = Quartiles(theirs)
    else { return nil }
    return GroupComparison(
      own: own, others: others, rule: rule, frequency: frequency, periods: max(1, count))
  }

  /// The first time that all were in, and the highest number of members with whom it came about.
  package func milestones() -> [CheckInMilestone] {
    var found: [CheckInMilestone] = []
    var most = 1
    for period in perfectPeriods().reversed() {
      let members = round(of: period).seats.count
      guard members > most else { continue }
      most = members
      found.append(CheckInMilestone(subject: .allIn(members: members), period: period, rule: rule))
    }
    return found.reversed()
  }
}
