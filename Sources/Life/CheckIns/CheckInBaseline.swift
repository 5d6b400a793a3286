/// What is usual for somebody: median and middle half of their last 12 periods. Scores are held against
/// this, never against others' or against the scale.
package struct CheckInBaseline: Hashable, Sendable {
  /// How many periods it looks back over.
  package static let periods = 12
  /// Fewer answers than these say nothing.
  package static let fewest = 4

  package let part: CheckInPart
  package let rule: ScoreRule
  package let quartiles: Quartiles

  /// nil for fewer than `fewest` values.
  package init?(_ part: CheckInPart, rule: ScoreRule, values: [Int]) {
    guard values.count >= Self.fewest, let quartiles = Quartiles(values) else { return nil }
    self.part = part
    self.rule = rule
    self.quartiles = quartiles
  }

  /// The middle half, in whole values and rounded outwards.
  package var usual: ClosedRange<Int> { quartiles.usual }

  package enum Standing: Hashable, Sendable { case below, usual, above }

  package func standing(of value: Int) -> Standing {
    value < usual.lowerBound ? .below : value > usual.upperBound ? .above : .usual
  }

  /// `your usual is 10 to 17`
  package var sentence: String { "your usual is \(range)" }

  /// `17` → `within your usual, 10 to 17`
  package func sentence(about value: Int) -> String {
    switch standing(of: value) {
    case .usual: "within your usual, \(range)"
    case .above: "above your usual, \(range)"
    case .below: "below your usual, \(range)"
    }
  }

  private var range: String {
    let (low, high) = (usual.lowerBound, usual.upperBound)
    let text = part.text(low, by: rule)
    return low == high ? text : "\(text) to \(part.text(high, by: rule))"
  }
}

extension CheckInAnalysis {
  /// What was usual before `period`: in the 12 periods before it, answered or not, and without itself.
  /// nil with fewer than four answers. O(log n).
  package func baseline(
    of part: CheckInPart = .score, before period: Period? = nil
  ) -> CheckInBaseline? {
    let end = (period ?? current).previous
    let span = end.advanced(by: 1 - CheckInBaseline.periods)...end
    return CheckInBaseline(part, rule: rule, values: points(in: span).compactMap { $0.value(part) })
  }
}
