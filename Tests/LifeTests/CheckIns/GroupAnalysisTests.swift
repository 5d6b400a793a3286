internal import Kernel
internal import Testing

@testable internal import Life

/// Friday of week 47.
private let friday = Day("2026-11-20")!

struct GroupAnalysisTests {
  private let space = Made.id(99)

  private func moment(_ day: String) -> Moment { Zone.utc.moment(CivilTime(day: Day(day)!)) }

  private func member(
    _ number: Int, _ name: String, joined: String, ended: String? = nil
  ) -> GroupMember {
    GroupMember(
      account: Made.id(number), in: space, user: name, role: "member",
      state: ended == nil ? .member : .left, joined: moment(joined), ended: ended.map(moment))
  }

  /// In no order.
  private var members: [GroupMember] {
    [
      member(4, "tilde", joined: "2026-10-28"), member(2, "fern", joined: "2026-10-05"),
      member(1, "you", joined: "2026-10-01"), member(3, "kite", joined: "2026-10-06"),
      member(5, "gone", joined: "2026-10-02", ended: "2026-11-10"),
    ]
  }

  private func score(_ number: Int, _ key: String, _ score: Int) -> CheckInPoint {
    Made.point(Made.week(key), score: score, member: Made.id(number))
  }

  private func analysis(_ points: [CheckInPoint], today: Day = friday) -> GroupAnalysis {
    GroupAnalysis(
      members: members, points: points, rule: .hucares, frequency: .weekly, zone: .utc,
      today: today)
  }

  @Test func `members stand in the order in which they joined, never by score`() {
    let round = analysis([
      score(4, "2026-W47", 14), score(3, "2026-W47", 9), score(2, "2026-W47", 18),
    ]).round(of: Made.week("2026-W47"))
    #expect(round.seats.map(\.member.user) == ["you", "fern", "kite", "tilde"])
    #expect(round.seats.map { $0.point?.score } == [nil, 18, 9, 14])
    #expect(round.participationText == "3 of 4 in")
    #expect(round.figures == ["mean 13.7", "high 18", "low 9"])
    #expect(round.total == 41)
    #expect(!round.isPerfect)
  }

  @Test func `due is who was in the group then, or has answered`() {
    let analysis = analysis([score(5, "2026-W44", 3), score(5, "2026-W46", 4)])
    func names(_ key: String) -> [String] {
      analysis.round(of: Made.week(key)).seats.map(\.member.user)
    }
    #expect(names("2026-W39") == [])
    #expect(names("2026-W40") == ["you", "gone"])
    #expect(names("2026-W41") == ["you", "gone", "fern", "kite"])
    #expect(names("2026-W44") == ["you", "gone", "fern", "kite", "tilde"])
    #expect(names("2026-W45") == ["you", "gone", "fern", "kite", "tilde"])
    // Gone on Tuesday of week 46, but with an answer.
    #expect(names("2026-W46") == ["you", "gone", "fern", "kite", "tilde"])
    #expect(names("2026-W47") == ["you", "fern", "kite", "tilde"])
    #expect(self.analysis([]).round(of: Made.week("2026-W46")).seats.count == 4)
  }

  @Test func `when somebody joined is told by the group's zone`() throws {
    let auckland = try #require(Zone(named: "Pacific/Auckland"))
    var late = member(1, "you", joined: "2026-11-15")
    late.joined = Moment(milliseconds: 1_795_345_200_000 - 7 * 86_400_000)
    func first(_ zone: Zone) -> Int {
      GroupAnalysis(
        members: [late], points: [], rule: .hucares, frequency: .weekly, zone: zone, today: friday
      ).round(of: Made.week("2026-W46")).seats.count
    }
    #expect(first(auckland) == 0)
    #expect(first(.utc) == 1)
  }

  @Test func `participation counts what was due`() {
    let points = [
      score(1, "2026-W40", 10), score(5, "2026-W40", 10), score(1, "2026-W41", 10),
      score(2, "2026-W41", 10), score(1, "2026-W47", 12),
    ]
    // 2 of 2 in week 40, 2 of 4 in week 41; in week 47 only who is in.
    #expect(analysis(points).participation() == Participation(answered: 5, due: 7))
    #expect(analysis(points).participation(last: 1) == Participation(answered: 1, due: 1))
    #expect(analysis([]).participation() == Participation(answered: 0, due: 0))
    #expect(analysis(points).perfectPeriods() == [Made.week("2026-W40")])
    #expect(
      analysis(points).milestones().map(\.sentence) == ["All 2 were in, week 40 of 2026."])
  }

  @Test func `a history has gaps, and the group's means too`() {
    let analysis = analysis([
      score(2, "2026-W44", 11), score(2, "2026-W46", 13), score(3, "2026-W46", 8),
    ])
    #expect(analysis.history(of: Made.id(2), last: 4) == [11, nil, 13, nil])
    #expect(
      analysis.history(of: Made.id(2), last: 3, to: Made.week("2026-W46")) == [11, nil, 13])
    #expect(
      analysis.means(last: 2, to: Made.week("2026-W46"))
        == [Average(), Average(sum: 21, count: 2)])
    #expect(analysis.rounds(last: 2).map(\.period.key) == ["2026-W47", "2026-W46"])
  }

  @Test func `own against the others' is a difference of medians in words`() throws {
    let weeks = ["2026-W43", "2026-W44", "2026-W45", "2026-W46"]
    func comparison(_ own: Int) -> GroupComparison? {
      analysis(weeks.flatMap { [score(1, $0, own), score(2, $0, 13)] })
        .comparison(of: Made.id(1))
    }
    #expect(try #require(comparison(15)).standing == .alike)
    #expect(
      try #require(comparison(15)).sentence
        == "Over 12 weeks your median is 15, the others' 13: much alike.")
    #expect(comparison(16)?.standing == .above)
    #expect(comparison(10)?.standing == .below)
    #expect(
      analysis(weeks.map { score(1, $0, 10) }).comparison(of: Made.id(1)) == nil)
    #expect(
      analysis(weeks.dropLast().flatMap { [score(1, $0, 10), score(2, $0, 13)] })
        .comparison(of: Made.id(1)) == nil)
  }

  @Test func `strangers, weeks to come and wild keys change no figure`() {
    let real = [score(1, "2026-W46", 10), score(2, "2026-W46", 12)]
    let wild =
      real + [
        score(77, "2026-W46", 29), score(1, "2026-W48", 29), score(1, "2026-W46", 29),
        Made.point(Period(.daily, of: friday), score: 29, member: Made.id(1)),
        Made.point(Made.week("2026-W46"), score: 29),
      ]
    #expect(analysis(wild).points == analysis(real).points)
    // One of long ago costs one period, not two thousand years of them.
    let old = analysis(real + [score(1, "0001-W01", 5)], today: friday + 3)
    #expect(old.participation() == Participation(answered: 3, due: 5))
    #expect(old.perfectPeriods() == [])
  }

  @Test func `a group without members is empty`() {
    let empty = GroupAnalysis(
      members: [], points: [score(1, "2026-W46", 10)], rule: .mean, frequency: .daily, zone: .utc,
      today: friday)
    #expect(empty.points == [])
    #expect(empty.round(of: empty.current).seats.isEmpty)
    #expect(empty.round(of: empty.current).mean.value == nil)
    #expect(!empty.round(of: empty.current).isPerfect)
  }

  /// Ten years of twenty members against sums that are made one by one.
  @Test func `figures of ten years are those of counting by hand`() {
    var dice = Dice(6)
    let people = (1...20).map { member($0, "m\($0)", joined: "2016-11-01") }
    let first = Period(.weekly, of: Day("2016-11-21")!)
    var points: [CheckInPoint] = []
    var sums: [Period: (sum: Int, count: Int)] = [:]
    for week in 0..<520 {
      let period = first.advanced(by: week)
      for person in 1...20 where Int.random(in: 0..<10, using: &dice) > 0 {
        let score = Int.random(in: -7...29, using: &dice)
        points.append(Made.point(period, score: score, member: Made.id(person)))
        sums[period, default: (0, 0)].sum += score
        sums[period, default: (0, 0)].count += 1
      }
    }
    let analysis = GroupAnalysis(
      members: people, points: points.shuffled(using: &dice), rule: .hucares, frequency: .weekly,
      zone: .utc, today: friday)
    for week in 0..<520 {
      let period = first.advanced(by: week)
      let round = analysis.round(of: period)
      #expect(round.mean == Average(sum: sums[period]?.sum ?? 0, count: sums[period]?.count ?? 0))
      #expect(round.seats.count == 20)
    }
    let closed = (0..<520).filter {
      first.advanced(by: $0).standing(on: friday) == .closed && sums[first.advanced(by: $0)] != nil
    }
    let open = sums.filter { $0.key.standing(on: friday) != .closed }.map(\.value.count)
    #expect(
      analysis.participation()
        == Participation(
          answered: points.count, due: closed.count * 20 + open.reduce(0, +)))
  }
}
