internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// What check-ins have for Today: the week that is open, what is new, how the groups stand.
enum CheckInToday {
  /// Groups beyond these are on their own screen.
  private static let mostGroups = 6

  static func cards(_ desk: Desk) throws -> [TodayCard] {
    let me = try desk.store.account()?.id
    let now = desk.world.now()
    let (facts, groups) = try desk.store.read { db in
      (
        try NoticeQueries.reminders(db, desk: desk, me: me, now: now),
        try CheckInQueries.groups(db, me: me).filter { !$0.isLeft }.map { group in
          let key = group.period(at: now).key
          let shown = try CheckInQueries.checkIns(db, of: group.space, from: key)
          return (group: group, answered: Set(shown.filter { $0.key == key }.compactMap(\.member)))
        }
      )
    }
    let unread = try CheckInNotices.unread(desk)
    var lines: [TodayCard.Line] = []
    if let late = facts.late {
      lines.append(
        TodayCard.Line(
          SafeText("Week \(Week(of: late.first).number) can still be answered"), glyph: "!",
          role: .warn, figure: SafeText("until \(day(late.last + 7))"), open: { checkIns }))
    }
    if let open = facts.open {
      lines.append(
        TodayCard.Line(
          SafeText("Check-in of week \(Week(of: open.first).number): four digits"),
          glyph: "○", role: .accent, figure: SafeText("until \(day(open.last))"),
          open: { checkIns }))
    }
    let news = unread.filter { if case .reminder = $0.about { false } else { true } }
    if let first = news.first {
      let text = news.count == 1 ? first.text : SafeText("\(grouped(news.count)) new notices")
      lines.append(
        TodayCard.Line(
          text, glyph: desk.preferences.isASCII ? "*" : "★", role: .accent, figure: "g n",
          open: { .push(NoticesScreen(desk: desk)) }))
    }
    return [
      TodayCard("Check-ins", lines: lines),
      TodayCard("Groups", isAside: true, lines: Self.lines(of: groups, desk)),
    ]
    .filter { !$0.lines.isEmpty }
  }

  private static var checkIns: Step { .open(area: "checkins") }

  private static func day(_ day: Day) -> String { Dates.weekdays[day.weekday - 1] }

  private static func lines(
    of groups: [(group: GroupFacts, answered: Set<EntryID>)], _ desk: Desk
  ) -> [TodayCard.Line] {
    var lines = groups.prefix(mostGroups).map { group, answered in
      let present = group.present.compactMap(\.account)
      let count = present.count(where: answered.contains)
      let own = group.me.map(answered.contains) ?? false ? "" : ", yours is open"
      return TodayCard.Line(
        SafeText(group.info.name), figure: SafeText("\(count) of \(present.count) in\(own)"),
        open: { .push(GroupScreen(desk: desk, space: group.space)) })
    }
    if groups.count > mostGroups {
      lines.append(
        TodayCard.Line(
          SafeText("and \(groups.count - mostGroups) more"), role: .muted,
          open: { .push(GroupsScreen(desk: desk)) }))
    }
    return lines
  }
}
