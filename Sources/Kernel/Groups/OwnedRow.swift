/// In a group's space every row belongs to the member who made it, but for those that the server keeps.
///
/// The row's id is derived from its member and its key, and both stand in its fields: so the server,
/// which knows no area of life, can tell whose row an operation writes, and nobody takes the id that
/// another member's row is going to have.
package enum OwnedRow {
  /// The account's id, as text. Written once, with the row.
  package static let member = "member"
  /// What the row's id is derived from, beside its kind and member. Written once, with the row.
  package static let key = "key"
}

extension Kind {
  /// Kinds whose rows only the server writes: what it decides about groups. It tells them by
  /// operations of its own in the spaces' logs, so that every device has them offline.
  package static let keptByServer: Set<Kind> = [
    GroupInfo.kind, GroupMember.kind, Membership.kind, Invitation.kind,
  ]
}

extension [Value] {
  /// The id that the text at `index` is.
  func id(_ index: Int) -> EntryID? { self[index].text.flatMap { EntryID($0) } }
  func moment(_ index: Int) -> Moment? { self[index].number.map(Moment.init(milliseconds:)) }
}

extension Value {
  init(_ id: EntryID?) { self = id.map { .text($0.description) } ?? .null }
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ moment: Moment?) { self = moment.map { .number($0.milliseconds) } ?? .null }
}
