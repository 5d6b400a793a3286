package import Kernel
internal import Life
internal import Storage
internal import TUI

/// What is new: derived from the store and the clock, the newest first.
package enum CheckInNotices {
  /// All but the hidden ones and those that were put off, read ones too.
  package static func all(_ desk: Desk, limit: Int = 500) throws -> [CheckInNotice] {
    try find(desk, unreadOnly: false, limit: limit)
  }

  /// Those that nobody has read. Cheap: asked for on each change.
  package static func unread(_ desk: Desk, limit: Int = 1000) throws -> [CheckInNotice] {
    try find(desk, unreadOnly: true, limit: limit)
  }

  /// The kinds whose change can bring or take a notice.
  package static let reads: Set<Kind> = [
    CheckIn.kind, CheckInReaction.kind, CheckInComment.kind, NoticeMark.kind, GroupChoice.kind,
    StreakSkip.kind, GroupInfo.kind, GroupMember.kind, Membership.kind, Invitation.kind,
  ]

  private static func find(
    _ desk: Desk, unreadOnly: Bool, limit: Int
  ) throws -> [CheckInNotice] {
    let me = try desk.store.account()?.id
    let now = desk.world.now()
    return try desk.store.read { db in
      let facts = try NoticeQueries.facts(
        db, me: me, now: now, unreadOnly: unreadOnly, limit: limit)
      let needsGroups = facts.contains { $0.space != nil }
      let groups = needsGroups ? try CheckInQueries.groups(db, me: me) : []
      let words = NoticeWords(
        groups: Dictionary(
          groups.map { ($0.space, $0) }, uniquingKeysWith: { first, _ in first }))
      let wishes = CheckInReminders(
        try NoticeQueries.reminders(db, desk: desk, me: me, now: now), desk: desk, now: now
      ).wishes
      let reminders = try wishes.compactMap { wish -> CheckInNotice? in
        let mark = try NoticeQueries.mark(db, subject: wish.subject)
        guard wish.at <= now, mark?.isHidden != true, (mark?.snoozedUntil ?? now) <= now,
          !unreadOnly || mark?.isRead != true
        else { return nil }
        return CheckInNotice(
          subject: wish.subject, about: .reminder(key: wish.key), text: wish.text, at: wish.at,
          isRead: mark?.isRead ?? false)
      }
      return (reminders + facts.map(words.notice)).sorted {
        ($1.at, $0.subject) < ($0.at, $1.subject)
      }
    }
  }

  /// The next moment at which the clock alone brings a notice; nil where there is none.
  package static func next(_ desk: Desk) throws -> Moment? {
    let me = try desk.store.account()?.id
    let now = desk.world.now()
    return try desk.store.read { db in
      let waking = try NoticeQueries.nextWaking(db, after: now)
      let reminders = CheckInReminders(
        try NoticeQueries.reminders(db, desk: desk, me: me, now: now), desk: desk, now: now)
      return [waking, reminders.next].compactMap { $0 }.min()
    }
  }

  // MARK: - What a person does with them

  /// Writes what `change` makes of the notices' marks, as one undo.
  private static func mark(
    _ notices: [CheckInNotice], _ desk: Desk, _ change: (inout NoticeMark) -> Void
  ) throws {
    let marks = try desk.store.read { db in
      try notices.map { notice in
        var mark =
          try NoticeQueries.mark(db, subject: notice.subject) ?? NoticeMark(subject: notice.subject)
        change(&mark)
        return mark
      }
    }
    try CheckInWriting.mark(marks, desk: desk)
  }

  package static func read(_ notices: [CheckInNotice], isRead: Bool = true, desk: Desk) throws {
    try mark(notices, desk) { $0.isRead = isRead }
  }

  /// Takes them off the list for good.
  package static func hide(_ notices: [CheckInNotice], desk: Desk) throws {
    try mark(notices, desk) { $0.isHidden = true }
  }

  /// Takes them off the list until `moment`; then they are new again.
  package static func snooze(_ notices: [CheckInNotice], until moment: Moment, desk: Desk) throws {
    try mark(notices, desk) {
      $0.isRead = false
      $0.snoozedUntil = moment
    }
  }

  // MARK: - Words

  /// How long ago: `now`, `5 min`, `3 h`, `yesterday`, `Fri 20 Nov`.
  package static func age(_ moment: Moment, _ world: World) -> SafeText {
    let minutes = (world.now() - moment) / 60_000
    let today = world.today
    let day = world.day(of: moment)
    switch minutes {
    case ..<1: return "now"
    case 1..<60: return SafeText("\(minutes) min")
    case _ where day == today: return SafeText("\(minutes / 60) h")
    case _ where today - day < 7: return SafeText(Dates.relative(day, to: today))
    default: return SafeText(Dates.short(day))
    }
  }
}

extension Preferences {
  /// Whether nothing may ring at this hour (0...23).
  package func isQuiet(hour: Int) -> Bool {
    if quietFrom == quietUntil { return false }
    return quietFrom < quietUntil
      ? (quietFrom..<quietUntil).contains(hour) : hour >= quietFrom || hour < quietUntil
  }
}
