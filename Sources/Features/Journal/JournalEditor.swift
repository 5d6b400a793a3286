internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// An entry being written: its title and sections as text, its facts beside them, and its draft.
struct JournalEditor {
  let desk: Desk
  /// As it was when the writing began: what a change from elsewhere is told by.
  private var base: JournalEntry
  /// True until it stands in the journal.
  private(set) var isNew: Bool
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
      let found = try desk.store.read { db in
        let entry = try JournalQueries.entry(db, id: id)
        return try (entry ?? JournalQueries.entry(db, type: type, on: day)).map {
          ($0, try JournalQueries.tags(db, of: $0.id))
        }
      }
      if let (entry, tags) = found {
        self.init(entry, desk: desk, tags: tags)
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
    base = entry
    self.isNew = isNew
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
    readBase(fields)
    draftAt = draft.savedAt
    cameFromDraft = true
    hasUnsaved = true
  }

  /// What the entry was when the draft was begun: it may have changed since, elsewhere.
  private mutating func readBase(_ fields: [String: String]) {
    guard fields["base"] != nil else { return }
    base.day = fields["base.day"].flatMap { Day($0) } ?? entry.day
    base.title = fields["base.title"] ?? title.text
    base.isStarred = fields["base.star"].map { $0 == "1" } ?? entry.isStarred
    base.mood = fields["base.mood"].map { Int($0) } ?? entry.mood
    baseTags = fields["base.tags"].map { TagText.list($0) } ?? tags
    for section in sections {
      let text = fields["base.section." + section.name] ?? section.area.text
      base.sections[section.name] = text.isEmpty ? nil : text
    }
  }

  /// The same as fields of a draft: only what differs from the text as it stands now.
  private var baseFields: [String: String] {
    var fields = ["base": "1"]
    if base.day != entry.day { fields["base.day"] = base.day.description }
    if base.title != title.text { fields["base.title"] = base.title }
    if base.isStarred != entry.isStarred { fields["base.star"] = base.isStarred ? "1" : "0" }
    if base.mood != entry.mood { fields["base.mood"] = base.mood.map { String($0) } ?? "" }
    if baseTags != tags { fields["base.tags"] = baseTags.joined(separator: " ") }
    for section in sections {
      let text = base.sections[section.name] ?? ""
      if text != section.area.text { fields["base.section." + section.name] = text }
    }
    return fields
  }

  /// Where nothing was typed since, the page shows what stands now: another program may have
  /// changed the entry, another editor of it may have saved the draft.
  mutating func follow() throws {
    guard !isDirty else { return }
    let id = entry.id
    let draft = try desk.store.draft(of: id)
    if hasUnsaved, draft?.savedAt == draftAt { return }
    let (stored, standing) = try stored()
    guard draft != nil || (stored != nil && (stored != base || standing != baseTags)) else {
      return
    }
    var fresh = JournalEditor(stored ?? base, isNew: stored == nil, desk: desk, tags: standing)
    try fresh.readDraft()
    for (index, section) in sections.enumerated() where fresh.sections.indices.contains(index) {
      let caret = section.area.buffer.caret
      if fresh.sections[index].area.text == section.area.text {
        fresh.sections[index].area = section.area
      } else if caret == section.area.buffer.end {
        fresh.sections[index].area.perform(.move(.documentEnd))
      } else {
        fresh.sections[index].area.moveCaret(to: caret)
      }
    }
    self = fresh
  }

  /// The entry and its tags as they stand in the journal now.
  private func stored() throws -> (JournalEntry?, [String]) {
    let id = entry.id
    return try desk.store.read { db in
      (try JournalQueries.entry(db, id: id), try JournalQueries.tags(db, of: id))
    }
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
    if !isNew { fields.merge(baseFields) { mine, _ in mine } }
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
    let (stored, standing) = try stored()
    var (mine, overwrites) = (written, false)
    let isTouched = isNew || mine != base || tags != baseTags
    if let stored, stored != base {
      (mine, overwrites) = Self.merge(mine, base: base, stored: stored)
    }
    if isTouched, mine != stored || tags != baseTags {
      try JournalWriting.save(
        mine, tags: wantedTags(beside: stored.map { _ in standing }), in: desk.store,
        label: JournalWriting.label(for: mine, isNew: stored == nil && isNew))
    }
    try desk.store.discardDraft(of: entry.id)
    let (kept, keptTags) = try self.stored()
    entry = kept ?? mine
    base = entry
    isNew = kept == nil
    (tags, baseTags) = (keptTags, keptTags)
    isDirty = false
    hasUnsaved = false
    draftAt = nil
    cameFromDraft = false
    guard isTouched else { return .nothing }
    return overwrites ? .savedOverOther : .saved
  }

  /// My tags, or what I changed of those that the entry has now; nil where I changed none.
  private func wantedTags(beside standing: [String]?) -> [String]? {
    guard let standing else { return tags }
    guard tags != baseTags else { return nil }
    return standing.filter { tags.contains($0) || !baseTags.contains($0) }
      + tags.filter { !baseTags.contains($0) && !standing.contains($0) }
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
      isNew = false
    }
  }

  /// Throws the text since the last save away.
  mutating func discard() throws {
    isDirty = false
    hasUnsaved = false
    try desk.store.discardDraft(of: entry.id)
  }
}
