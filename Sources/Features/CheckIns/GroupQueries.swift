package import GRDB
package import Kernel
package import Life
internal import SQL

extension CheckInQueries {
  /// One period of a group, with the `depth` periods up to it as history.
  ///
  /// Without `period` it is the one that the group is in at `now`. Signs and comments are read only
  /// with `withEchoes`.
  package static func block(
    _ db: Database, of group: GroupFacts, period: Period? = nil, now: Moment, depth: Int = 12,
    withEchoes: Bool = true
  ) throws -> GroupBlock {
    let today = group.day(at: now)
    let period = period ?? Period(group.frequency, of: today)
    var periods = [period]
    while periods.count < max(1, depth) {
      guard let first = periods.first else { break }
      periods.insert(first.previous, at: 0)
    }
    let checkIns = try checkIns(db, of: group.space, from: periods[0].key)
    guard withEchoes else {
      return GroupBlock(group, periods: periods, today: today, checkIns: checkIns)
    }
    let echoes = try echoes(db, in: group.space, from: period.key)
    return GroupBlock(
      group, periods: periods, today: today, checkIns: checkIns, reactions: echoes.reactions,
      comments: echoes.comments)
  }

  /// How many check-ins of others, written since a moment, the person has not looked at, by group.
  package static func unread(
    _ db: Database, of me: EntryID, since: Moment
  ) throws -> [EntryID: Int] {
    var counts: [EntryID: Int] = [:]
    try db.each(
      """
      SELECT _space, count(*) FROM check_in_live
      WHERE _space IS NOT NULL AND member IS NOT NULL AND member <> ? AND written >= ?
        AND 'friend|' || lower(hex(id)) NOT IN (
          SELECT subject FROM notice_mark_live
          WHERE subject IS NOT NULL AND (coalesce("read", 0) OR coalesce(hidden, 0)))
      GROUP BY _space
      """, [.text(me.description), .integer(since.milliseconds)]
    ) { if let space = $0.id(0) { counts[space] = Int($0.integer(1)) } }
    return counts
  }
}
