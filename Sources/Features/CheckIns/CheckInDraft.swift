package import Kernel
package import Life

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

  /// In characters.
  package static let mostMood = 40
  /// In characters.
  package static let mostNote = 10_000

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

  /// What was answered before, to go on with; nil where there are no scores (an imported one).
  package init?(_ checkIn: CheckIn) {
    guard let scores = checkIn.scores else { return nil }
    self.init(
      scores: scores, mood: checkIn.mood, energy: checkIn.energy, note: checkIn.note,
      isPrivate: checkIn.isPrivate)
  }
}

/// What is about to be shown to a group, or was.
package struct CheckInPost: Equatable, Sendable {
  package var group: String
  package var space: EntryID
  package var checkIn: CheckIn
  /// How much of it the group sees.
  package var sharing: GroupChoice.Sharing
  /// An earlier one of the same period is edited.
  package var isEdit: Bool
  package var isLate: Bool

  package static func == (left: CheckInPost, right: CheckInPost) -> Bool {
    left.space == right.space && left.checkIn.id == right.checkIn.id
      && left.checkIn.values == right.checkIn.values && left.isEdit == right.isEdit
      && left.isLate == right.isLate
  }
}

/// A group that a check-in does not go to, and why.
package struct CheckInSkip: Equatable, Sendable {
  package var group: String
  package var space: EntryID
  package var reason: CheckInRefusal
}

/// What posting would do, or has done.
package struct CheckInPlan: Sendable {
  /// One's own, as it is in the personal space afterwards.
  package var own: CheckIn
  /// One's own of the week is there already: it is edited.
  package var isEdit: Bool
  /// The week is over, but still open.
  package var isLate: Bool
  package var posts: [CheckInPost]
  package var skipped: [CheckInSkip]
  /// What groups see of the same week that posting leaves as it is: of a check-in that is private now,
  /// or of groups that it does not go to.
  package var standing: [CheckInPost]
}

/// Why a check-in is not written, or not shown to a group.
package enum CheckInRefusal: Error, Equatable, Sendable {
  /// The period is over, and the days after it in which it stayed open as well.
  case closed(key: String)
  case notBegun(key: String)
  /// A text that is no week's key.
  case noSuchWeek(String)
  /// No check-in of this week, or none with this id.
  case noSuchCheckIn(String)
  /// No group of this name or space.
  case noSuchGroup(String)
  /// The person is no longer in it.
  case leftGroup(String)
  /// A comment without words, or with more than `CheckInComment.mostCharacters`.
  case badComment
  /// Not 1 to 5.
  case badEnergy(Int)
  /// More than `CheckInDraft.mostMood` characters.
  case longMood
  /// More than `CheckInDraft.mostNote` characters.
  case longNote
}
