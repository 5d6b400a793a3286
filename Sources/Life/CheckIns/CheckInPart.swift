/// What of a check-in a figure or a chart is about.
package enum CheckInPart: String, Hashable, Sendable, CaseIterable {
  case score, productive, satisfied, body, care, energy

  /// The four answers, in the order in which they are asked for.
  package static let answers: [CheckInPart] = [.productive, .satisfied, .body, .care]

  package var title: String {
    switch self {
    case .score: "Score"
    case .productive: "Productive"
    case .satisfied: "Satisfied"
    case .body: "Body"
    case .care: "Care"
    case .energy: "Energy"
    }
  }

  /// At most five letters, for the head of a column.
  package var shortTitle: String {
    switch self {
    case .productive: "prod"
    case .satisfied: "satis"
    default: rawValue
    }
  }

  /// The question that it answers about a time such as "week"; nil for the score, which is computed.
  package func question(about frequency: Frequency) -> String? {
    let time = frequency == .daily ? "day" : frequency == .weekly ? "week" : "fortnight"
    return switch self {
    case .score: nil
    case .productive: "How productive was the \(time)?"
    case .satisfied: "How satisfied did it leave you?"
    case .body: "How well did you treat your body?"
    case .care: "How much of your care went to things outside yourself?"
    case .energy: "How much energy did you have?"
    }
  }

  /// Whether more of it raises the score: by the rule `hucares` care counts against it.
  package func isMoreBetter(by rule: ScoreRule) -> Bool { self != .care || rule != .hucares }

  /// The values that there can be; in tenths for the score by `mean`.
  package func range(by rule: ScoreRule) -> ClosedRange<Int> {
    switch self {
    case .score: rule.range
    case .energy: 1...5
    default: 1...10
    }
  }

  /// How far two means must lie apart to be called a change.
  ///
  /// 2 for a score (domain.md, section 3.2). It is made of four answers, so that one answer's spread is
  /// about half of its: 1 for an answer, and for energy, with five steps instead of ten, a half.
  package func threshold(by rule: ScoreRule) -> (over: Int, of: Int) {
    switch self {
    case .score: rule == .mean ? (over: 5, of: 1) : (over: 2, of: 1)
    case .energy: (over: 1, of: 2)
    default: (over: 1, of: 1)
    }
  }

  /// A value as it is shown.
  package func text(_ value: Int, by rule: ScoreRule) -> String {
    self == .score ? ScoreWords.text(value, by: rule) : String(value)
  }

  /// A mean as it is shown, to a tenth; `–` of nothing.
  package func text(_ average: Average, by rule: ScoreRule) -> String {
    self == .score
      ? ScoreWords.text(average, by: rule) : ScoreWords.tenths(average.sum, of: average.count)
  }
}
