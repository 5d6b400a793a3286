internal import Kernel
internal import Life
internal import Storage

/// A change that a command makes to an entry: what was touched is written, the rest keeps what
/// others may have written meanwhile.
struct JournalRevision {
  private let base: JournalEntry
  var entry: JournalEntry
  var addedTags: [String] = []
  var removedTags: [String] = []

  init(of entry: JournalEntry) {
    base = entry
    self.entry = entry
  }

  /// Puts `text` in the place of what is there: of `section`, or of all.
  mutating func replace(_ text: String, section: String?) {
    if let section {
      entry.sections[section] = text.isEmpty ? nil : text
    } else {
      entry.sections = SectionText.split(text, type: entry.type)
    }
  }

  /// Only notes are free to move: the others belong to the day that their id stands for.
  mutating func move(to date: NaturalDate) throws(Failure) {
    guard entry.type == .note || date.day == entry.day else {
      throw Failure(
        .wrongUsage,
        "only notes can move to another day; a day has one \(entry.typeName) of its own")
    }
    entry.day = date.day
    if let second = date.secondOfDay, let zone = Zone(named: entry.zone) {
      entry.at = zone.moment(CivilTime(day: date.day, secondOfDay: second))
    }
  }

  /// Lets the person write in their own editor.
  mutating func edit(_ console: Console) throws {
    let written = try OutsideEditor.edit(JournalTextInput.editable(entry), console: console)
    var text = JournalTextInput.clean(written)
    if entry.type == .note || !entry.title.isEmpty || text.hasPrefix("# ") {
      entry.title = JournalTextInput.title(from: &text) ?? ""
    }
    replace(text, section: nil)
  }

  /// False where nothing changed. Throws where the entry was deleted meanwhile.
  func save(in store: Store, label: String? = nil) throws -> Bool {
    let changed = entry.values.indices.filter { entry.values[$0] != base.values[$0] }
    guard !changed.isEmpty || !addedTags.isEmpty || !removedTags.isEmpty else { return false }
    return try store.write(label ?? JournalWriting.label(for: base, isNew: false)) { edit in
      guard let stored = try edit.find(JournalEntry.self, id: base.id) else {
        throw JournalError.notFound(base.id)
      }
      var values = stored.values
      for place in changed { values[place] = entry.values[place] }
      let merged = JournalEntry(id: base.id, values: values)
      return try JournalWriting.put(merged, explicit: tags(stored, edit), edit, store)
    }
  }

  /// nil: as they are, but for those that come and go with the text.
  private func tags(_ stored: JournalEntry, _ edit: borrowing Edit) throws -> [String]? {
    guard !addedTags.isEmpty || !removedTags.isEmpty else { return nil }
    let written = JournalWriting.textTags(stored)
    let standing = try JournalQueries.tags(edit.database, of: base.id)
    let own = standing.filter { !written.contains($0) }
    return (own + addedTags).filter { !removedTags.contains($0) }
  }
}
