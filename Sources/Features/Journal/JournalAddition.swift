internal import Kernel
internal import Life
internal import Storage

/// An entry that a command is about to write: the new one, and what stood before.
struct JournalAddition {
  var entry: JournalEntry
  var tags: [String] = []
  /// nil for a new entry.
  let old: JournalEntry?

  init(entry: JournalEntry, tags: [String] = [], old: JournalEntry?) {
    self.entry = entry
    self.tags = tags
    self.old = old
  }

  /// The entry to write on: a structured type's own where the day has one, else a new one.
  static func start(
    _ type: JournalType, on day: Day, _ second: Int?, _ console: Console
  ) throws -> JournalAddition {
    let world = console.world
    let store = try console.store()
    let at = second.map { world.zone().moment(CivilTime(day: day, secondOfDay: $0)) } ?? world.now()
    guard let key = type.key(for: day) else {
      let entry = JournalEntry(
        id: world.newID(), type: type, day: day, at: at, zone: world.zone().name)
      return JournalAddition(entry: entry, old: nil)
    }
    let id = store.derivedID(JournalEntry.kind, type.rawValue, key)
    if let found = try JournalListing.entry(id, in: store) {
      return JournalAddition(entry: found.entry, tags: found.tags, old: found.entry)
    }
    let entry = JournalEntry(id: id, type: type, day: day, at: at, zone: world.zone().name)
    return JournalAddition(entry: entry, old: nil)
  }

  var hasContent: Bool {
    guard let old else { return !entry.title.isEmpty || !entry.sections.isEmpty || entry.mood != nil }
    return entry != old || !tags.isEmpty
  }

  /// Puts `text` behind what is there: into `section`, or into those that its headings name.
  mutating func add(_ text: String, section: String?) {
    for (name, part) in parts(text, section) where !part.isEmpty {
      let before = entry.sections[name] ?? ""
      entry.sections[name] = before.isEmpty ? part : before + "\n\n" + part
    }
  }

  /// Puts `text` in the place of what is there: of `section`, or of all.
  mutating func replace(_ text: String, section: String?) {
    let parts = parts(text, section)
    if section == nil { entry.sections = [:] }
    for (name, part) in parts { entry.sections[name] = part.isEmpty ? nil : part }
  }

  private func parts(_ text: String, _ section: String?) -> [String: String] {
    if let section { return [section: text] }
    return SectionText.split(text, type: entry.type)
  }

  /// Only notes are free to move: the others belong to the day that their id stands for.
  mutating func move(to date: NaturalDate) throws(Failure) {
    guard entry.type == .note || date.day == entry.day else {
      throw Failure(
        .wrongUsage, "only notes can move to another day; a day has one \(entry.typeName) of its own")
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

  func save(in store: Store) throws {
    try JournalWriting.save(
      entry, tags: Array(Set(tags)).sorted(), in: store,
      label: JournalWriting.label(for: entry, isNew: old == nil))
  }
}
