internal import Kernel
internal import Life
internal import Storage

/// What the screen of the week shows, read at once: one's own weeks and the groups'.
struct CheckInWeeks {
  /// At most so many groups are read with their members.
  static let mostBlocks = 12

  var me: EntryID?
  var analysis: CheckInAnalysis
  var groups: [GroupFacts] = []
  /// The groups' period of the shown week.
  var blocks: [GroupBlock] = []
  /// The shown week's, and the week's before.
  var own: CheckIn?
  var last: CheckIn?

  /// - Parameter week: the one that is shown.
  init(_ week: Period, desk: Desk) throws {
    let me = try desk.store.account()?.id
    let now = desk.world.now()
    let read = try desk.store.read { db in
      (
        checkIns: try CheckInQueries.own(db), skips: try CheckInQueries.skippedWeeks(db),
        groups: try CheckInQueries.groups(db, me: me)
      )
    }
    self.me = me
    analysis = CheckInAnalysis(
      points: CheckInPoint.own(
        read.checkIns, zone: desk.world.zone(), dayStartHour: desk.world.dayStartHour),
      skips: read.skips, today: desk.world.today)
    groups = read.groups.filter { !$0.isLeft }
    own = read.checkIns.first { $0.key == week.key }
    last = read.checkIns.first { $0.key < week.key && $0.scores != nil }
    let shown = groups.prefix(Self.mostBlocks)
    blocks = try desk.store.read { db in
      try shown.map { group in
        try CheckInQueries.block(
          db, of: group, period: group.period(of: week, at: now), now: now, depth: 9)
      }
    }
  }

  /// `one group`, `two groups`: where one answer goes.
  static func count(_ groups: Int) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    let number = words.indices.contains(groups) ? words[groups] : String(groups)
    return "\(number) \(groups == 1 ? "group" : "groups")"
  }
}
