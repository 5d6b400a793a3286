package import Kernel

/// One piece of news: something that others did, or that the clock asks for.
///
/// Notices are not stored. They follow from check-ins, invitations and the clock on every device alike;
/// only what a person did with one is kept (`NoticeMark`).
package struct CheckInNotice: Equatable, Sendable {
  /// What it is about: what Enter opens.
  package enum About: Equatable, Sendable {
    /// A friend's check-in; its period's key.
    case friend(space: EntryID, checkIn: EntryID, key: String)
    /// Words or a sign under one's own check-in.
    case echo(space: EntryID, checkIn: EntryID)
    /// Somebody came to a group, or went.
    case members(space: EntryID)
    /// The person is no longer in a group, by another's doing.
    case ended
    case invitation(EntryID)
    /// One's own check-in of a period is open.
    case reminder(key: String)
    /// A post that the server has not taken; an operation.
    case kept(EntryID)
  }

  /// What its mark is found by: `friend|<check-in>`.
  package let subject: String
  package let about: About
  /// One sentence without a full stop.
  package let text: SafeText
  package let at: Moment
  package let isRead: Bool

  /// A glyph of one column, and its ASCII form.
  package var glyph: (unicode: String, ascii: String) {
    switch about {
    case .friend: ("✓", "x")
    case .echo: ("♥", "+")
    case .members: ("·", ".")
    case .ended, .kept: ("!", "!")
    case .invitation: ("★", "*")
    case .reminder: ("○", "o")
    }
  }

  /// One word for scripts: `friend`, `echo`, `members`, `ended`, `invitation`, `reminder`, `kept`.
  package var kind: String {
    switch about {
    case .friend: "friend"
    case .echo: "echo"
    case .members: "members"
    case .ended: "ended"
    case .invitation: "invitation"
    case .reminder: "reminder"
    case .kept: "kept"
    }
  }

  /// The group's space, where it is about one that the person is in.
  package var space: EntryID? {
    switch about {
    case .friend(let space, _, _), .echo(let space, _), .members(let space): space
    case .ended, .invitation, .reminder, .kept: nil
    }
  }
}
