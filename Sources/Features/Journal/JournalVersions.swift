internal import Kernel
internal import Life
internal import Storage

/// What an entry was at one moment: its text, and how it differs from the one before.
struct JournalVersion: Equatable {
  let moment: Moment
  let entry: JournalEntry
  let isCurrent: Bool
  /// Lines added and removed against the version before.
  var added = 0
  var removed = 0

  var text: String {
    let body = SectionText.join(entry.sections, type: entry.type)
    return entry.title.isEmpty ? body : entry.title + "\n\n" + body
  }
}

/// The versions of an entry, put together from the versions of its fields.
enum JournalVersions {
  /// Newest first; the first one is how it stands. Writes of one moment are one version.
  static func all(of id: EntryID, desk: Desk) throws -> [JournalVersion] {
    var changes: [(stamp: Stamp, field: Int, value: Value)] = []
    for (index, field) in JournalEntry.fields.enumerated() {
      for version in try desk.store.versions(of: JournalEntry.kind, id: id, field: field.name) {
        changes.append((version.stamp, index, version.value))
      }
    }
    changes.sort { ($0.stamp, $0.field) < ($1.stamp, $1.field) }
    var values = Array(repeating: Value.null, count: JournalEntry.fields.count)
    var versions: [JournalVersion] = []
    for (position, change) in changes.enumerated() {
      values[change.field] = change.value
      let isLast = position + 1 == changes.count || changes[position + 1].stamp != change.stamp
      guard isLast else { continue }
      var version = JournalVersion(
        moment: Moment(milliseconds: change.stamp.milliseconds),
        entry: JournalEntry(id: id, values: values), isCurrent: position + 1 == changes.count)
      guard version.text != versions.last?.text || versions.isEmpty else {
        if version.isCurrent, let last = versions.popLast() {
          version = JournalVersion(
            moment: last.moment, entry: version.entry, isCurrent: true, added: last.added,
            removed: last.removed)
          versions.append(version)
        }
        continue
      }
      (version.added, version.removed) =
        TextDiff(from: versions.last?.text ?? "", to: version.text).counts
      versions.append(version)
    }
    return versions.reversed()
  }

  /// Makes an older text stand again: title and sections; day, star and the rest stay as they are.
  static func restore(_ version: JournalVersion, of id: EntryID, desk: Desk) throws {
    let (current, tags) = try desk.store.read { db in
      (try JournalQueries.entry(db, id: id), try JournalQueries.tags(db, of: id))
    }
    var entry = current ?? version.entry
    entry.title = version.entry.title
    entry.sections = version.entry.sections
    try JournalWriting.save(
      entry, tags: tags, in: desk.store, label: "Restore an older \(JournalLabels.word(entry.type))"
    )
  }
}
