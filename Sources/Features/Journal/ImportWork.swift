internal import Kernel
internal import Life
internal import Storage

/// An import under way: gives ids, tells new from known, and writes in batches.
struct ImportWork {
  let store: Store
  /// The name under which ids of foreign entries are derived.
  let source: String
  let label: String
  let options: JournalImport.Options
  let isDry: Bool
  /// A write takes about so many operations. Ids of imported rows lie scattered, so that many small
  /// writes would touch every page of the file again and again.
  var operationsPerWrite = 3000
  var report = ImportReport()

  private let batch: EntryID
  private var waiting: [Waiting] = []
  private var operations = 0
  /// How often the same text has come up: equal entries are numbered.
  private var ordinals: [EntryID: Int] = [:]
  private var seen: Set<EntryID> = []

  private enum Waiting {
    case entry(JournalEntry, tags: [String])
    case prompt(JournalPrompt)
    case skip(StreakSkip)
  }

  init(store: Store, source: String, label: String, options: JournalImport.Options, isDry: Bool) {
    self.store = store
    self.source = source
    self.label = label
    self.options = options
    self.isDry = isDry
    batch = store.world.newID()
    report.isUpdating = options.updatesChanged
  }

  /// True where a batch was just written (or, dry, looked up).
  mutating func take(_ piece: ImportPiece) throws -> Bool {
    switch piece {
    case .issue(let issue): report.note(issue)
    case .foreignLines(let count): report.foreignLines += count
    case .prompt(let prompt):
      waiting.append(.prompt(prompt))
      operations += 1
    case .skip(let skip):
      waiting.append(.skip(skip))
      operations += 1
    case .entry(let item): try take(item)
    }
    guard operations >= operationsPerWrite else { return false }
    try flush()
    return true
  }

  private mutating func take(_ item: ImportItem) throws {
    report.attachments += item.attachments
    let entry = repaired(JournalWriting.fit(identified(item)))
    let tags = JournalWriting.textTags(entry).union(item.tags.compactMap { TagText.name($0) })
    report.note(day: entry.day)
    guard seen.insert(entry.id).inserted else {
      report.known += 1
      return
    }
    waiting.append(.entry(entry, tags: tags.sorted()))
    operations += 1 + tags.count
  }

  private mutating func repaired(_ entry: JournalEntry) -> JournalEntry {
    let title = ImportMojibake.repaired(entry.title)
    let sections = entry.sections.compactMapValues { ImportMojibake.repaired($0) }
    guard title != nil || !sections.isEmpty else { return entry }
    report.garbled += 1
    guard options.repairsText else { return entry }
    report.repaired += 1
    var entry = entry
    entry.title = title ?? entry.title
    entry.sections.merge(sections) { _, repaired in repaired }
    return entry
  }

  /// The entry under the id that it keeps in this store.
  private mutating func identified(_ item: ImportItem) -> JournalEntry {
    if let type = item.entry.type, let key = type.key(for: item.entry.day) {
      return item.entry.with(id: store.derivedID(JournalEntry.kind, type.rawValue, key))
    }
    switch item.identity {
    case .own(let id): return item.entry.with(id: id)
    case .source(let id):
      return item.entry.with(id: store.derivedID(JournalEntry.kind, "import", source, "id", id))
    case .content(let text):
      let first = store.derivedID(JournalEntry.kind, "import", source, "text", text)
      let ordinal = ordinals[first, default: 0]
      ordinals[first] = ordinal + 1
      guard ordinal > 0 else { return item.entry.with(id: first) }
      return item.entry.with(
        id: store.derivedID(JournalEntry.kind, "import", source, "text", String(ordinal), text))
    }
  }

  /// Writes what waits, or only counts it.
  mutating func flush() throws {
    guard !waiting.isEmpty else { return }
    var report = report
    if isDry {
      try store.read { db in
        for one in waiting { _ = try look(one, &report, JournalQueries.Standing(db)) }
      }
    } else {
      _ = try store.write(label, batch: batch) { edit in
        for one in waiting {
          let fresh = report.fresh
          guard try look(one, &report, JournalQueries.Standing(edit.database)) else { continue }
          switch one {
          case .entry(let entry, let tags) where report.fresh > fresh:
            try edit.save(entry)
            for tag in tags { try JournalWriting.addTag(tag, to: entry.id, edit, store) }
          case .entry(let entry, let tags):
            try JournalWriting.put(entry, explicit: tags, edit, store)
          case .prompt(let prompt): try edit.save(prompt)
          case .skip(let skip): try edit.save(skip)
          }
        }
      }
    }
    self.report = report
    waiting = []
    operations = 0
  }

  /// Counts one thing; true where it is to be written.
  private func look(
    _ one: Waiting, _ report: inout ImportReport, _ standing: JournalQueries.Standing
  ) throws -> Bool {
    switch one {
    case .prompt(let prompt):
      guard try !standing.has(prompt) else { return false }
      report.others += 1
      return true
    case .skip(let skip):
      guard try !standing.has(skip) else { return false }
      report.others += 1
      return true
    case .entry(let entry, _):
      switch try standing.entry(like: entry) {
      case .none:
        report.fresh += 1
        return true
      case .dead:
        report.revived += 1
        return true
      case .same:
        report.known += 1
        return false
      case .different:
        report.changed += 1
        return options.updatesChanged
      case .elsewhere:
        report.changed += 1
        return false
      }
    }
  }
}

extension JournalEntry {
  func with(id: EntryID) -> JournalEntry {
    id == self.id ? self : JournalEntry(id: id, values: values)
  }

  /// Whether it says the same. Time and zone are left out: a source without a zone gets another one
  /// on a journey.
  func saysTheSame(as other: JournalEntry) -> Bool {
    typeName == other.typeName && day == other.day && title == other.title
      && isStarred == other.isStarred && sections == other.sections
  }
}
