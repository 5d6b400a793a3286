/// How scores are written and explained, the same everywhere.
package enum ScoreWords {
  /// `17`, `−3` with a true minus sign; by `mean`, whose scores are tenths, `6.5`.
  package static func text(_ score: Int, by rule: ScoreRule) -> String {
    rule == .mean ? fixed(score) : whole(score)
  }

  /// `–` where there is none.
  package static func text(_ score: Int?, by rule: ScoreRule) -> String {
    score.map { text($0, by: rule) } ?? "–"
  }

  /// A mean of scores to a tenth, without `.0`; `–` of nothing.
  package static func text(_ average: Average, by rule: ScoreRule) -> String {
    guard rule == .mean else { return tenths(average.sum, of: average.count) }
    return average.count == 0 ? "–" : fixed(rounded(average.sum, over: average.count))
  }

  /// A median or a quartile that is given in quarters, to a tenth.
  package static func text(quarters: Int, by rule: ScoreRule) -> String {
    text(Average(sum: quarters, count: 4), by: rule)
  }

  /// `sum / count` to a tenth, rounded once, away from zero; without `.0`; `–` of nothing.
  package static func tenths(_ sum: Int, of count: Int) -> String {
    guard count > 0 else { return "–" }
    let tenths = rounded(sum * 10, over: count)
    return tenths % 10 == 0 ? whole(tenths / 10) : fixed(tenths)
  }

  /// Two of them as `10 to 17`, or one where they are the same.
  package static func range(_ range: ClosedRange<Int>, by rule: ScoreRule) -> String {
    let low = text(range.lowerBound, by: rule)
    return range.count == 1 ? low : "\(low) to \(text(range.upperBound, by: rule))"
  }

  private static func whole(_ number: Int) -> String {
    number < 0 ? "\u{2212}\(number.magnitude)" : String(number)
  }

  private static func fixed(_ tenths: Int) -> String {
    let size = tenths.magnitude
    return (tenths < 0 ? "\u{2212}" : "") + "\(size / 10).\(size % 10)"
  }

  /// Half away from zero.
  private static func rounded(_ sum: Int, over count: Int) -> Int {
    let half = (2 * Int(sum.magnitude) + count) / (2 * count)
    return sum < 0 ? -half : half
  }

  // MARK: - Explaining

  /// How the score comes about: `score = productive + satisfied + body − care`.
  package static func formula(_ rule: ScoreRule) -> String {
    switch rule {
    case .hucares: "score = productive + satisfied + body − care"
    case .sum: "score = productive + satisfied + body + care"
    case .mean: "score = the mean of the four answers"
    }
  }

  /// The sign of care in two short lines.
  package static func explanation(_ rule: ScoreRule) -> [String] {
    switch rule {
    case .hucares:
      [
        "Care counts against the sum: much care for",
        "things outside yourself leaves less for you.",
      ]
    case .sum:
      ["Care counts with the others in this group:", "the score is all four added, 4 to 40."]
    case .mean:
      [
        "Care counts with the others in this group:",
        "the score is their mean, 1 to 10.",
      ]
    }
  }

  /// The sign of care in one line.
  package static func explanationLine(_ rule: ScoreRule) -> String {
    switch rule {
    case .hucares:
      "Care counts against the sum: what you give elsewhere leaves less for you."
    case .sum: "Care counts with the others here: all four are added, 4 to 40."
    case .mean: "Care counts with the others here: the mean of all four, 1 to 10."
    }
  }

  /// What a score can be: `−7 to 29`.
  package static func possible(_ rule: ScoreRule) -> String { range(rule.range, by: rule) }
}
