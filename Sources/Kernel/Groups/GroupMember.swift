/// Somebody in a group, or who was: a row in its space. Kept by the server.
package struct GroupMember: Entry {
  package static let kind: Kind = "group_member"
  package static let isShared = true
  package static let fields = [
    Field(OwnedRow.member, .text), Field("user", .text), Field("role", .text),
    Field("state", .text), Field("joined", .number), Field("ended", .number),
  ]

  /// How somebody stands with a group.
  package enum State: String, Hashable, Sendable, CaseIterable {
    case member, left, removed
    /// The group is gone.
    case deleted
  }

  package let id: EntryID
  package let account: EntryID?
  /// The user's name.
  package var user: String
  /// `admin`, `moderator`, `member`
  package var role: String
  package var state: State
  package var joined: Moment?
  package var ended: Moment?

  package init(
    account: EntryID, in space: EntryID, user: String, role: String, state: State = .member,
    joined: Moment?, ended: Moment? = nil
  ) {
    id = Self.id(of: account, in: space)
    self.account = account
    self.user = user
    self.role = role
    self.state = state
    self.joined = joined
    self.ended = ended
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    account = values.id(0)
    user = values[1].text ?? ""
    role = values[2].text ?? "member"
    state = values[3].text.flatMap(State.init(rawValue:)) ?? .left
    joined = values.moment(4)
    ended = values.moment(5)
  }

  package var values: [Value] {
    [
      Value(account), .text(user), .text(role), .text(state.rawValue), Value(joined), Value(ended),
    ]
  }

  package static func id(of account: EntryID, in space: EntryID) -> EntryID {
    Digest.derivedID(kind, member: account, key: "", in: space)
  }
}
