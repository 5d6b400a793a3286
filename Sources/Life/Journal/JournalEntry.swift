package import Kernel

/// What a person wrote on a day.
///
/// The structured types have one entry per type and date (weekly review: per ISO week), with an id
/// derived from that key; notes are free, any number a day.
package struct JournalEntry: Entry {
  package static let kind: Kind = "journal"
  package static let fields: [Field] = [
    Field("type", .text), Field("day", .text), Field("at", .number), Field("zone", .text),
    Field("title", .text), Field("star", .flag), Field("mood", .number),
    Field("body", .text, isLong: true), Field("went_well", .text, isLong: true),
    Field("to_improve", .text, isLong: true), Field("grateful_for", .text, isLong: true),
    Field("big_wins", .text, isLong: true), Field("challenges", .text, isLong: true),
    Field("learnings", .text, isLong: true), Field("next_week_focus", .text, isLong: true),
    Field("source", .text), Field("source_id", .text), Field("source_raw", .text, isLong: true),
  ]

  package let id: EntryID
  /// Raw, so that a type of a newer lifeos survives; see `kind`.
  package var typeName: String
  /// The day it belongs to, fixed when it is entered.
  package var day: Day
  /// When it was written.
  package var at: Moment
  /// The IANA zone it was written in.
  package var zone: String
  package var title: String
  package var isStarred: Bool
  /// 1 terrible … 5 excellent.
  package var mood: Int?
  /// One text a section of its type, by field name; empty ones are left out.
  package var sections: [String: String]
  /// Where an imported entry came from: `jrnl`, `dayone`; its id there; what has no field, as JSON.
  package var source: String?
  package var sourceID: String?
  package var sourceRaw: String?

  package init(
    id: EntryID, type: JournalType, day: Day, at: Moment, zone: String, title: String = "",
    isStarred: Bool = false, mood: Int? = nil, sections: [String: String] = [:]
  ) {
    self.id = id
    typeName = type.rawValue
    self.day = day
    self.at = at
    self.zone = zone
    self.title = title
    self.isStarred = isStarred
    self.mood = mood
    self.sections = sections
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    typeName = values[0].text ?? JournalType.note.rawValue
    day = values[1].text.flatMap { Day($0) } ?? Day(number: 0)
    at = Moment(milliseconds: values[2].number ?? 0)
    zone = values[3].text ?? "UTC"
    title = values[4].text ?? ""
    isStarred = values[5].flag ?? false
    mood = values[6].number.map(Int.init)
    sections = [:]
    for (index, name) in Self.sectionNames.enumerated() {
      if let text = values[7 + index].text { sections[name] = text }
    }
    source = values[15].text
    sourceID = values[16].text
    sourceRaw = values[17].text
  }

  package var values: [Value] {
    func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
    let head: [Value] = [
      .text(typeName), .text(day.description), .number(at.milliseconds), .text(zone),
      title.isEmpty ? .null : .text(title), isStarred ? .flag(true) : .null,
      mood.map { .number(Int64($0)) } ?? .null,
    ]
    let body: [Value] = Self.sectionNames.map { name in
      let text = sections[name] ?? ""
      return text.isEmpty ? .null : .text(text)
    }
    return head + body + [text(source), text(sourceID), text(sourceRaw)]
  }

  /// The long texts of all types, in the order of `fields`.
  package static let sectionNames = [
    "body", "went_well", "to_improve", "grateful_for", "big_wins", "challenges", "learnings",
    "next_week_focus",
  ]

  /// nil for a type that this lifeos does not know.
  package var type: JournalType? { JournalType(rawValue: typeName) }

  /// All sections that hold text, in order, as one text.
  package var fullText: String {
    Self.sectionNames.compactMap { sections[$0] }.joined(separator: "\n\n")
  }
}

/// The four ways of writing; all but the note have one entry a day or week.
package enum JournalType: String, CaseIterable, Sendable {
  case note
  case morning
  case reflection
  case review

  /// "Note", "Morning pages", "Daily reflection", "Weekly review".
  package var title: String {
    switch self {
    case .note: "Note"
    case .morning: "Morning pages"
    case .reflection: "Daily reflection"
    case .review: "Weekly review"
    }
  }

  /// The fields it is written in, with their headings.
  package var sections: [(name: String, title: String)] {
    switch self {
    case .note, .morning: [("body", "")]
    case .reflection:
      [("went_well", "Went well"), ("to_improve", "To improve"), ("grateful_for", "Grateful for")]
    case .review:
      [
        ("big_wins", "Big wins"), ("challenges", "Challenges"), ("learnings", "Learnings"),
        ("next_week_focus", "Next week"),
      ]
    }
  }

  /// The natural key of a structured entry (its day, or its ISO week); nil for notes.
  package func key(for day: Day) -> String? {
    switch self {
    case .note: nil
    case .morning, .reflection: day.description
    case .review: Week(of: day).description
    }
  }
}
