package import Kernel
package import Life
internal import Storage

/// What a person has answered, before it is shown to anybody.
package struct CheckInDraft: Hashable, Sendable {
  package var scores: Scores
  /// A word or an emoji; empty for none.
  package var mood: String
  /// 1 to 5
  package var energy: Int?
  package var note: String
  /// Shown to nobody.
  package var isPrivate: Bool

  package init(
    scores: Scores, mood: String = "", energy: Int? = nil, note: String = "",
    isPrivate: Bool = false
  ) {
    self.scores = scores
    self.mood = mood
    self.energy = energy
    self.note = note
    self.isPrivate = isPrivate
  }
}

/// What is about to be shown to a group, or was.
package struct CheckInPost: Equatable, Sendable {
  package var group: String
  package var space: EntryID
  package var checkIn: CheckIn
  /// An earlier one of the same period is edited.
  package var isEdit: Bool
  package var isLate: Bool
}

/// Why a check-in is not written.
package enum CheckInRefusal: Error, Equatable, Sendable {
  /// The period is over, and the days after it in which it stayed open as well.
  case closed(key: String)
  case notBegun(key: String)
  /// No group of this name or space, or one that the person is no longer in.
  case noSuchGroup(String)
  /// A comment without words, or with more than `CheckInComment.mostCharacters`.
  case badComment
}

/// All that writes check-ins and what hangs on them: one undo each.
package enum CheckInWriting {
  /// The streak of check-ins, for weeks that are left out.
  package static let streak = "check_in"

  /// What `post` would show each group: the score alone, the answers, or the note as well, as the
  /// person has chosen for it. Nothing of a private one.
  package static func preview(
    _ draft: CheckInDraft, to groups: [GroupFacts], of me: EntryID, period: String? = nil,
    desk: Desk
  ) throws -> [CheckInPost] {
    guard !draft.isPrivate else { return [] }
    let now = desk.world.now()
    return try desk.store.read { db in
      try groups.map { group in
        guard !group.isLeft else { throw CheckInRefusal.noSuchGroup(group.info.name) }
        let current = group.period(at: now)
        let period = period.flatMap { Period(group.frequency, key: $0) } ?? current
        let standing = period.standing(on: group.day(at: now))
        try check(standing, key: period.key)
        var shown = CheckIn(of: me, in: group.space, key: period.key)
        let earlier = try CheckInQueries.checkIn(db, id: shown.id)?.checkIn
        if let earlier { shown = earlier }
        fill(&shown, from: draft, sharing: group.choice.sharing, rule: group.rule)
        stamp(&shown, now: now, isEdit: earlier != nil, desk: desk)
        return CheckInPost(
          group: group.info.name, space: group.space, checkIn: shown, isEdit: earlier != nil,
          isLate: standing == .late && earlier == nil)
      }
    }
  }

  /// Writes one's own check-in of the week, and what the groups are shown, in one transaction and one
  /// undo. Offline it waits and is sent later. `key` is the week; nil for this one.
  @discardableResult
  package static func post(
    _ draft: CheckInDraft, to groups: [GroupFacts], of me: EntryID?, key: String? = nil,
    desk: Desk
  ) throws -> (own: CheckIn, posts: [CheckInPost]) {
    let week = Period(.weekly, of: desk.world.today)
    let period = key.flatMap { Period(.weekly, key: $0) } ?? week
    try check(period.standing(on: desk.world.today), key: period.key)
    let posts =
      try me.map {
        try preview(draft, to: groups, of: $0, period: key, desk: desk)
      } ?? []
    return try desk.store.write("Check-in of week \(Week(of: period.first).number)") { edit in
      let earlier = try edit.find(CheckIn.self, id: CheckIn.ownID(period.key))
      var own = earlier ?? CheckIn(own: period.key)
      fill(&own, from: draft, sharing: .note, rule: .hucares)
      own.isPrivate = draft.isPrivate
      stamp(&own, now: desk.world.now(), isEdit: earlier != nil, desk: desk)
      try edit.save(own)
      for post in posts { try edit.save(post.checkIn, in: post.space) }
      return (own, posts)
    }
  }

  private static func check(_ standing: Period.Standing, key: String) throws {
    switch standing {
    case .open, .late: return
    case .closed: throw CheckInRefusal.closed(key: key)
    case .future: throw CheckInRefusal.notBegun(key: key)
    }
  }

  private static func fill(
    _ checkIn: inout CheckIn, from draft: CheckInDraft, sharing: GroupChoice.Sharing,
    rule: ScoreRule
  ) {
    let isOpen = sharing != .score
    checkIn.scores = isOpen ? draft.scores : nil
    checkIn.score = isOpen ? nil : rule.score(draft.scores)
    checkIn.mood = isOpen ? draft.mood : ""
    checkIn.energy = isOpen ? draft.energy : nil
    checkIn.note = sharing == .note ? draft.note : ""
  }

  private static func stamp(_ checkIn: inout CheckIn, now: Moment, isEdit: Bool, desk: Desk) {
    if isEdit { checkIn.edited = now } else { checkIn.written = now }
    checkIn.zone = desk.world.zone().name
  }

  // MARK: - Echoes

  /// Puts a sign under a check-in, or takes the same one away.
  package static func react(
    _ sign: CheckInReaction.Sign, to target: EntryID, in space: EntryID, of me: EntryID, desk: Desk
  ) throws {
    try desk.store.write("Reaction") { edit in
      let new = CheckInReaction(
        of: me, to: target, in: space, sign: sign, at: desk.world.now())
      if try edit.find(CheckInReaction.self, id: new.id)?.sign == sign.rawValue {
        try edit.delete(CheckInReaction.kind, id: new.id)
      } else {
        try edit.save(new, in: space)
      }
    }
  }

  package static func comment(
    _ text: String, on target: EntryID, in space: EntryID, of me: EntryID, desk: Desk
  ) throws {
    let words = text.drop { $0.isWhitespace }
    guard !words.isEmpty, text.count <= CheckInComment.mostCharacters else {
      throw CheckInRefusal.badComment
    }
    try desk.store.write("Comment") { edit in
      try edit.save(
        CheckInComment(
          of: me, to: target, in: space, key: desk.world.newID(), text: text,
          at: desk.world.now()),
        in: space)
    }
  }

  // MARK: - One's own choices

  package static func choose(_ choice: GroupChoice, desk: Desk) throws {
    try desk.store.write("Group settings") { edit in try edit.save(choice) }
  }

  /// Leaves a week out of the streak, or counts it again.
  package static func skip(_ week: Week, reason: String?, desk: Desk) throws {
    let id = Digest.derivedID(StreakSkip.kind, [streak, week.monday.description])
    try desk.store.write(reason == nil ? "Count the week again" : "Leave a week out") { edit in
      guard let reason else {
        try edit.delete(StreakSkip.kind, id: id)
        return
      }
      try edit.save(StreakSkip(id: id, streak: streak, day: week.monday, reason: reason))
    }
  }

  /// Marks notices as read, or hides them.
  package static func mark(_ marks: [NoticeMark], desk: Desk) throws {
    guard !marks.isEmpty else { return }
    try desk.store.write("Notices") { edit in
      for mark in marks { try edit.save(mark) }
    }
  }
}
