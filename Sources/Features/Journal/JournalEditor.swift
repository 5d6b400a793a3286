internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// An entry being written: its title and sections as text, its facts beside them, and its draft.
struct JournalEditor {
  let desk: Desk
  /// As it was when the editor opened it; nil for a new one.
  private(set) var base: JournalEntry?
  private var baseTags: [String] = []
  /// Its facts as they are now; the texts stand in `title` and `areas`.
  var entry: JournalEntry
  var tags: [String]
  var title: LineInput
  var sections: [Section]
  private(set) var isDirty = false
  private(set) var draftAt: Moment?
  /// The draft's text differs from the stored entry: told once.
  private(set) var cameFromDraft = false

  struct Section {
    let name: String
    let heading: String
    var area: TextArea
  }

  /// A new entry of a type, or today's where the type has one a day.
  init(new type: JournalType, desk: Desk, on day: Day? = nil) throws {
    let day = day ?? desk.world.today
    if let key = type.key(for: day) {
      let id = desk.store.derivedID(JournalEntry.kind, type.rawValue, key)
      if let found = try desk.store.read({ try JournalQueries.entry($0, id: id) }) {
        self.init(
          found, desk: desk, tags: try desk.store.read { try JournalQueries.tags($0, of: id) })
      } else {
        self.init(Self.blank(id, type, day, desk), isNew: true, desk: desk)
      }
    } else {
      self.init(Self.blank(desk.world.newID(), type, day, desk), isNew: true, desk: desk)
    }
    try readDraft()
  }

  /// nil where the entry is gone and has no draft.
  init?(editing id: EntryID, desk: Desk) throws {
    let found = try desk.store.read { db in
      (try JournalQueries.entry(db, id: id), try JournalQueries.tags(db, of: id))
    }
    if let entry = found.0 {
      self.init(entry, desk: desk, tags: found.1)
    } else if let draft = try desk.store.draft(of: id),
      let type = draft.fields["type"].flatMap({ JournalType(rawValue: $0) })
    {
      let day = draft.fields["day"].flatMap { Day($0) } ?? desk.world.today
      self.init(Self.blank(id, type, day, desk), isNew: true, desk: desk)
    } else {
      return nil
    }
    try readDraft()
  }

  private static func blank(_ id: EntryID, _ type: JournalType, _ day: Day, _ desk: Desk)
    -> JournalEntry
  {
    JournalEntry(
      id: id, type: type, day: day, at: desk.world.now(), zone: desk.world.zone().name)
  }

  private init(_ entry: JournalEntry, isNew: Bool = false, desk: Desk, tags: [String] = []) {
    self.desk = desk
    self.entry = entry
    base = isNew ? nil : entry
    baseTags = tags
    self.tags = tags
    title = LineInput(entry.title)
    let known = entry.type?.sections ?? [("body", "")]
    let others = JournalEntry.sectionNames.filter { name in
      entry.sections[name] != nil && !known.contains { $0.name == name }
    }
    sections = (known + others.map { ($0, $0) }).map { name, heading in
      Section(name: name, heading: heading, area: TextArea(entry.sections[name] ?? ""))
    }
  }

  var isNew: Bool { base == nil }
  /// Notes have a title line; so has anything that brought one.
  var showsTitle: Bool { entry.type == .note || !entry.title.isEmpty }
  var isEmpty: Bool {
    title.text.allSatisfy(\.isWhitespace)
      && sections.allSatisfy { $0.area.buffer.isEmpty || $0.area.text.allSatisfy(\.isWhitespace) }
  }
  var words: Int {
    sections.reduce(WordCount.words(in: title.text)) { $0 + $1.area.buffer.wordCount }
  }

  mutating func touch() { isDirty = true }

  /// The entry with the texts as they stand now.
  var written: JournalEntry {
    var entry = entry
    entry.title = title.text
    for section in sections {
      let text = section.area.text
      entry.sections[section.name] = text.isEmpty ? nil : text
    }
    return entry
  }

  /// Replaces title and texts: from a draft, a template, another editor.
  mutating func setText(_ text: String) {
    let parts = SectionText.split(text, type: entry.type)
    for index in sections.indices {
      sections[index].area.rewrite(parts[sections[index].name] ?? "")
    }
    touch()
  }

  var fullText: String {
    SectionText.join(written.sections, type: entry.type, withEmpty: true)
  }

  // MARK: draft

  private mutating func readDraft() throws {
    guard let draft = try desk.store.draft(of: entry.id) else { return }
    let fields = draft.fields
    if let day = fields["day"].flatMap({ Day($0) }) { entry.day = day }
    title = LineInput(fields["title"] ?? "")
    entry.isStarred = fields["star"] == "1"
    entry.mood = fields["mood"].flatMap { Int($0) }
    tags = fields["tags"].map { TagText.list($0) } ?? tags
    for index in sections.indices {
      sections[index].area.replaceText(fields["section." + sections[index].name] ?? "", atEnd: true)
    }
    draftAt = draft.savedAt
    cameFromDraft = true
    isDirty = true
  }

  /// Puts the text on disk, without a version; nothing where nothing was typed since.
  mutating func saveDraft() throws {
    guard isDirty else { return }
    let now = desk.world.now()
    guard !isEmpty || !isNew else {
      try desk.store.discardDraft(of: entry.id)
      return
    }
    var fields = [
      "type": entry.typeName, "day": entry.day.description, "title": title.text,
      "tags": tags.joined(separator: " "), "star": entry.isStarred ? "1" : "0",
    ]
    if let mood = entry.mood { fields["mood"] = String(mood) }
    for section in sections { fields["section." + section.name] = section.area.text }
    try desk.store.save(
      Draft(target: entry.id, kind: JournalEntry.kind, fields: fields, savedAt: now))
    draftAt = now
    isDirty = false
    hasUnsaved = true
  }

  /// Something that stands only in the draft.
  private(set) var hasUnsaved = false

  enum Saved: Equatable { case nothing, saved, savedOverOther }

  /// Writes the entry and lets go of the draft. Fields that were not touched here keep what others
  /// wrote meanwhile; a text that was, and was changed elsewhere too, leaves the other in the history.
  mutating func save() throws -> Saved {
    if isNew && isEmpty {
      try desk.store.discardDraft(of: entry.id)
      return .nothing
    }
    var mine = written
    let (id, before) = (entry.id, base)
    let stored = try desk.store.read { try JournalQueries.entry($0, id: id) }
    var overwrites = false
    if let before, let stored, stored != before {
      (mine, overwrites) = Self.merge(mine, base: before, stored: stored)
    }
    if mine != stored || tags != baseTags {
      try JournalWriting.save(
        mine, tags: tags, in: desk.store,
        label: JournalWriting.label(for: mine, isNew: stored == nil))
    }
    try desk.store.discardDraft(of: entry.id)
    base = mine
    baseTags = tags
    entry = mine
    isDirty = false
    hasUnsaved = false
    draftAt = nil
    cameFromDraft = false
    return overwrites ? .savedOverOther : .saved
  }

  /// Field by field: mine where I changed it, else what stands.
  private static func merge(
    _ mine: JournalEntry, base: JournalEntry, stored: JournalEntry
  ) -> (JournalEntry, Bool) {
    var values = stored.values
    var overwrites = false
    for (index, value) in mine.values.enumerated() where value != base.values[index] {
      if stored.values[index] != base.values[index] && stored.values[index] != value {
        overwrites = true
      }
      values[index] = value
    }
    return (JournalEntry(id: mine.id, values: values), overwrites)
  }

  /// Saves, and goes on as the entry of another day; a structured one gets that day's id.
  mutating func move(to day: Day) throws {
    guard !isNew || !isEmpty else {
      if let type = entry.type {
        entry = Self.blank(JournalWriting.entryID(type, day, in: desk.store), type, day, desk)
      }
      return
    }
    _ = try save()
    let id = try JournalWriting.setDay(day, of: entry.id, in: desk.store)
    if let moved = try desk.store.read({ try JournalQueries.entry($0, id: id) }) {
      entry = moved
      base = moved
    }
  }

  /// Throws the text since the last save away.
  mutating func discard() throws {
    try desk.store.discardDraft(of: entry.id)
    isDirty = false
    hasUnsaved = false
  }
}
