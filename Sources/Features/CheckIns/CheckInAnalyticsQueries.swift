package import GRDB
package import Kernel
package import Life

/// What the analytics screen shows, read at once: one's own check-ins, and those of each group that
/// own and group are compared over.
package struct CheckInFigures: Sendable {
  package var own: CheckInAnalysis
  /// Groups that the person is in, with their last year.
  package var groups: [(name: SafeText, analysis: GroupAnalysis)]
  package var me: EntryID?

  /// - Parameters:
  ///   - me: the person's account; nil where nobody has signed in.
  ///   - periods: how far back groups are read.
  package static func read(
    _ db: Database, me: EntryID?, world: World, periods: Int = 53
  ) throws -> CheckInFigures {
    let points = CheckInPoint.own(
      try CheckInQueries.own(db).reversed(), zone: world.zone(), dayStartHour: world.dayStartHour)
    let own = CheckInAnalysis(
      points: points, skips: try CheckInQueries.skippedWeeks(db), today: world.today)
    let now = world.now()
    let groups = try CheckInQueries.groups(db, me: me).filter { !$0.isLeft }.map { group in
      let zone = group.zone
      let today = zone.civil(now).day
      let first = Period(group.frequency, of: today).advanced(by: 1 - periods)
      let points = try CheckInQueries.points(db, of: group, from: first.key)
      return (
        SafeText(group.info.name),
        GroupAnalysis(
          members: group.members, points: points, rule: group.rule, frequency: group.frequency,
          zone: zone, today: today)
      )
    }
    return CheckInFigures(own: own, groups: groups, me: me)
  }
}
