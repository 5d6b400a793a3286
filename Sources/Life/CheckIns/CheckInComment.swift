package import Kernel

/// A few words under a friend's check-in.
package struct CheckInComment: Entry {
  package static let kind: Kind = "check_in_comment"
  package static let isShared = true
  package static let fields = [
    Field(OwnedRow.member, .text), Field(OwnedRow.key, .text), Field("target", .text),
    Field("text", .text), Field("at", .number),
  ]
  /// In characters.
  package static let mostCharacters = 500

  package let id: EntryID
  package let member: EntryID?
  /// Random.
  package let key: String
  /// The check-in.
  package let target: EntryID?
  package var text: String
  package var at: Moment?

  /// `key` is new and random.
  package init(
    of member: EntryID, to target: EntryID, in space: EntryID, key: EntryID, text: String,
    at: Moment
  ) {
    id = Digest.derivedID(Self.kind, member: member, key: key.description, in: space)
    self.member = member
    self.key = key.description
    self.target = target
    self.text = text
    self.at = at
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    member = values[0].text.flatMap { EntryID($0) }
    key = values[1].text ?? ""
    target = values[2].text.flatMap { EntryID($0) }
    text = values[3].text ?? ""
    at = values[4].number.map(Moment.init(milliseconds:))
  }

  package var values: [Value] {
    [
      member.map { .text($0.description) } ?? .null, .text(key),
      target.map { .text($0.description) } ?? .null, .text(text),
      at.map { .number($0.milliseconds) } ?? .null,
    ]
  }
}
