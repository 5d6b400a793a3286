package import Kernel

/// One answer to "how was it?": a person's own, in their personal space, or what a member of a group
/// shows the others, in the group's space.
///
/// Its id is derived from its key (and in a group from the member), so that two devices that are
/// offline make one.
package struct CheckIn: Entry {
  package static let kind: Kind = "check_in"
  package static let isShared = true
  package static let fields = [
    Field(OwnedRow.member, .text), Field(OwnedRow.key, .text), Field("productive", .number),
    Field("satisfied", .number), Field("body", .number), Field("care", .number),
    Field("score", .number), Field("mood", .text), Field("energy", .number),
    Field("note", .text, isLong: true), Field("written", .number), Field("edited", .number),
    Field("zone", .text), Field("private", .flag), Field("source", .text),
  ]

  package let id: EntryID
  /// nil for one's own.
  package let member: EntryID?
  /// A period's key: `2026-W47`, `2026-11-20`.
  package let key: String
  /// 1 to 10; nil where it is not shared, or was never given.
  package var productive: Int?
  package var satisfied: Int?
  package var body: Int?
  package var care: Int?
  /// Only where the answers are not shared: by the group's rule.
  package var score: Int?
  /// A word or an emoji; empty for none.
  package var mood: String
  /// 1 to 5
  package var energy: Int?
  package var note: String
  /// When it was first written: what counts for being on time.
  package var written: Moment?
  package var edited: Moment?
  /// The IANA name of the zone it was written in.
  package var zone: String
  /// One's own that is shown to nobody.
  package var isPrivate: Bool
  /// Where it was imported from; empty for none.
  package var source: String

  /// One's own.
  package init(own key: String) { self.init(Self.ownID(key), member: nil, key: key) }

  /// A member's, in a group.
  package init(of member: EntryID, in space: EntryID, key: String) {
    let id = Digest.derivedID(Self.kind, member: member, key: key, in: space)
    self.init(id, member: member, key: key)
  }

  private init(_ id: EntryID, member: EntryID?, key: String) {
    self.init(id: id, values: Self.fields.map { _ in .null }, member: member, key: key)
  }

  package init(id: EntryID, values: [Value]) {
    self.init(
      id: id, values: values, member: values[0].text.flatMap { EntryID($0) },
      key: values[1].text ?? "")
  }

  private init(id: EntryID, values: [Value], member: EntryID?, key: String) {
    func number(_ index: Int) -> Int? { values[index].number.map { Int($0) } }
    func moment(_ index: Int) -> Moment? { values[index].number.map(Moment.init(milliseconds:)) }
    self.id = id
    self.member = member
    self.key = key
    productive = number(2)
    satisfied = number(3)
    body = number(4)
    care = number(5)
    score = number(6)
    mood = values[7].text ?? ""
    energy = number(8)
    note = values[9].text ?? ""
    written = moment(10)
    edited = moment(11)
    zone = values[12].text ?? ""
    isPrivate = values[13].flag ?? false
    source = values[14].text ?? ""
  }

  package var values: [Value] {
    func number(_ number: Int?) -> Value { number.map { .number(Int64($0)) } ?? .null }
    func text(_ text: String) -> Value { text.isEmpty ? .null : .text(text) }
    func moment(_ moment: Moment?) -> Value { moment.map { .number($0.milliseconds) } ?? .null }
    return [
      member.map { .text($0.description) } ?? .null, .text(key), number(productive),
      number(satisfied), number(body), number(care), number(score), text(mood), number(energy),
      text(note), moment(written), moment(edited), text(zone), isPrivate ? .flag(true) : .null,
      text(source),
    ]
  }

  package static func ownID(_ key: String) -> EntryID { Digest.derivedID(kind, [key]) }

  /// The four answers; nil where one is missing or is no answer.
  package var scores: Scores? {
    get {
      guard let productive, let satisfied, let body, let care else { return nil }
      return Scores(productive: productive, satisfied: satisfied, body: body, care: care)
    }
    set {
      productive = newValue?.productive
      satisfied = newValue?.satisfied
      body = newValue?.body
      care = newValue?.care
    }
  }

  /// By `rule` from the answers; the one that stands for them where they are not shared. nil for one
  /// that the rule does not know.
  package func score(by rule: ScoreRule) -> Int? {
    scores.map(rule.score) ?? score.flatMap { rule.range.contains($0) ? $0 : nil }
  }

  /// How much of it can be seen: what a group was shown.
  package var sharing: GroupChoice.Sharing {
    if !note.isEmpty { return .note }
    return scores == nil ? .score : .answers
  }
}
