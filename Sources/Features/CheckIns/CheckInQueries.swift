package import GRDB
package import Kernel
package import Life
internal import SQL
internal import Storage

/// The only SQL of check-ins and groups.
package enum CheckInQueries {
  // MARK: - Groups

  /// All groups: first those that the person is in, by name. `me` is their account.
  package static func groups(_ db: Database, me: EntryID?) throws -> [GroupFacts] {
    var spaces: [(space: EntryID, isLeft: Bool)] = []
    try db.each(
      "SELECT space, state = 'left' FROM sync_space WHERE kind = 'group'"
    ) { if let space = $0.id(0) { spaces.append((space, $0.flag(1))) } }
    let groups = try spaces.map { try group(db, $0.space, isLeft: $0.isLeft, me: me) }
    return groups.sorted {
      ($0.isLeft ? 1 : 0, $0.info.name.lowercased(), $0.space)
        < ($1.isLeft ? 1 : 0, $1.info.name.lowercased(), $1.space)
    }
  }

  /// The group of a space; nil where this device does not have it.
  package static func group(_ db: Database, _ space: EntryID, me: EntryID?) throws -> GroupFacts? {
    let isLeft = try db.first(
      "SELECT state = 'left' FROM sync_space WHERE space = ? AND kind = 'group'", [.id(space)]
    ) { $0.flag(0) }
    return try isLeft.map { try group(db, space, isLeft: $0, me: me) }
  }

  private static func group(
    _ db: Database, _ space: EntryID, isLeft: Bool, me: EntryID?
  ) throws -> GroupFacts {
    let membership: Membership? = try one(db, "id = ?", [.id(Membership.id(of: space))])
    let info: GroupInfo? = try one(db, "id = ? AND _space = ?", [.id(space), .id(space)])
    let choice: GroupChoice? = try one(db, "id = ?", [.id(GroupChoice(space: space).id)])
    var members: [GroupMember] = try all(
      db, "_space = ? ORDER BY joined, id", [.id(space)])
    members = members.filter { $0.account != nil }
    return GroupFacts(
      info: info ?? GroupInfo(id: space, name: membership?.name ?? ""), members: members,
      choice: choice ?? GroupChoice(space: space), role: membership?.role ?? "member",
      isLeft: isLeft, me: me)
  }

  /// Invitations, newest first, whatever became of them.
  package static func invitations(_ db: Database) throws -> [Invitation] {
    try all(db, "1 ORDER BY at DESC, id", [])
  }

  // MARK: - Check-ins

  /// One's own, newest first.
  package static func own(_ db: Database, limit: Int = .max) throws -> [CheckIn] {
    try all(db, "_space IS NULL ORDER BY key DESC LIMIT ?", [.integer(Int64(limit))])
  }

  /// One's own of a period; nil where there is none.
  package static func own(_ db: Database, key: String) throws -> CheckIn? {
    try one(db, "id = ? AND _space IS NULL", [.id(CheckIn.ownID(key))])
  }

  /// All of a group from a period on, newest first.
  package static func checkIns(
    _ db: Database, of space: EntryID, from key: String = ""
  ) throws -> [CheckIn] {
    try all(
      db, "_space = ? AND key >= ? AND member IS NOT NULL ORDER BY key DESC, written",
      [.id(space), .text(key)])
  }

  /// Any check-in, with the group's space that it lies in.
  package static func checkIn(
    _ db: Database, id: EntryID
  ) throws -> (checkIn: CheckIn, space: EntryID?)? {
    guard let found: CheckIn = try one(db, "id = ?", [.id(id)]) else { return nil }
    let space = try db.first("SELECT _space FROM check_in WHERE id = ?", [.id(id)]) { $0.id(0) }
    return (found, space ?? nil)
  }

  /// What groups that the person is in see of a week of theirs; of daily groups each day.
  package static func shown(
    _ db: Database, of me: EntryID, _ week: Period
  ) throws -> [CheckInPost] {
    let groups = try groups(db, me: me).filter { !$0.isLeft }
    return try groups.flatMap { group in
      // A group may have had another rhythm before.
      let pair = Period(.biweekly, of: week.first).key
      let checkIns: [CheckIn] = try all(
        db, "_space = ? AND member = ? AND (key = ? OR key BETWEEN ? AND ?) ORDER BY key",
        [
          .id(group.space), .text(me.description),
          .text(group.frequency == .biweekly ? pair : week.key), .text(week.first.description),
          .text(week.last.description),
        ])
      return checkIns.map { checkIn in
        CheckInPost(
          group: group.info.name, space: group.space, checkIn: checkIn,
          sharing: checkIn.sharing, isEdit: checkIn.edited != nil, isLate: false)
      }
    }
  }

  /// Signs and comments under the check-ins of a group, by check-in; comments in the order of time.
  package static func echoes(
    _ db: Database, in space: EntryID, from key: String = ""
  ) throws -> (reactions: [EntryID: [CheckInReaction]], comments: [EntryID: [CheckInComment]]) {
    let targets = "SELECT lower(hex(id)) FROM check_in_live WHERE _space = ? AND key >= ?"
    let data: [Datum] = [.id(space), .id(space), .text(key)]
    let reactions: [CheckInReaction] = try all(
      db, "_space = ? AND target IN (\(targets)) ORDER BY at, id", data)
    let comments: [CheckInComment] = try all(
      db, "_space = ? AND target IN (\(targets)) ORDER BY at, id", data)
    return (
      Dictionary(grouping: reactions.filter { $0.target != nil }) { $0.target ?? $0.id },
      Dictionary(grouping: comments.filter { $0.target != nil }) { $0.target ?? $0.id }
    )
  }

  // MARK: - Marks and skips

  /// What the person has done with notices, by their subject.
  package static func marks(_ db: Database) throws -> [String: NoticeMark] {
    let marks: [NoticeMark] = try all(db, "1", [])
    return Dictionary(marks.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Weeks that were left out on purpose, by their Monday.
  package static func skippedWeeks(_ db: Database) throws -> [Day: String] {
    let skips: [StreakSkip] = try all(db, "streak = ?", [.text(CheckInWriting.streak)])
    return Dictionary(skips.map { ($0.day, $0.reason) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: - Rows

  static func one<E: Entry>(
    _ db: Database, _ condition: String, _ data: [Datum]
  ) throws -> E? {
    let found: [E] = try all(db, condition + " LIMIT 1", data)
    return found.first
  }

  static func all<E: Entry>(
    _ db: Database, _ condition: String, _ data: [Datum]
  ) throws -> [E] {
    var entries: [E] = []
    try db.each("SELECT \(E.columns()) FROM \"\(E.kind.name)_live\" WHERE \(condition)", data) {
      columns in
      guard let id = columns.id(0) else { return }
      let values = E.fields.enumerated().map {
        columns.value(CInt($0.offset + 1), $0.element.shape)
      }
      entries.append(E(id: id, values: values))
    }
    return entries
  }
}
