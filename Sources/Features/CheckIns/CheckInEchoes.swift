package import Kernel
package import Life
internal import Storage

/// What hangs on check-ins: signs, comments, one's own choices, weeks that are left out.
extension CheckInWriting {
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

  /// Writes a comment under a check-in. Throws `badComment` for one without words or too long.
  package static func comment(
    _ text: String, on target: EntryID, in space: EntryID, of me: EntryID, desk: Desk
  ) throws {
    let text = JournalTextInput.clean(text)
    guard text.contains(where: { !$0.isWhitespace }), text.count <= CheckInComment.mostCharacters
    else {
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

  /// Takes a comment of one's own away; an admin or moderator also another's.
  package static func deleteComment(_ id: EntryID, desk: Desk) throws {
    try desk.store.write("Delete a comment") { edit in
      try edit.delete(CheckInComment.kind, id: id)
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
