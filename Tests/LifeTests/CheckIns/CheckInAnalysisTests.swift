internal import Kernel
internal import Testing

@testable internal import Life

/// Friday of week 47.
private let friday = Day("2026-11-20")!

struct CheckInAnalysisTests {
  private let autumn = CheckInAnalysis(points: Made.autumn, today: friday)

  private func analysis(
    _ scores: [Int?], from key: String = "2026-W35", rule: ScoreRule = .hucares,
    today: Day = friday, skips: [Day: String] = [:]
  ) -> CheckInAnalysis {
    CheckInAnalysis(
      points: Made.points(from: Made.week(key), scores), rule: rule, skips: skips, today: today)
  }

  // MARK: - Trend

  @Test func `the trend of an autumn`() {
    let trend = autumn.trend(of: .score, last: 12)
    #expect(trend.values.map(\.value) == [13, 8, 13, 17, 11, 13, 18, 7, 15, 16, 12, 16])
    #expect(trend.recent == Average(sum: 44, count: 3))
    #expect(trend.earlier == Average(sum: 115, count: 9))
    #expect(trend.sentence == "last 3 weeks 14.7, before 12.8: steady")
    #expect(
      trend.summary
        == "Score, 12 weeks, week 35 to week 46: from 7 to 18, median 13; "
        + "last 3 weeks 14.7, before 12.8: steady.")
  }

  @Test(arguments: [
    ([10, 10, 12, 12, 12], CheckInTrend.Direction.steady), ([10, 10, 12, 12, 13], .up),
    ([10, 10, 8, 8, 8], .steady), ([10, 10, 8, 8, 7], .down), ([10, 12, 13, 12], .up),
    ([10, 10, 10], .unknown), ([], .unknown), ([29, 29, 29, -7, -7, -7], .down),
  ])
  func `a change is one beyond two points`(scores: [Int], direction: CheckInTrend.Direction) {
    let trend = analysis(scores, from: "2026-W40").trend(of: .score)
    #expect(trend.direction == direction)
  }

  @Test func `gaps stay gaps, and the sentence tells`() {
    let trend = analysis([10, 10, nil, 14, nil, 14, 14], from: "2026-W40").trend(of: .score)
    #expect(trend.values.map(\.value) == [10, 10, nil, 14, nil, 14, 14])
    #expect(trend.sentence == "last 3 answers 14, before 10: up")
    #expect(trend.summary.hasSuffix(" 2 weeks without an answer."))
  }

  @Test func `too few answers say so`() {
    #expect(analysis([]).trend(of: .score).sentence == "nothing to show yet")
    #expect(
      analysis([5], from: "2026-W46").trend(of: .score).sentence
        == "a trend needs 4 check-ins, there is 1")
    #expect(analysis([]).trend(of: .score).summary == "Score: nothing to show yet.")
  }

  @Test func `means change beyond half a point, which are five tenths`() {
    let steady = analysis([60, 60, 65, 65, 65], from: "2026-W40", rule: .mean)
    #expect(steady.trend(of: .score).direction == .steady)
    #expect(steady.trend(of: .score).sentence == "last 3 answers 6.5, before 6.0: steady")
    let up = analysis([60, 60, 66, 65, 65], from: "2026-W40", rule: .mean)
    #expect(up.trend(of: .score).direction == .up)
  }

  @Test func `more care is no better where it counts against the score`() {
    let points = [2, 2, 6, 6, 6].enumerated().map {
      Made.point(Made.week("2026-W42").advanced(by: $0.offset), [5, 5, 5, $0.element])
    }
    let trend = CheckInAnalysis(points: points, today: friday).trend(of: .care)
    #expect(trend.direction == .up)
    #expect(trend.isBetter == false)
    let sum = CheckInAnalysis(points: points, rule: .sum, today: friday).trend(of: .care)
    #expect(sum.isBetter == true)
  }

  @Test func `energy has half the steps and half the threshold`() {
    func trend(_ energies: [Int]) -> CheckInTrend {
      let points = energies.enumerated().map {
        Made.point(
          Made.week("2026-W42").advanced(by: $0.offset), [5, 5, 5, 5], energy: $0.element)
      }
      return CheckInAnalysis(points: points, today: friday).trend(of: .energy)
    }
    #expect(trend([3, 3, 3, 4, 3]).direction == .steady)
    #expect(trend([3, 3, 3, 4, 4]).direction == .up)
  }

  @Test func `the current week is shown once it is answered`() {
    #expect(autumn.lastShown.key == "2026-W46")
    let answered = analysis([1, 2, 3], from: "2026-W45")
    #expect(answered.lastShown.key == "2026-W47")
    #expect(answered.trend(of: .score, last: 2).values.map(\.value) == [2, 3])
    #expect(answered.trend(of: .score, last: 500).values.count == 3)
  }

  // MARK: - Baseline

  @Test func `what is usual in an autumn`() throws {
    let baseline = try #require(autumn.baseline())
    #expect(baseline.quartiles.median == 13)
    #expect(baseline.quartiles.interquartileRange == 4.25)
    #expect(baseline.sentence == "your usual is 11 to 16")
    #expect(baseline.sentence(about: 17) == "above your usual, 11 to 16")
    #expect(baseline.sentence(about: 16) == "within your usual, 11 to 16")
    #expect(baseline.sentence(about: 10) == "below your usual, 11 to 16")
  }

  @Test func `the week itself is no part of what is usual`() throws {
    let scores: [Int?] = [10, 10, 10, 10, 29]
    let baseline = try #require(analysis(scores, from: "2026-W43").baseline())
    #expect(baseline.sentence == "your usual is 10")
    #expect(baseline.standing(of: 29) == .above)
  }

  @Test func `three answers, or those of long ago, are no baseline`() {
    #expect(analysis([10, 10, 10], from: "2026-W44").baseline() == nil)
    #expect(analysis([10, 10, 10, 10, 10], from: "2026-W20").baseline() == nil)
    // Of W34 to W39 only W35 to W39 lie in the twelve weeks before W47.
    #expect(
      analysis([1, 2, 2, 2, 2, 2], from: "2026-W34").baseline()?.quartiles.count == 5)
    #expect(
      analysis([1, 2, 2, 2, 2, 2], from: "2026-W34").baseline(before: Made.week("2026-W37")) == nil)
  }

  // MARK: - Strengths and slips

  @Test func `what slips in an autumn is care`() {
    #expect(autumn.strengths() == [])
    #expect(autumn.slips().map(\.text) == ["Care 6"])
    #expect(autumn.means().map(\.text) == ["Productive 6.7", "Satisfied 6.6", "Body 6", "Care 6"])
  }

  @Test func `strengths are means of seven, and of care of three`() {
    func analysis(_ answers: [[Int]], rule: ScoreRule = .hucares) -> CheckInAnalysis {
      let points = answers.enumerated().map {
        Made.point(Made.week("2026-W43").advanced(by: $0.offset), $0.element, rule: rule)
      }
      return CheckInAnalysis(points: points, rule: rule, today: friday)
    }
    let edge = [[7, 6, 5, 3], [7, 6, 6, 3], [7, 6, 6, 3]]
    #expect(analysis(edge).strengths().map(\.part) == [.productive, .care])
    #expect(analysis(edge).slips().map(\.part) == [.body])
    let over = [[6, 6, 9, 3], [7, 6, 9, 3], [7, 6, 9, 4]]
    #expect(analysis(over).strengths().map(\.part) == [.body])
    let four = [[6, 6, 6, 4], [6, 6, 6, 4], [6, 6, 6, 5]]
    #expect(analysis(four).slips().map(\.part) == [.care])
    #expect(analysis(edge, rule: .sum).slips().map(\.part) == [.body, .care])
    #expect(analysis(Array(edge.prefix(2))).strengths() == [])
  }

  // MARK: - Participation, best and hardest

  @Test func `what was skipped or is still open is not due`() {
    let monday = Made.week("2026-W42").first
    let scores: [Int?] = [1, nil, nil, 4, 5]
    #expect(
      analysis(scores, from: "2026-W40").participation() == Participation(answered: 3, due: 6))
    #expect(
      analysis(scores, from: "2026-W40", skips: [monday: ""]).participation()
        == Participation(answered: 3, due: 5))
    #expect(analysis([1], from: "2026-W46").participation().text == "1 of 1")
    // W46 may still be answered on 20 November, and no longer on the 23rd.
    #expect(analysis([1], from: "2026-W45").participation().text == "1 of 1")
    #expect(
      analysis([1], from: "2026-W45", today: Day("2026-11-23")!).participation().text == "1 of 2")
    #expect(analysis([]).participation().percent == nil)
    #expect(Participation(answered: 2, due: 3).percent == 67)
  }

  @Test func `best and hardest are three each, the newest of equal ones first`() {
    #expect(autumn.best().map(\.period.key) == ["2026-W41", "2026-W38", "2026-W46"])
    #expect(autumn.hardest().map(\.period.key) == ["2026-W42", "2026-W36", "2026-W39"])
    #expect(autumn.best(last: 3).map(\.period.key) == ["2026-W46"])
  }

  @Test func `no week is among the best and the hardest`() {
    var dice = Dice(3)
    for count in 0...9 {
      for _ in 0..<50 {
        let scores = (0..<count).map { _ in Optional(Int.random(in: 5...8, using: &dice)) }
        let analysis = analysis(scores, from: "2026-W37")
        let best = analysis.best().map(\.period)
        let hardest = analysis.hardest().map(\.period)
        #expect(Set(best).isDisjoint(with: hardest))
        #expect(best.count == min(3, count / 2))
        let lowest = analysis.best().compactMap(\.score).min() ?? 0
        #expect(analysis.hardest().allSatisfy { ($0.score ?? 0) <= max(lowest, 0) })
      }
    }
  }

  // MARK: - Bad input

  @Test func `weeks to come, doubles and other frequencies are left out`() {
    let week = Made.week("2026-W46")
    let points = [
      Made.point(week, score: 5), Made.point(week, score: 9),
      Made.point(Made.week("2026-W48"), score: 20),
      Made.point(Period(.daily, of: friday), score: 1),
    ]
    let analysis = CheckInAnalysis(points: points, today: friday)
    #expect(analysis.points.map(\.score) == [5])
    #expect(analysis.streak().current == 1)
  }

  @Test func `check-ins without a score count as made and not as figures`() {
    let mood = CheckInPoint(
      id: Made.id(1), period: Made.week("2026-W46"), scores: nil, score: nil, mood: "good")
    let analysis = CheckInAnalysis(points: [mood], today: friday)
    #expect(analysis.participation().text == "1 of 1")
    #expect(analysis.streak().current == 1)
    #expect(analysis.best() == [])
    #expect(analysis.trend(of: .score).values.map(\.value) == [nil])
    #expect(analysis.milestones().map(\.subject) == [.first])
  }

  @Test func `figures do not depend on the order of the points`() {
    var dice = Dice(4)
    for _ in 0..<20 {
      let mixed = CheckInAnalysis(points: Made.autumn.shuffled(using: &dice), today: friday)
      #expect(mixed.points == autumn.points)
    }
  }
}
