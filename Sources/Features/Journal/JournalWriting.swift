package import Kernel
package import Life
package import Storage

/// Why a journal entry could not be written as asked.
package enum JournalError: Error, Equatable, Sendable {
  /// There is no such entry, or it is deleted.
  case notFound(EntryID)
  /// A structured entry would move to a day (a review: a week) that has one already.
  case taken(type: JournalType, day: Day, by: EntryID)
  /// Neither a title nor a text.
  case empty
  /// A tag's name holds no letter or digit.
  case noTag(String)
}

/// The journal's writes: what screens and the command line do. Each is one undo.
package enum JournalWriting {
  /// What somebody adds: an entry without an id.
  package struct Addition: Equatable, Sendable {
    package var type: JournalType
    package var day: Day
    /// nil: now.
    package var at: Moment?
    package var title: String
    package var sections: [String: String]
    /// Beside those that its text holds.
    package var tags: [String]
    package var isStarred: Bool
    package var mood: Int?

    package init(
      type: JournalType = .note, day: Day, at: Moment? = nil, title: String = "",
      sections: [String: String] = [:], tags: [String] = [], isStarred: Bool = false,
      mood: Int? = nil
    ) {
      self.type = type
      self.day = day
      self.at = at
      self.title = title
      self.sections = sections
      self.tags = tags
      self.isStarred = isStarred
      self.mood = mood
    }
  }

  /// What became of an addition.
  package struct Added: Equatable, Sendable {
    package let id: EntryID
    /// True where the day had the structured entry already, and the text was put behind its own.
    package let isAppended: Bool
  }

  /// Writes a new entry. A structured one whose day (a review: whose week) has one already gets its
  /// text added to that one. Throws `JournalError.empty`.
  @discardableResult
  package static func add(_ addition: Addition, in store: Store) throws -> Added {
    guard !addition.title.isBlank || addition.sections.values.contains(where: { !$0.isBlank })
    else { throw JournalError.empty }
    let id = entryID(addition.type, addition.day, in: store)
    let label = "\(Self.labels[addition.type] ?? "New entry") of \(addition.day)"
    return try store.write(addition.type == .note ? "New note" : label) { edit in
      let standing =
        try edit.find(JournalEntry.self, id: id)
        ?? JournalQueries.entry(edit.database, type: addition.type, on: addition.day)
      if var entry = standing {
        append(addition, to: &entry)
        try put(entry, explicit: addition.tags, edit, store)
        return Added(id: entry.id, isAppended: true)
      }
      var entry = JournalEntry(
        id: id, type: addition.type, day: addition.day, at: addition.at ?? store.world.now(),
        zone: store.world.zone().name, title: addition.title, isStarred: addition.isStarred,
        mood: addition.mood, sections: addition.sections)
      entry.sections = entry.sections.filter { !$0.value.isEmpty }
      try put(entry, explicit: addition.tags, edit, store)
      return Added(id: id, isAppended: false)
    }
  }

  private static let labels: [JournalType: String] = [
    .morning: "Morning pages", .reflection: "Reflection", .review: "Review",
  ]

  private static func append(_ addition: Addition, to entry: inout JournalEntry) {
    if entry.title.isEmpty { entry.title = addition.title }
    for (name, text) in addition.sections where !text.isEmpty {
      if let old = entry.sections[name], !old.isEmpty {
        let gap = old.hasSuffix("\n\n") ? "" : old.hasSuffix("\n") ? "\n" : "\n\n"
        entry.sections[name] = old + gap + text
      } else {
        entry.sections[name] = text
      }
    }
    if addition.isStarred { entry.isStarred = true }
    if let mood = addition.mood { entry.mood = mood }
  }

  /// Writes an entry as it stands. `tags` are those beside the ones that its text holds; nil keeps
  /// those that it has, as far as they did not come from the text that was there before.
  /// True where something changed.
  @discardableResult
  package static func save(
    _ entry: JournalEntry, tags: [String]? = nil, in store: Store, label: String? = nil
  ) throws -> Bool {
    try store.write(label ?? Self.label(for: entry, isNew: false)) { edit in
      try put(entry, explicit: tags, edit, store)
    }
  }

  /// "New note", "Edit of the reflection of 2026-11-20": what an undo would undo.
  package static func label(for entry: JournalEntry, isNew: Bool) -> String {
    let name =
      switch entry.type {
      case .note: "note"
      case .morning: "morning pages"
      case .reflection: "reflection"
      case .review: "review"
      case nil: "entry"
      }
    return isNew ? "New \(name)" : "Edit \(name) of \(entry.day)"
  }

  /// The id that an entry of a type on a day gets: derived from type and day, random for notes.
  package static func entryID(_ type: JournalType, _ day: Day, in store: Store) -> EntryID {
    type.key(for: day).map { store.derivedID(JournalEntry.kind, type.rawValue, $0) }
      ?? store.world.newID()
  }

  /// Moves entries to the trash, with their tags. How many were there.
  @discardableResult
  package static func delete(_ ids: [EntryID], in store: Store) throws -> Int {
    try store.write("Delete \(counted(ids.count))") { edit in
      var count = 0
      for id in ids {
        // the entry first: its tags' deletions are younger, which tells them from earlier ones
        guard try edit.delete(JournalEntry.kind, id: id) else { continue }
        count += 1
        for name in try JournalQueries.tags(edit.database, of: id) {
          try edit.delete(Tagging.kind, id: taggingID(id, name, in: store))
        }
      }
      return count
    }
  }

  /// Takes entries out of the trash, with the tags that went there with them. How many were in it.
  @discardableResult
  package static func restore(_ ids: [EntryID], in store: Store) throws -> Int {
    try store.write("Restore \(counted(ids.count))") { edit in
      var count = 0
      for id in ids {
        let tags = try JournalQueries.tagsLost(edit.database, with: id)
        guard try edit.revive(JournalEntry.kind, id: id) else { continue }
        count += 1
        for tag in tags { try edit.revive(Tagging.kind, id: tag) }
      }
      return count
    }
  }

  /// Stars entries, or takes their stars away. How many changed.
  @discardableResult
  package static func star(_ ids: [EntryID], _ isStarred: Bool, in store: Store) throws -> Int {
    try store.write("\(isStarred ? "Star" : "Unstar") \(counted(ids.count))") { edit in
      var count = 0
      for id in ids {
        guard var entry = try edit.find(JournalEntry.self, id: id) else { continue }
        entry.isStarred = isStarred
        if try edit.save(entry) { count += 1 }
      }
      return count
    }
  }

  static func counted(_ count: Int) -> String { count == 1 ? "entry" : "\(count) entries" }
}
