internal import Kernel
internal import Testing

@testable internal import Life

struct CheckInPointTests {
  private let member = Made.id(1)
  private let space = Made.id(9)

  private func shown(_ key: String, at milliseconds: Int64) -> CheckIn {
    var checkIn = CheckIn(of: member, in: space, key: key)
    checkIn.scores = Scores(productive: 8, satisfied: 7, body: 6, care: 3)
    checkIn.written = Moment(milliseconds: milliseconds)
    return checkIn
  }

  // Week 47 of 2026 ends in Auckland (UTC+13) at 2026-11-22 11:00 UTC: in Los Angeles that is 03:00 on
  // Sunday. Week 39 ends on the day on which summer time begins there, week 14 on that on which it ends.
  @Test(arguments: [
    ("2026-W47", 1_795_345_200_000, "2026-11-23"), ("2026-W39", 1_790_506_800_000, "2026-09-28"),
    ("2026-W14", 1_775_390_400_000, "2026-04-06"),
  ])
  func `a week ends at its end in the group's zone, wherever a member is`(
    key: String, end: Int64, day: String
  ) throws {
    let auckland = try #require(Zone(named: "Pacific/Auckland"))
    let points = CheckInPoint.group(
      [shown(key, at: end - 1), shown(key, at: end), shown(key, at: end + 7 * 86_400_000)],
      rule: .hucares, frequency: .weekly, zone: auckland)
    #expect(points.map(\.isLate) == [false, true, true])
    #expect(points.map(\.isBackfilled) == [false, false, true])
    #expect(points[1].lateOn == Day(day))
    let angeles = try #require(Zone(named: "America/Los_Angeles"))
    let there = CheckInPoint.group(
      [shown(key, at: end)], rule: .hucares, frequency: .weekly, zone: angeles)
    #expect(there.map(\.isLate) == [false])
  }

  @Test func `one's own is on time by the zone in which it was written`() throws {
    let auckland = try #require(Zone(named: "Pacific/Auckland"))
    // Sunday 22 November, 22:00 in Los Angeles: Monday 19:00 in Auckland.
    let written = Moment(milliseconds: 1_795_413_600_000)
    var there = CheckIn(own: "2026-W47")
    there.written = written
    there.zone = "America/Los_Angeles"
    var here = there
    here.zone = ""
    #expect(CheckInPoint.own([there], zone: auckland).map(\.isLate) == [false])
    #expect(CheckInPoint.own([here], zone: auckland).map(\.isLate) == [true])
    here.zone = "No/Where"
    #expect(CheckInPoint.own([here], zone: auckland).map(\.isLate) == [true])
  }

  @Test func `work after midnight belongs to the day before`() {
    var checkIn = CheckIn(own: "2026-W47")
    let monday = Zone.utc.moment(CivilTime(day: Day("2026-11-23")!, hour: 2, minute: 59))
    checkIn.written = monday
    #expect(CheckInPoint.own([checkIn], zone: .utc, dayStartHour: 3).map(\.isLate) == [false])
    #expect(CheckInPoint.own([checkIn], zone: .utc, dayStartHour: 0).map(\.isLate) == [true])
    checkIn.written = monday + 60_000
    #expect(CheckInPoint.own([checkIn], zone: .utc, dayStartHour: 3).map(\.isLate) == [true])
  }

  @Test func `being late agrees with how the period stood when it was written`() throws {
    let world = World(
      now: { Moment(milliseconds: 0) }, zone: { .utc }, random: { 1 }, dayStartHour: 3)
    var dice = Dice(2)
    let week = Made.week("2026-W47")
    for _ in 0..<2000 {
      var checkIn = CheckIn(own: week.key)
      let start = Zone.utc.moment(CivilTime(day: week.first - 3))
      let written = start + Int64.random(in: 0..<20 * 86_400_000, using: &dice)
      checkIn.written = written
      let point = try #require(
        CheckInPoint.own([checkIn], zone: .utc, dayStartHour: 3).first)
      let standing = week.standing(on: world.day(of: written))
      #expect(point.isLate == (standing == .late || standing == .closed))
      #expect(point.isBackfilled == (standing == .closed))
    }
  }

  @Test func `what is out of range is left out, whoever wrote it`() {
    var wild = shown("2026-W47", at: .max)
    wild.productive = 11
    wild.score = 1_000_000
    wild.energy = -4
    var old = shown("2026-W46", at: .min)
    old.care = nil
    old.score = 12
    let points = CheckInPoint.group(
      [wild, old, shown("2026-W99", at: 0), shown("nonsense", at: 0), shown("", at: 0)],
      rule: .hucares, frequency: .weekly, zone: .utc)
    #expect(points.map(\.period.key) == ["2026-W46", "2026-W47"])
    #expect(points.map(\.score) == [12, nil])
    #expect(points.map(\.energy) == [nil, nil])
    #expect(points.map(\.scores) == [nil, nil])
    #expect(points[1].isLate)
  }

  @Test func `check-ins from before another frequency are left out`() {
    let checkIns = ["2026-11-20", "2026-W46", "2026-W47"].map { shown($0, at: 0) }
    func keys(_ frequency: Frequency) -> [String] {
      CheckInPoint.group(checkIns, rule: .sum, frequency: frequency, zone: .utc)
        .map(\.period.key)
    }
    #expect(keys(.daily) == ["2026-11-20"])
    #expect(keys(.weekly) == ["2026-W46", "2026-W47"])
    #expect(keys(.biweekly) == ["2026-W46"])
  }

  @Test func `the score follows the group's rule, and stands alone where answers are not shared`() {
    var alone = CheckIn(of: member, in: space, key: "2026-W46")
    alone.score = 61
    let points = CheckInPoint.group(
      [shown("2026-W47", at: 0), alone], rule: .mean, frequency: .weekly, zone: .utc)
    #expect(points.map(\.score) == [61, 60])
    #expect(points[0].value(.body) == nil)
    #expect(points[1].value(.care) == 3)
  }
}
