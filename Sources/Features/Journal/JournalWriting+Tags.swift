package import Kernel
package import Life
package import Storage

extension JournalWriting {
  /// The id of a tag on an entry.
  package static func taggingID(_ target: EntryID, _ name: String, in store: Store) -> EntryID {
    store.derivedID(Tagging.kind, target.description, name)
  }

  /// Adds tags to entries and takes others away. A tag that an entry's text holds stays: the text
  /// says so. How many entries changed.
  @discardableResult
  package static func tag(
    _ ids: [EntryID], adding: [String], removing: [String] = [], in store: Store
  ) throws -> Int {
    let adding = try adding.map(named)
    let removing = try removing.map(named)
    let verb = adding.isEmpty ? "Untag" : "Tag"
    return try store.write("\(verb) \(counted(ids.count))") { edit in
      var count = 0
      for id in ids {
        guard let entry = try edit.find(JournalEntry.self, id: id) else { continue }
        var changed = false
        for name in adding where try addTag(name, to: id, edit, store) { changed = true }
        let written = removing.isEmpty ? [] : textTags(entry)
        for name in removing where !written.contains(name) {
          if try edit.delete(Tagging.kind, id: taggingID(id, name, in: store)) { changed = true }
        }
        if changed { count += 1 }
      }
      return count
    }
  }

  private static func named(_ raw: String) throws -> String {
    guard let name = TagText.name(raw) else { throw JournalError.noTag(raw) }
    return name
  }

  /// The tags that stand in an entry's title and texts.
  package static func textTags(_ entry: JournalEntry) -> Set<String> {
    var names = Set(TagText.names(in: entry.title))
    for text in entry.sections.values { names.formUnion(TagText.names(in: text)) }
    return names
  }

  /// Writes an entry and brings its tags in line: those of its text, and the explicit ones (nil:
  /// those it has that the text before did not hold). True where something changed.
  @discardableResult
  static func put(
    _ entry: JournalEntry, explicit: [String]?, _ edit: borrowing Edit, _ store: Store
  ) throws -> Bool {
    let entry = fit(entry)
    let before = try edit.find(JournalEntry.self, id: entry.id)
    let standing = before == nil ? [] : try JournalQueries.tags(edit.database, of: entry.id)
    var changed = try edit.save(entry)
    var wanted = textTags(entry)
    if let explicit {
      wanted.formUnion(explicit.compactMap { TagText.name($0) })
    } else {
      wanted.formUnion(Set(standing).subtracting(before.map(textTags) ?? []))
    }
    for name in wanted.sorted() where !standing.contains(name) {
      if try addTag(name, to: entry.id, edit, store) { changed = true }
    }
    for name in standing where !wanted.contains(name) {
      if try edit.delete(Tagging.kind, id: taggingID(entry.id, name, in: store)) { changed = true }
    }
    return changed
  }

  @discardableResult
  static func addTag(
    _ name: String, to id: EntryID, _ edit: borrowing Edit, _ store: Store
  ) throws -> Bool {
    try edit.save(
      Tagging(
        id: taggingID(id, name, in: store), target: id, targetKind: JournalEntry.kind, name: name))
  }

  /// No register holds U+0000: it becomes the replacement character.
  static func fit(_ entry: JournalEntry) -> JournalEntry {
    var entry = entry
    entry.title = entry.title.withoutNul
    for (name, text) in entry.sections {
      entry.sections[name] = text.isEmpty ? nil : text.withoutNul
    }
    return entry
  }
}

extension String {
  /// With U+FFFD in the place of U+0000.
  var withoutNul: String {
    guard utf8.contains(0) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
  }

  /// Nothing but white space.
  var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
