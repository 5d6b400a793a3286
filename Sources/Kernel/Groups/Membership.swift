/// A group that a person is in, or was in: a row in their personal space, so that all their devices
/// know which spaces to sync. Kept by the server.
package struct Membership: Entry {
  package static let kind: Kind = "membership"
  package static let fields = [
    Field("space", .text), Field("name", .text), Field("role", .text), Field("state", .text),
    Field("since", .number),
  ]

  package let id: EntryID
  package let space: EntryID?
  /// The group's name, for as long as its space was not read, and when it is no longer.
  package var name: String
  /// `admin`, `moderator`, `member`
  package var role: String
  package var state: GroupMember.State
  /// When the state began.
  package var since: Moment?

  package init(
    space: EntryID, name: String, role: String, state: GroupMember.State, since: Moment?
  ) {
    id = Self.id(of: space)
    self.space = space
    self.name = name
    self.role = role
    self.state = state
    self.since = since
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    space = values.id(0)
    name = values[1].text ?? ""
    role = values[2].text ?? "member"
    state = values[3].text.flatMap(GroupMember.State.init(rawValue:)) ?? .left
    since = values.moment(4)
  }

  package var values: [Value] {
    [Value(space), .text(name), .text(role), .text(state.rawValue), Value(since)]
  }

  package static func id(of space: EntryID) -> EntryID {
    Digest.derivedID(kind, [space.description])
  }
}
