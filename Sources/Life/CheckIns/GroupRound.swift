package import Kernel

/// One period of a group: who is in, and what their scores come to.
package struct GroupRound: Sendable {
  /// A member and what they have shown.
  package struct Seat: Sendable {
    package let member: GroupMember
    /// nil where they are still open, or have not answered.
    package let point: CheckInPoint?
  }

  package let period: Period
  package let rule: ScoreRule
  /// Those who were in the group then, or have answered; in the order in which they joined, never by
  /// score.
  package let seats: [Seat]

  package var participation: Participation {
    Participation(answered: seats.filter { $0.point != nil }.count, due: seats.count)
  }
  package var scores: [Int] { seats.compactMap { $0.point?.score } }
  package var mean: Average { Average(scores) }
  package var total: Int { scores.reduce(0, +) }
  package var high: Int? { scores.max() }
  package var low: Int? { scores.min() }
  /// All of two or more are in.
  package var isPerfect: Bool { seats.count > 1 && seats.allSatisfy { $0.point != nil } }

  /// `3 of 4 in`
  package var participationText: String { "\(participation.text) in" }

  /// `mean 13.7`, `high 18`, `low 9`; empty for fewer than two scores.
  package var figures: [String] {
    let scores = scores
    guard scores.count > 1, let high = scores.max(), let low = scores.min() else { return [] }
    let mean = Average(scores)
    return [
      "mean \(ScoreWords.text(mean, by: rule))", "high \(ScoreWords.text(high, by: rule))",
      "low \(ScoreWords.text(low, by: rule))",
    ]
  }
}
