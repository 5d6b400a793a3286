/// Where a score lies on its scale, at 25, 20, 15, 10 and 5 (domain.md, section 3.2).
///
/// It says nothing of a person: even answers of chance have a mean of 11, and only 0.7 % of them reach
/// 25. Colour by the person's own history (`CheckInBaseline`).
package enum ScoreBand: Int, Hashable, Sendable, CaseIterable, Comparable {
  case low, fairlyLow, middle, fairlyHigh, high, veryHigh

  /// The bounds are those of `hucares`; a sum is eleven more, and a mean the quarter of a sum.
  package init(_ score: Int, by rule: ScoreRule) {
    let reached = [5, 10, 15, 20, 25].filter { score >= Self.bound($0, by: rule) }.count
    guard let band = ScoreBand(rawValue: reached) else {
      preconditionFailure("six bands have five bounds")
    }
    self = band
  }

  private static func bound(_ bound: Int, by rule: ScoreRule) -> Int {
    switch rule {
    case .hucares: bound
    case .sum: bound + 11
    case .mean: ((bound + 11) * 10 + 2) / 4
    }
  }

  package var name: String {
    switch self {
    case .low: "low"
    case .fairlyLow: "fairly low"
    case .middle: "middle"
    case .fairlyHigh: "fairly high"
    case .high: "high"
    case .veryHigh: "very high"
    }
  }

  package static func < (left: ScoreBand, right: ScoreBand) -> Bool {
    left.rawValue < right.rawValue
  }
}
