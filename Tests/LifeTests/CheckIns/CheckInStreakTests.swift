internal import Kernel
internal import Testing

@testable internal import Life

/// Friday of week 47.
private let friday = Day("2026-11-20")!

struct CheckInStreakTests {
  /// x answered, l late, b backfilled, s skipped, anything else not; the last is week 47.
  private func analysis(_ weeks: String, today: Day = friday) -> CheckInAnalysis {
    let first = Made.week("2026-W47").advanced(by: 1 - weeks.count)
    var points: [CheckInPoint] = []
    var skips: [Day: String] = [:]
    for (index, letter) in weeks.enumerated() {
      let week = first.advanced(by: index)
      switch letter {
      case "x": points.append(Made.point(week, score: 10))
      case "l": points.append(Made.point(week, [5, 5, 5, 5], lateOn: week.last + 3))
      case "b": points.append(Made.point(week, [5, 5, 5, 5], lateOn: week.lastChance + 1))
      case "s": skips[week.first] = "ill"
      default: break
      }
    }
    return CheckInAnalysis(points: points, skips: skips, today: today)
  }

  @Test(arguments: [
    ("xxx", 3, 3), ("xx-", 2, 2), ("xx--", 2, 2), ("xx---", 0, 2), ("xxx-x-", 1, 3),
    ("xx-xx", 2, 2), ("xxsxx", 4, 4), ("xxssx-", 3, 3), ("xxs--", 2, 2), ("xs-sx", 1, 1),
    ("lxbx", 4, 4), ("-", 0, 0), ("s", 0, 0), ("ss-", 0, 0), ("x-x-x-x", 2, 2), ("x-x-x--", 1, 1),
  ])
  func `weeks in a row count`(weeks: String, current: Int, longest: Int) {
    let streak = analysis(weeks).streak()
    #expect(streak.current == current)
    #expect(streak.longest == longest)
  }

  @Test func `each week has its state and its reason`() {
    let streak = analysis("x-lsbx--").streak()
    #expect(
      streak.periods.map(\.state) == [
        .done, .missed, .late(on: Day("2026-10-21")!), .skipped(reason: "ill"),
        .backfilled(on: Day("2026-11-09")!), .done, .pending(until: Day("2026-11-22")!),
        .pending(until: Day("2026-11-22")!),
      ])
    #expect(
      streak.periods.map(\.reason) == [
        "Answered.", "Not answered.", "Answered late, on 2026-10-21.",
        "Skipped: ill. Neither counts nor breaks.", "Answered, filled in on 2026-11-09.",
        "Answered.", "Open until 2026-11-22: it can't break the streak yet.",
        "Open until 2026-11-22: it can't break the streak yet.",
      ])
    #expect(streak.isPending)
    #expect(streak.sentence == "3 weeks without a gap")
  }

  @Test func `no check-ins make no streak`() {
    let streak = CheckInAnalysis(points: [], today: friday).streak()
    #expect(streak.periods.map(\.state) == [.pending(until: Day("2026-11-22")!)])
    #expect(streak.sentence == "no streak yet")
  }

  @Test func `an answer to a skipped week counts`() {
    let week = Made.week("2026-W47")
    let analysis = CheckInAnalysis(
      points: [Made.point(week, score: 1)], skips: [week.first: "ill"], today: friday)
    #expect(analysis.streak().current == 1)
  }

  @Test func `streaks go over the year's end`() {
    let points = Made.points(from: Made.week("2026-W51"), [1, 2, 3, 4])
    let streak = CheckInAnalysis(points: points, today: Day("2027-01-06")!).streak()
    #expect(streak.periods.map(\.period.key) == ["2026-W51", "2026-W52", "2026-W53", "2027-W01"])
    #expect(streak.current == 4)
  }

  @Test func `a skipped week excuses its days, and a fortnight only with both of its weeks`() {
    let days = [0, 1, 9, 10].map {
      Made.point(Period(.daily, of: Day("2026-11-01")! + $0), score: 1)
    }
    let monday = Day("2026-11-02")!
    let daily = CheckInAnalysis(
      points: days, frequency: .daily, skips: [monday: ""], today: Day("2026-11-20")!)
    // 1 and 2 November, then the skipped week to the 8th; the 9th and the 12th are missed, and what
    // follows may still be answered.
    #expect(daily.streak().longest == 2)
    #expect(daily.streak().periods.filter { $0.state == .missed }.count == 2)
    let fortnight = Period(.biweekly, of: friday)
    func reason(_ skips: [Day: String]) -> String? {
      CheckInAnalysis(points: [], frequency: .biweekly, skips: skips, today: friday)
        .skipReason(fortnight)
    }
    #expect(reason([fortnight.first: "away"]) == nil)
    #expect(reason([fortnight.first: "away", fortnight.first + 7: ""]) == "away")
  }

  @Test func `every period is told once, and more answers never shorten a streak`() {
    var dice = Dice(5)
    for _ in 0..<300 {
      let letters = (0..<40).map { _ in "xxxl-s".randomElement(using: &dice)! }
      let before = analysis("x" + String(letters)).streak()
      #expect(before.periods.count == 41)
      #expect(before.current <= before.longest)
      var more = letters
      more[Int.random(in: 0..<40, using: &dice)] = "x"
      let after = analysis("x" + String(more)).streak()
      #expect(after.longest >= before.longest)
      #expect(after.current >= before.current)
    }
  }

  @Test func `waiting for the end of a week changes no streak`() {
    let analysis = (16...22).map { day in
      self.analysis("xxxx-", today: Day("2026-11-\(day)")!).streak().current
    }
    #expect(Set(analysis) == [4])
  }

  // MARK: - Milestones and years

  @Test func `milestones are told once, newest first`() {
    let streak = String(repeating: "x", count: 12) + "---" + String(repeating: "x", count: 13)
    let subjects = analysis(streak).milestones().map(\.subject)
    #expect(
      Set(subjects.prefix(4)) == [.months(6), .streak(12), .months(3), .streak(4)]
        && Set(subjects.suffix(2)) == [.first, .highScore(10)])
    #expect(
      analysis("x").milestones().map(\.sentence) == ["First check-in, week 47 of 2026."])
  }

  @Test func `a milestone is not reached across a week that still waits`() {
    #expect(analysis("xxx-x").streak().current == 4)
    #expect(analysis("xxx-x").milestones().map(\.subject).contains(.streak(4)) == false)
    #expect(analysis("xxxlx").milestones().map(\.subject).contains(.streak(4)))
  }

  @Test func `streaks are told at 4, 12, 26, 52 and 104 weeks and each further year`() {
    let told = (1...160).filter { CheckInMilestone.isTold($0, .weekly) }
    #expect(told == [4, 12, 26, 52, 104, 156])
  }

  @Test func `the highest score is the first of its height`() {
    let points = Made.points(from: Made.week("2026-W40"), [10, 25, 20, 25])
    let milestones = CheckInAnalysis(points: points, today: friday).milestones()
    let high = milestones.first { $0.subject == .highScore(25) }
    #expect(high?.sentence == "Highest score so far: 25, week 41 of 2026.")
  }

  @Test func `a year at a glance`() throws {
    let points =
      Made.points(from: Made.week("2025-W50"), [1, 2, 3]) + Made.autumn
    let analysis = CheckInAnalysis(points: points, today: friday)
    #expect(analysis.years() == [2026, 2025])
    let year = try #require(analysis.year(2026))
    // From week 1 to 46; the 46th is answered.
    #expect(year.participation == Participation(answered: 12, due: 46))
    #expect(year.mean == Average(sum: 159, count: 12))
    #expect(year.best?.score == 18)
    #expect(year.hardest?.score == 7)
    #expect(year.longestStreak == 12)
    let before = try #require(analysis.year(2025))
    #expect(before.participation == Participation(answered: 3, due: 3))
    #expect(analysis.year(2024) == nil)
  }
}
