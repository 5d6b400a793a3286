package import Kernel

/// A sign under a friend's check-in: one a member and check-in.
package struct CheckInReaction: Entry {
  package static let kind: Kind = "reaction"
  package static let isShared = true
  package static let fields = [
    Field(OwnedRow.member, .text), Field(OwnedRow.key, .text), Field("target", .text),
    Field("sign", .text), Field("at", .number),
  ]

  package enum Sign: String, Hashable, Sendable, CaseIterable {
    case like, love, celebrate, support, strong
  }

  package let id: EntryID
  package let member: EntryID?
  /// The check-in.
  package let target: EntryID?
  /// As it was written, also where this program does not know it.
  package var sign: String
  package var at: Moment?

  package init(
    of member: EntryID, to target: EntryID, in space: EntryID, sign: Sign, at: Moment
  ) {
    id = Self.id(of: member, to: target, in: space)
    self.member = member
    self.target = target
    self.sign = sign.rawValue
    self.at = at
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    member = values[0].text.flatMap { EntryID($0) }
    target = values[2].text.flatMap { EntryID($0) }
    sign = values[3].text ?? ""
    at = values[4].number.map(Moment.init(milliseconds:))
  }

  package var values: [Value] {
    let target = target.map { Value.text($0.description) } ?? .null
    return [
      member.map { .text($0.description) } ?? .null, target, target, .text(sign),
      at.map { .number($0.milliseconds) } ?? .null,
    ]
  }

  package static func id(of member: EntryID, to target: EntryID, in space: EntryID) -> EntryID {
    Digest.derivedID(kind, member: member, key: target.description, in: space)
  }
}
