internal import GRDB
internal import Kernel
internal import Life
internal import SQL

/// What a notice follows from, as the store tells it.
struct NoticeFact: Equatable {
  enum About: Int64 {
    case friend = 1
    case comment, reaction, joined, left, ended, invitation, kept
  }

  let subject: String
  let about: About
  /// The group's.
  let space: EntryID?
  /// Whose doing it is: an account.
  let member: EntryID?
  let at: Moment
  /// A period's key, a comment's text, a sign, a state: by `about`.
  let detail: String
  /// The check-in, invitation or operation.
  let target: EntryID?
  let isRead: Bool
}

/// The only SQL of notices: they are derived, never stored.
enum NoticeQueries {
  /// What others did within so many days is news.
  static let days = 60
  /// Who came and who went: within so many.
  static let memberDays = 30
  private static let dayLength: Int64 = 86_400_000

  /// The facts that are neither hidden nor asleep, the newest first. `me` is the person's account.
  static func facts(
    _ db: Database, me: EntryID?, now: Moment, unreadOnly: Bool, limit: Int
  ) throws -> [NoticeFact] {
    var facts: [NoticeFact] = []
    let unread = unreadOnly ? "AND NOT coalesce(k.read, 0)" : ""
    try db.each(
      """
      \(sources)
      SELECT f.subject, f.about, f.space, f.member, f.at, f.detail, f.target, coalesce(k.read, 0)
      FROM facts f LEFT JOIN notice_mark_live k ON k.subject = f.subject
      WHERE NOT coalesce(k.hidden, 0) AND coalesce(k.snoozed_until, 0) <= ?2 \(unread)
      ORDER BY f.at DESC, f.subject LIMIT ?7
      """, data(me: me, now: now) + [.integer(Int64(limit))]
    ) { columns in
      guard let about = NoticeFact.About(rawValue: columns.integer(1)) else { return }
      facts.append(
        NoticeFact(
          subject: columns.text(0), about: about, space: columns.id(2),
          member: EntryID(columns.text(3)), at: Moment(milliseconds: columns.integer(4)),
          detail: columns.text(5), target: columns.id(6), isRead: columns.flag(7)))
    }
    return facts
  }

  /// When the next notice that was put off comes back; nil where none was.
  static func nextWaking(_ db: Database, after now: Moment) throws -> Moment? {
    let next = try db.first(
      """
      SELECT min(snoozed_until) FROM notice_mark_live
      WHERE snoozed_until > ? AND NOT coalesce(hidden, 0) AND NOT coalesce(read, 0)
      """, [Datum(now)]
    ) { $0.isNull(0) ? nil : Moment(milliseconds: $0.integer(0)) }
    return next ?? nil
  }

  static func mark(_ db: Database, subject: String) throws -> NoticeMark? {
    let marks: [NoticeMark] = try all(db, "subject = ?", [.text(subject)])
    return marks.first
  }

  /// What reminders depend on.
  static func reminders(
    _ db: Database, desk: Desk, me: EntryID?, now: Moment
  ) throws -> ReminderFacts {
    let isInUse = try db.first(
      """
      SELECT EXISTS (SELECT 1 FROM check_in_live WHERE _space IS NULL)
        OR EXISTS (SELECT 1 FROM sync_space WHERE kind = 'group' AND state <> 'left')
      """
    ) { $0.flag(0) }
    guard isInUse == true else { return ReminderFacts() }
    var facts = ReminderFacts(isInUse: true)
    let today = desk.world.day(of: now)
    let skipped = try CheckInQueries.skippedWeeks(db)
    func isOpen(_ period: Period) throws -> Bool {
      // What was imported without answers still waits for them.
      try skipped[period.first] == nil && CheckInQueries.own(db, key: period.key)?.scores == nil
    }
    let week = Period(.weekly, of: today)
    if try isOpen(week) { facts.open = week }
    let before = week.previous
    let first = try db.first("SELECT min(key) FROM check_in_live WHERE _space IS NULL") {
      $0.text(0)
    }
    if let first, !first.isEmpty, first < before.key, before.standing(on: today) == .late,
      try isOpen(before)
    {
      facts.late = before
    }
    guard let me else { return facts }
    for group in try CheckInQueries.groups(db, me: me)
    where !group.isLeft && group.frequency == .daily && !group.choice.isLeftOut {
      facts.hasDaily = true
      let key = group.period(at: now).key
      let id = CheckIn(of: me, in: group.space, key: key).id
      guard try CheckInQueries.checkIn(db, id: id) == nil else { continue }
      facts.daily.append((group, key))
    }
    return facts
  }

  // MARK: - For exports and imports

  /// Weeks that were left out on purpose, the oldest first.
  static func skips(_ db: Database) throws -> [StreakSkip] {
    try all(db, "streak = ? ORDER BY day", [.text(CheckInWriting.streak)])
  }

  static func choices(_ db: Database) throws -> [GroupChoice] { try all(db, "1 ORDER BY id", []) }

  /// Whether the very same row is here.
  static func has<E: Entry>(_ db: Database, _ entry: E) throws -> Bool {
    let found: [E] = try all(db, "id = ?", [.id(entry.id)])
    return found.first?.values == entry.values
  }

  private static func all<E: Entry>(
    _ db: Database, _ condition: String, _ data: [Datum]
  ) throws -> [E] {
    var entries: [E] = []
    let columns = E.fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
    try db.each(
      "SELECT id, \(columns) FROM \"\(E.kind.name)_live\" WHERE \(condition)", data
    ) { columns in
      guard let id = columns.id(0) else { return }
      entries.append(
        E(
          id: id,
          values: E.fields.enumerated().map {
            columns.value(CInt($0.offset + 1), $0.element.shape)
          }))
    }
    return entries
  }

  private static func data(me: EntryID?, now: Moment) -> [Datum] {
    let from = now + -Int64(days) * dayLength
    // A check-in that is commented on may be older; its key is not before this day.
    let key = Zone.utc.civil(now + -180 * dayLength).day.description
    return [
      .text(me?.description ?? ""), Datum(now), Datum(from), Datum(now + dayLength),
      Datum(now + -Int64(memberDays) * dayLength), .text(key),
    ]
  }

  /// ?1 the account, ?2 now, ?3 from when on, ?4 until when (a clock may be ahead), ?5 from when on
  /// for members, ?6 the first key. What was before the person came to a group is no news.
  private static let sources = """
    WITH here AS MATERIALIZED (
      SELECT s.space, coalesce(m.joined, 0) AS since
      FROM sync_space s LEFT JOIN group_member_live m
        ON m._space = s.space AND m.member = ?1 AND m.state = 'member'
      WHERE s.kind = 'group' AND s.state <> 'left' AND NOT EXISTS (
        SELECT 1 FROM group_choice_live c WHERE c.space = lower(hex(s.space)) AND c.muted)),
    facts AS (
      SELECT 'friend|' || lower(hex(c.id)) AS subject, 1 AS about, c._space AS space,
        c.member AS member, c.written AS at, c.key AS detail, c.id AS target
      FROM check_in_live c CROSS JOIN here h ON h.space = c._space
      WHERE c.written BETWEEN ?3 AND ?4 AND c.written >= h.since AND c.member <> ?1
      UNION ALL
      SELECT 'comment|' || lower(hex(e.id)), 2, e._space, e.member, e.at, e.text, c.id
      FROM here h CROSS JOIN check_in_live c
        ON c._space = h.space AND c.member = ?1 AND c.key >= ?6
      CROSS JOIN check_in_comment_live e ON e.target = lower(hex(c.id))
      WHERE e._space = h.space AND e.member <> ?1 AND e.at BETWEEN ?3 AND ?4
      UNION ALL
      SELECT 'reaction|' || lower(hex(e.id)), 3, e._space, e.member, e.at, e.sign, c.id
      FROM here h CROSS JOIN check_in_live c
        ON c._space = h.space AND c.member = ?1 AND c.key >= ?6
      CROSS JOIN reaction_live e ON e.target = lower(hex(c.id))
      WHERE e._space = h.space AND e.member <> ?1 AND e.at BETWEEN ?3 AND ?4
      UNION ALL
      SELECT 'joined|' || lower(hex(m.id)) || '|' || m.joined, 4, m._space, m.member, m.joined,
        m.user, m.id
      FROM here h CROSS JOIN group_member_live m ON m._space = h.space
      WHERE m.member <> ?1 AND m.state = 'member' AND m.joined > max(?5, h.since)
      UNION ALL
      SELECT 'left|' || lower(hex(m.id)) || '|' || m.ended, 5, m._space, m.member, m.ended,
        m.state, m.id
      FROM here h CROSS JOIN group_member_live m ON m._space = h.space
      WHERE m.member <> ?1 AND m.state IN ('left', 'removed') AND m.ended > max(?5, h.since)
      UNION ALL
      SELECT 'ended|' || coalesce(space, '') || '|' || since, 6, NULL, NULL, since,
        state || '|' || name, id
      FROM membership_live
      WHERE since BETWEEN ?5 AND ?4
        AND (state = 'removed' OR state = 'deleted' AND role <> 'admin')
      UNION ALL
      SELECT 'invitation|' || lower(hex(id)), 7, NULL, NULL, coalesce(at, ?2),
        from_user || '|' || name, id
      FROM invitation_live WHERE state = 'open' AND coalesce(expires, ?2 + 1) > ?2
      UNION ALL
      SELECT 'kept|' || lower(hex(op)), 8, space, NULL, born, err || '|' || coll, op
      FROM sync_outbox
      WHERE state = 'quarantined' AND state <> 'pending'
        AND coll IN ('check_in', 'check_in_comment', 'reaction'))
    """
}
