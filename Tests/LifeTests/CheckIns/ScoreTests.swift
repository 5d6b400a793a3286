internal import Testing

@testable internal import Life

struct ScoreTests {
  private let all = (1...10).flatMap { one in
    (1...10).flatMap { two in
      (1...10).flatMap { three in
        (1...10).map { Scores(productive: one, satisfied: two, body: three, care: $0)! }
      }
    }
  }

  @Test func `care counts against the score`() throws {
    let scores = try #require(Scores(productive: 8, satisfied: 7, body: 6, care: 3))
    #expect(ScoreRule.hucares.score(scores) == 18)
    #expect(ScoreRule.sum.score(scores) == 24)
    #expect(ScoreRule.mean.score(scores) == 60)
  }

  @Test func `every rule reaches exactly its range`() {
    for rule in ScoreRule.allCases {
      let scores = all.map(rule.score)
      #expect(scores.min() == rule.range.lowerBound)
      #expect(scores.max() == rule.range.upperBound)
    }
  }

  @Test func `answers of chance have a mean of eleven and rarely the highest band`() {
    let scores = all.map(ScoreRule.hucares.score)
    #expect(scores.reduce(0, +) == 11 * scores.count)
    // 70 of 10,000 combinations.
    #expect(scores.filter { ScoreBand($0, by: .hucares) == .veryHigh }.count == 70)
  }

  @Test(arguments: [
    (29, ScoreBand.veryHigh), (25, .veryHigh), (24, .high), (20, .high), (19, .fairlyHigh),
    (15, .fairlyHigh), (14, .middle), (10, .middle), (9, .fairlyLow), (5, .fairlyLow), (4, .low),
    (-7, .low),
  ])
  func `bands begin at 25, 20, 15, 10 and 5`(score: Int, band: ScoreBand) {
    #expect(ScoreBand(score, by: .hucares) == band)
    #expect(ScoreBand(score + 11, by: .sum) == band)
  }

  @Test func `a mean and the sum that it is of lie in one band`() {
    for scores in all {
      #expect(
        ScoreBand(ScoreRule.mean.score(scores), by: .mean)
          == ScoreBand(ScoreRule.sum.score(scores), by: .sum))
    }
  }

  @Test func `answers are one to ten`() {
    for wrong in [0, 11, -1, .max, .min] {
      #expect(Scores(productive: wrong, satisfied: 5, body: 5, care: 5) == nil)
      #expect(Scores(productive: 5, satisfied: 5, body: 5, care: wrong) == nil)
    }
  }

  @Test func `scores are written with a true minus, means with a tenth`() {
    #expect(ScoreWords.text(-3, by: .hucares) == "\u{2212}3")
    #expect(ScoreWords.text(17, by: .hucares) == "17")
    #expect(ScoreWords.text(65, by: .mean) == "6.5")
    #expect(ScoreWords.text(70, by: .mean) == "7.0")
    #expect(ScoreWords.text(nil, by: .sum) == "–")
    #expect(ScoreWords.text(Average([16, 12, 16]), by: .hucares) == "14.7")
    #expect(ScoreWords.text(Average([13, 15]), by: .hucares) == "14")
    #expect(ScoreWords.text(Average([-1, 0]), by: .hucares) == "\u{2212}0.5")
    #expect(ScoreWords.text(Average([-2, -2, -3]), by: .hucares) == "\u{2212}2.3")
    #expect(ScoreWords.text(Average([65, 70]), by: .mean) == "6.8")
    #expect(ScoreWords.text(Average(), by: .hucares) == "–")
    #expect(ScoreWords.tenths(-1, of: 1000) == "0")
    #expect(ScoreWords.possible(.hucares) == "\u{2212}7 to 29")
    #expect(ScoreWords.possible(.mean) == "1.0 to 10.0")
  }

  @Test func `means are rounded once, away from zero`() {
    for sum in -400...400 {
      for count in 1...20 {
        let exact = (Double(sum) * 10 / Double(count)).rounded(.toNearestOrAwayFromZero)
        let text = ScoreWords.tenths(sum, of: count).replacing("\u{2212}", with: "-")
        #expect(Double(text) == exact / 10)
      }
    }
  }

  @Test func `each rule explains the sign of care`() {
    for rule in ScoreRule.allCases {
      #expect(ScoreWords.explanation(rule).count == 2)
      #expect(ScoreWords.explanation(rule).allSatisfy { $0.count <= 46 })
      #expect(ScoreWords.explanationLine(rule).count <= 78)
      #expect(ScoreWords.explanationLine(rule).contains("Care counts"))
    }
    #expect(ScoreWords.formula(.hucares) == "score = productive + satisfied + body − care")
  }
}

struct QuartilesTests {
  @Test(arguments: [
    ([5], [20, 20, 20]), ([1, 2], [5, 6, 7]), ([4, 1, 3, 2], [7, 10, 13]),
    ([7, 8, 11, 12, 13, 13, 13, 15, 16, 16, 17, 18], [47, 52, 64]),
    ([-7, -7, 29], [-28, -28, 44]),
    ([1, 2, 3, 4, 5], [8, 12, 16]),
  ])
  func `quartiles are those that spreadsheets give`(values: [Int], quarters: [Int]) throws {
    let quartiles = try #require(Quartiles(values))
    #expect(
      [quartiles.lowerQuarters, quartiles.medianQuarters, quartiles.upperQuarters] == quarters)
    #expect(quartiles.count == values.count)
  }

  @Test func `nothing has no quartiles`() { #expect(Quartiles([]) == nil) }

  @Test func `the usual range holds the median and stays among the values`() throws {
    var dice = Dice(1)
    for _ in 0..<500 {
      let values = (0..<Int.random(in: 1...30, using: &dice)).map { _ in
        Int.random(in: -7...29, using: &dice)
      }
      let quartiles = try #require(Quartiles(values))
      let usual = quartiles.usual
      #expect(usual.lowerBound * 4 <= quartiles.medianQuarters)
      #expect(usual.upperBound * 4 >= quartiles.medianQuarters)
      #expect(usual.lowerBound >= values.min()! && usual.upperBound <= values.max()!)
      // At least half lie on either side of the median, itself included.
      let below = values.filter { $0 * 4 <= quartiles.medianQuarters }.count
      let above = values.filter { $0 * 4 >= quartiles.medianQuarters }.count
      #expect(below * 2 >= values.count && above * 2 >= values.count)
    }
  }
}
