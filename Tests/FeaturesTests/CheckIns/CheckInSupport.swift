internal import Kernel
internal import Life
internal import Storage
internal import TestKit

@testable internal import Features

/// A desk over a store in memory with all areas: Friday 20 November 2026, noon in UTC, week 47.
func checkInDesk(at moment: Moment? = nil, zone: Zone = .utc) throws -> Desk {
  var world = moment.map { World.still(at: $0) } ?? World.still()
  world.zone = { zone }
  return Desk(store: try Store(path: nil, schema: .lifeos, world: world), world: world)
}

/// The same store at another time.
func later(_ desk: Desk, days: Int) -> Desk {
  var desk = desk
  desk = Desk(store: desk.store, world: World.still(at: noon + Int64(days) * 86_400_000))
  return desk
}

let noon = Moment(seconds: 1_795_176_000)

func scores(_ all: Int...) -> Scores {
  guard let scores = Scores(productive: all[0], satisfied: all[1], body: all[2], care: all[3])
  else { preconditionFailure("\(all) are answers") }
  return scores
}

extension Desk {
  var me: EntryID? { get throws { try store.account()?.id } }

  func groups() throws -> [GroupFacts] {
    let me = try me
    return try store.read { try CheckInQueries.groups($0, me: me) }
  }

  @discardableResult
  func post(
    _ draft: CheckInDraft, week: String? = nil, takesBack: Bool = false
  ) throws -> CheckInPlan {
    try CheckInWriting.post(
      draft, to: groups(), of: me, week: week, takesBack: takesBack, desk: self)
  }

  func own(_ key: String = "2026-W47") throws -> CheckIn? {
    try store.read { try CheckInQueries.own($0, key: key) }
  }

  /// What a group's members see, newest first.
  func shown(in space: EntryID) throws -> [CheckIn] {
    try store.read { try CheckInQueries.checkIns($0, of: space) }
  }
}
