package import Kernel
package import Life
package import Storage

extension JournalWriting {
  /// Why `entry` cannot move to `day`, as a sentence; nil where it can.
  package static func refusal(
    moving entry: JournalEntry, to day: Day, in store: Store
  ) throws -> String? {
    guard let other = try occupant(entry, day, in: store) else { return nil }
    let place = other.type == .review ? "The week of \(day)" : "\(day)"
    return "\(place) has its own \(name(other.type)) already. Delete or move that one first."
  }

  private static func name(_ type: JournalType?) -> String {
    switch type {
    case .morning: "morning pages"
    case .review: "weekly review"
    case .reflection: "reflection"
    case .note, nil: "entry"
    }
  }

  private static func occupant(
    _ entry: JournalEntry, _ day: Day, in store: Store
  ) throws -> JournalEntry? {
    guard let type = entry.type, type.key(for: day) != type.key(for: entry.day) else { return nil }
    let found = try store.read { try JournalQueries.entry($0, type: type, on: day) }
    return found?.id == entry.id ? nil : found
  }

  /// Moves an entry to another day, and gives back its id there. A structured entry becomes the one
  /// of that day, with a new id; its history stays with the old one, in the trash. Throws
  /// `JournalError.taken` where the day has one already, `notFound` where the entry is gone.
  @discardableResult
  package static func setDay(_ day: Day, of id: EntryID, in store: Store) throws -> EntryID {
    guard let entry = try store.read({ try JournalQueries.entry($0, id: id) }) else {
      throw JournalError.notFound(id)
    }
    if let other = try occupant(entry, day, in: store), let type = entry.type {
      throw JournalError.taken(type: type, day: day, by: other.id)
    }
    return try store.write("Move \(name(entry.type)) to \(day)") { edit in
      guard var moved = try edit.find(JournalEntry.self, id: id) else {
        throw JournalError.notFound(id)
      }
      moved.day = day
      guard let type = moved.type, let key = type.key(for: day), key != type.key(for: entry.day)
      else {
        try edit.save(moved)
        return id
      }
      let tags = try JournalQueries.tags(edit.database, of: id)
      let target = store.derivedID(JournalEntry.kind, type.rawValue, key)
      try put(JournalEntry(id: target, values: moved.values), explicit: tags, edit, store)
      try edit.delete(JournalEntry.kind, id: id)
      for tag in tags { try edit.delete(Tagging.kind, id: taggingID(id, tag, in: store)) }
      return target
    }
  }

  /// Leaves a day out of the journal's streak: it neither counts nor breaks.
  package static func skip(_ day: Day, reason: String, in store: Store) throws {
    let id = store.derivedID(StreakSkip.kind, StreakSkip.journal, day.description)
    _ = try store.write("Skip \(day)") { edit in
      try edit.save(
        StreakSkip(
          id: id, streak: StreakSkip.journal, day: day, reason: reason.withoutNul))
    }
  }

  /// Takes a skip back. True where there was one.
  @discardableResult
  package static func unskip(_ day: Day, in store: Store) throws -> Bool {
    let id = store.derivedID(StreakSkip.kind, StreakSkip.journal, day.description)
    return try store.write("Skip \(day) no longer") { edit in
      try edit.delete(StreakSkip.kind, id: id)
    }
  }

  /// Writes a person's prompt or template: a new one, or their version of a built-in one (whose row
  /// has an id derived from its key).
  @discardableResult
  package static func save(
    prompt offered: OfferedPrompt, text: String, title: String = "", isActive: Bool = true,
    in store: Store
  ) throws -> EntryID {
    let isBuiltIn = JournalPrompts.offered(own: []).contains { $0.key == offered.key }
    let id =
      offered.own
      ?? (isBuiltIn ? store.derivedID(JournalPrompt.kind, offered.key) : store.world.newID())
    return try store.write(isActive ? "Edit prompt" : "Put prompt away") { edit in
      let standing = try edit.find(JournalPrompt.self, id: id)
      let prompt = JournalPrompt(
        id: id, role: offered.role, type: offered.type, section: offered.section,
        title: title.withoutNul, text: text.withoutNul, position: standing?.position ?? "",
        isActive: isActive, builtin: isBuiltIn ? offered.key : standing?.builtin)
      try edit.save(prompt)
      return id
    }
  }

  /// Deletes a person's own prompt, or gives a built-in one back its words.
  @discardableResult
  package static func delete(prompt id: EntryID, in store: Store) throws -> Bool {
    try store.write("Delete prompt") { try $0.delete(JournalPrompt.kind, id: id) }
  }
}
