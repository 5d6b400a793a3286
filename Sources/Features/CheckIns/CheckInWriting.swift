package import Kernel
package import Life
internal import Storage

/// All that writes check-ins: one undo each.
package enum CheckInWriting {
  /// The streak of check-ins, for weeks that are left out.
  package static let streak = "check_in"

  /// The groups that a check-in goes to where nobody says otherwise.
  package static func usual(_ groups: [GroupFacts]) -> [GroupFacts] {
    groups.filter { !$0.isLeft && !$0.choice.isLeftOut }
  }

  /// What `post` would do: what each group is shown (the score alone, the answers, or the note as well,
  /// as the person has chosen for it), which groups are left out of it and why. `week` is its key; nil
  /// for this one. Throws `CheckInRefusal` where the person's own week can not be written.
  package static func preview(
    _ draft: CheckInDraft, to groups: [GroupFacts], of me: EntryID?, week: String? = nil,
    desk: Desk
  ) throws -> CheckInPlan {
    try check(draft)
    let week = try self.week(week, desk)
    return try desk.store.read { db in
      let found = try CheckInQueries.own(db, key: week.key)
      var plan = CheckInPlan(
        own: found ?? CheckIn(own: week.key), isEdit: found != nil,
        isLate: week.standing(on: desk.world.today) == .late && found == nil,
        posts: [], skipped: [], standing: [])
      fill(&plan.own, from: draft, sharing: .note, rule: .hucares)
      plan.own.isPrivate = draft.isPrivate
      stamp(&plan.own, over: found, desk)
      guard let me else { return plan }
      if !draft.isPrivate {
        for group in groups {
          switch place(in: group, of: me, week, desk) {
          case .success(let shown):
            var post = shown
            let earlier = try CheckInQueries.checkIn(db, id: shown.checkIn.id)?.checkIn
            post.isEdit = earlier != nil
            if let earlier { post.checkIn = earlier }
            fill(&post.checkIn, from: draft, sharing: group.choice.sharing, rule: group.rule)
            stamp(&post.checkIn, over: earlier, desk)
            if earlier != nil { post.isLate = false }
            plan.posts.append(post)
          case .failure(let reason):
            plan.skipped.append(
              CheckInSkip(group: group.info.name, space: group.space, reason: reason))
          }
        }
      }
      // A daily group's other days are check-ins of their own.
      plan.standing = try CheckInQueries.shown(db, of: me, week).filter { shown in
        !plan.posts.contains { $0.space == shown.space }
      }
      return plan
    }
  }

  /// The place of a check-in in a group, still without answers.
  private static func place(
    in group: GroupFacts, of me: EntryID, _ week: Period, _ desk: Desk
  ) -> Result<CheckInPost, CheckInRefusal> {
    if group.isLeft { return .failure(.leftGroup(group.info.name)) }
    let now = desk.world.now()
    let period = group.period(of: week, at: now)
    let standing = period.standing(on: group.day(at: now))
    if let refusal = refusal(standing, key: period.key) { return .failure(refusal) }
    return .success(
      CheckInPost(
        group: group.info.name, space: group.space,
        checkIn: CheckIn(of: me, in: group.space, key: period.key),
        sharing: group.choice.sharing, isEdit: false, isLate: standing == .late))
  }

  /// Writes one's own check-in of the week, and what the groups are shown, in one transaction and one
  /// undo. Offline it waits and is sent later. A group that can not be posted to is left out, with its
  /// reason. `takesBack` deletes what other groups see of the same week (`standing`).
  @discardableResult
  package static func post(
    _ draft: CheckInDraft, to groups: [GroupFacts], of me: EntryID?, week: String? = nil,
    takesBack: Bool = false, desk: Desk
  ) throws -> CheckInPlan {
    var plan = try preview(draft, to: groups, of: me, week: week, desk: desk)
    let name = self.name(plan.own.key)
    try desk.store.write(plan.isEdit ? "Change the check-in of \(name)" : "Check-in of \(name)") {
      edit in
      try edit.save(plan.own)
      var posts: [CheckInPost] = []
      for post in plan.posts {
        do {
          try edit.save(post.checkIn, in: post.space)
          posts.append(post)
        } catch StoreError.left {
          plan.skipped.append(
            CheckInSkip(group: post.group, space: post.space, reason: .leftGroup(post.group)))
        }
      }
      plan.posts = posts
      if takesBack {
        for shown in plan.standing { try edit.delete(CheckIn.kind, id: shown.checkIn.id) }
        plan.standing = []
      }
    }
    return plan
  }

  /// Deletes one's own check-in of a week, and what the groups see of it, in one undo. Of a closed week
  /// too: what is one's own can always be taken away. Groups that the person has left keep nothing of
  /// theirs anyway. Throws `noSuchCheckIn` where there is nothing.
  package static func delete(week key: String, of me: EntryID?, desk: Desk) throws {
    guard let week = Period(.weekly, key: key) else { throw CheckInRefusal.noSuchWeek(key) }
    let (own, shown) = try desk.store.read { db in
      (
        try CheckInQueries.own(db, key: key),
        try me.map { try CheckInQueries.shown(db, of: $0, week) } ?? []
      )
    }
    guard own != nil || !shown.isEmpty else { throw CheckInRefusal.noSuchCheckIn(key) }
    try desk.store.write("Delete the check-in of \(name(key))") { edit in
      if let own { try edit.delete(CheckIn.kind, id: own.id) }
      for post in shown { try edit.delete(CheckIn.kind, id: post.checkIn.id) }
    }
  }

  /// Deletes what groups see, and leaves one's own as it is.
  package static func takeBack(_ shown: [CheckInPost], desk: Desk) throws {
    guard let first = shown.first else { return }
    let name = shown.count == 1 ? first.group : "\(shown.count) groups"
    try desk.store.write("Take the check-in back from \(name)") { edit in
      for post in shown { try edit.delete(CheckIn.kind, id: post.checkIn.id) }
    }
  }

  // MARK: - Rules

  /// The week with a key, or this one. Throws where it can not be written now.
  package static func week(_ key: String?, _ desk: Desk) throws -> Period {
    let today = desk.world.today
    var week = Period(.weekly, of: today)
    if let key {
      guard let named = Period(.weekly, key: key) else { throw CheckInRefusal.noSuchWeek(key) }
      week = named
    }
    if let refusal = refusal(week.standing(on: today), key: week.key) { throw refusal }
    return week
  }

  private static func check(_ draft: CheckInDraft) throws {
    if let energy = draft.energy, !(1...5).contains(energy) {
      throw CheckInRefusal.badEnergy(energy)
    }
    if draft.mood.count > CheckInDraft.mostMood { throw CheckInRefusal.longMood }
    if draft.note.count > CheckInDraft.mostNote { throw CheckInRefusal.longNote }
  }

  private static func refusal(_ standing: Period.Standing, key: String) -> CheckInRefusal? {
    switch standing {
    case .open, .late: nil
    case .closed: .closed(key: key)
    case .future: .notBegun(key: key)
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

  /// When it was written or edited; one that says the same as before keeps its times.
  private static func stamp(_ checkIn: inout CheckIn, over earlier: CheckIn?, _ desk: Desk) {
    if let earlier, earlier.values == checkIn.values { return }
    let now = desk.world.now()
    guard earlier == nil else {
      // The zone stays: it tells on which day the first one was written.
      checkIn.edited = now
      return
    }
    checkIn.written = now
    checkIn.zone = desk.world.zone().name
  }

  /// `week 47`
  static func name(_ key: String) -> String {
    Week(key).map { "week \($0.number)" } ?? key
  }
}
