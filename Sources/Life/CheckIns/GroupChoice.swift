package import Kernel

/// How a person takes part in a group: their own choice, in their personal space.
package struct GroupChoice: Entry {
  package static let kind: Kind = "group_choice"
  package static let fields = [
    Field("space", .text), Field("sharing", .text), Field("muted", .flag), Field("left_out", .flag),
  ]

  /// What of a check-in the group's members see.
  package enum Sharing: String, Hashable, Sendable, CaseIterable {
    /// The score alone.
    case score
    /// The four answers, mood and energy.
    case answers
    /// The same with the note.
    case note
  }

  package let id: EntryID
  package let space: EntryID?
  package var sharing: Sharing
  /// No notices of this group.
  package var isMuted: Bool
  /// Posts don't go there unless asked for.
  package var isLeftOut: Bool

  package init(space: EntryID) {
    id = Digest.derivedID(Self.kind, [space.description])
    self.space = space
    sharing = .answers
    isMuted = false
    isLeftOut = false
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    space = values[0].text.flatMap { EntryID($0) }
    sharing = values[1].text.flatMap(Sharing.init(rawValue:)) ?? .answers
    isMuted = values[2].flag ?? false
    isLeftOut = values[3].flag ?? false
  }

  package var values: [Value] {
    [
      space.map { .text($0.description) } ?? .null, .text(sharing.rawValue),
      isMuted ? .flag(true) : .null, isLeftOut ? .flag(true) : .null,
    ]
  }
}
