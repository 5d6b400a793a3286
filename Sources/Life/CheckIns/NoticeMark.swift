package import Kernel

/// What a person has done with a notice. Notices themselves are not stored: they follow from check-ins,
/// invitations and the clock, on every device alike.
package struct NoticeMark: Entry {
  package static let kind: Kind = "notice_mark"
  package static let fields = [
    Field("subject", .text), Field("read", .flag), Field("hidden", .flag),
    Field("snoozed_until", .number),
  ]

  package let id: EntryID
  /// `friend|<check-in>`, `invitation|<id>`, `reminder|<period's key>`
  package let subject: String
  package var isRead: Bool
  package var isHidden: Bool
  package var snoozedUntil: Moment?

  package init(subject: String) {
    id = Digest.derivedID(Self.kind, [subject])
    self.subject = subject
    isRead = false
    isHidden = false
    snoozedUntil = nil
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    subject = values[0].text ?? ""
    isRead = values[1].flag ?? false
    isHidden = values[2].flag ?? false
    snoozedUntil = values[3].number.map(Moment.init(milliseconds:))
  }

  package var values: [Value] {
    [
      .text(subject), isRead ? .flag(true) : .null, isHidden ? .flag(true) : .null,
      snoozedUntil.map { .number($0.milliseconds) } ?? .null,
    ]
  }
}
