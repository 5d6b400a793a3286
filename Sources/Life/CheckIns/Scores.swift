/// The four answers of a check-in, each 1 to 10.
package struct Scores: Hashable, Sendable {
  /// How productive the time was.
  package var productive: Int
  /// How content it left you.
  package var satisfied: Int
  /// How well you treated your body.
  package var body: Int
  /// How much of your care went to things outside yourself: it counts against the score.
  package var care: Int

  /// nil where one is not 1 to 10.
  package init?(productive: Int, satisfied: Int, body: Int, care: Int) {
    let range = 1...10
    guard range.contains(productive), range.contains(satisfied), range.contains(body),
      range.contains(care)
    else { return nil }
    self.productive = productive
    self.satisfied = satisfied
    self.body = body
    self.care = care
  }

  /// In the order in which they are asked for.
  package var all: [Int] { [productive, satisfied, body, care] }
}

/// How answers become one score: domain.md, section 3.2.
package enum ScoreRule: String, Hashable, Sendable, CaseIterable {
  /// productive + satisfied + body − care: −7 to 29
  case hucares
  /// All four: 4 to 40.
  case sum
  /// Their mean, in tenths: 10 to 100.
  case mean

  /// In points; in tenths for `mean`.
  package func score(_ scores: Scores) -> Int {
    switch self {
    case .hucares: scores.productive + scores.satisfied + scores.body - scores.care
    case .sum: scores.all.reduce(0, +)
    case .mean: (scores.all.reduce(0, +) * 10 + 2) / 4
    }
  }

  /// The smallest and the greatest score.
  package var range: ClosedRange<Int> {
    switch self {
    case .hucares: -7...29
    case .sum: 4...40
    case .mean: 10...100
    }
  }
}
