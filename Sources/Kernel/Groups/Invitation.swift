/// Somebody asks a person into a group: a row in the personal space of who is asked. Kept by the server.
package struct Invitation: Entry {
  package static let kind: Kind = "invitation"
  package static let fields = [
    Field("space", .text), Field("name", .text), Field("from_user", .text), Field("at", .number),
    Field("expires", .number), Field("state", .text),
  ]

  package enum State: String, Hashable, Sendable, CaseIterable {
    case open, accepted, declined
    /// Taken back, or the group is gone.
    case revoked
  }

  package let id: EntryID
  package let space: EntryID?
  /// The group's name.
  package var name: String
  /// Who asks: a user's name.
  package var from: String
  package var at: Moment?
  package var expires: Moment?
  package var state: State

  package init(
    id: EntryID, space: EntryID, name: String, from: String, at: Moment?, expires: Moment?,
    state: State = .open
  ) {
    self.id = id
    self.space = space
    self.name = name
    self.from = from
    self.at = at
    self.expires = expires
    self.state = state
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    space = values.id(0)
    name = values[1].text ?? ""
    from = values[2].text ?? ""
    at = values.moment(3)
    expires = values.moment(4)
    state = values[5].text.flatMap(State.init(rawValue:)) ?? .revoked
  }

  package var values: [Value] {
    [
      Value(space), .text(name), .text(from), Value(at), Value(expires), .text(state.rawValue),
    ]
  }
}
