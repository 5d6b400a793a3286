internal import Kernel
internal import Life
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Features

struct CheckInPointQueriesTests {
  @Test(arguments: ["weekly", "biweekly", "daily"])
  func `figures read alone are those of whole check-ins`(frequency: String) throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let (space, friends) = try tale.group(
      "Harbour", frequency: frequency, zone: "Pacific/Auckland", rule: "mean",
      friends: ["fern", "kite"])
    var all: [CheckIn] = []
    var start = Period(.weekly, of: desk.world.today).advanced(by: -30)
    for (number, friend) in (0..<30).flatMap({ week in friends.map { (week, $0) } }) {
      if friend == friends[0] { start = start.next }
      // Some of them late.
      let last = frequency == "biweekly" ? 13 : 6
      let key =
        frequency == "daily" ? start.first.description : Period(.weekly, of: start.first).key
      var checkIn = CheckIn(of: friend, in: space, key: key)
      if number % 3 == 0 {
        checkIn.score = friend == friends[0] ? 40 + number : 5000
      } else {
        checkIn.scores = scores(1 + number % 10, 2, 3, 1 + number / 4)
      }
      checkIn.note = "A note of week \(number)"
      checkIn.mood = "calm"
      checkIn.written = desk.world.zone().moment(
        CivilTime(day: start.first + last - 1 + number % 4, hour: number % 24, minute: 0))
      all.append(checkIn)
    }
    try tale.tell(all, in: space)
    let group = try #require(try desk.groups().first)
    let (whole, figures) = try desk.store.read { db in
      (
        CheckInPoint.group(
          try CheckInQueries.checkIns(db, of: space), rule: group.rule,
          frequency: group.frequency, zone: group.zone), try CheckInQueries.points(db, of: group)
      )
    }
    func analysis(_ points: [CheckInPoint]) -> GroupAnalysis {
      GroupAnalysis(
        members: group.members, points: points, rule: group.rule, frequency: group.frequency,
        zone: group.zone, today: group.day(at: desk.world.now()))
    }
    let bare = analysis(whole).points.map { point in
      var point = point
      (point.mood, point.note) = ("", "")
      return point
    }
    #expect(bare.count > 25)
    #expect(analysis(figures).points == bare)
    #expect(bare.contains { $0.score == nil } && bare.contains(where: \.isLate))
  }

  @Test func `figures begin where they are asked to, and stay within the group`() throws {
    let desk = try checkInDesk()
    let tale = try GroupTale(desk.store)
    let one = try tale.group("One", friends: ["fern"])
    let two = try tale.group("Two", friends: ["kite"])
    for (group, friend) in [(one.space, one.friends[0]), (two.space, two.friends[0])] {
      try tale.tell(
        ["2026-W44", "2026-W45", "2026-W46"].map { key in
          var checkIn = CheckIn(of: friend, in: group, key: key)
          checkIn.scores = scores(5, 5, 5, 5)
          return checkIn
        }, in: group)
    }
    let group = try #require(try desk.groups().first { $0.space == two.space })
    let points = try desk.store.read {
      try CheckInQueries.points($0, of: group, from: "2026-W45")
    }
    #expect(points.map(\.period.key) == ["2026-W45", "2026-W46"])
    #expect(points.allSatisfy { $0.member == two.friends[0] })
  }
}
