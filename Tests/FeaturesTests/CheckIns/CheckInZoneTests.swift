internal import Kernel
internal import Life
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Features

/// Weeks, and people who travel.
struct CheckInZoneTests {
  private let draft = CheckInDraft(scores: scores(7, 8, 6, 5))
  /// Sunday 22 November 2026, 22:00 in Los Angeles; Monday 19:00 in Auckland.
  private let evening = Moment(seconds: 1_795_413_600)

  private func desk(_ desk: Desk, at moment: Moment, _ zone: Zone) -> Desk {
    var world = World.still(at: moment)
    world.zone = { zone }
    return Desk(store: desk.store, world: world)
  }

  @Test func `what was on time stays on time when it is edited elsewhere`() throws {
    let angeles = try #require(Zone(named: "America/Los_Angeles"))
    let auckland = try #require(Zone(named: "Pacific/Auckland"))
    let there = try checkInDesk(at: evening, zone: angeles)
    try there.post(draft)
    let here = desk(there, at: evening + 86_400_000, auckland)
    var other = draft
    other.note = "Landed."
    try here.post(other, week: "2026-W47")
    let own = try #require(try here.own())
    #expect(own.note == "Landed." && own.edited != nil)
    #expect(CheckInPoint.own([own], zone: auckland).map(\.isLate) == [false])
  }

  @Test func `a group's week is over by the group's zone, while one's own still runs`() throws {
    let angeles = try #require(Zone(named: "America/Los_Angeles"))
    let auckland = try #require(Zone(named: "Pacific/Auckland"))
    let desk = try checkInDesk(at: evening, zone: angeles)
    let tale = try GroupTale(desk.store)
    let space = try tale.group("Harbour", zone: "Pacific/Auckland").space
    let plan = try desk.post(draft)
    #expect(plan.own.key == "2026-W47" && !plan.isLate)
    let shown = try #require(try desk.shown(in: space).first)
    let points = CheckInPoint.group(
      [shown], rule: .hucares, frequency: .weekly, zone: auckland)
    // The answer is about week 47 in both places, and late in Auckland's.
    #expect(shown.key == "2026-W47")
    #expect(points.map(\.isLate) == [true])
    #expect(plan.posts.map(\.isLate) == [true])
  }
}
