internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// An entry as one text for the person's own editor, and back.
enum JournalExternal {
  static func edit(_ id: EntryID, desk: Desk) throws -> Step {
    guard let entry = try desk.store.read({ try JournalQueries.entry($0, id: id) }) else {
      return .stay
    }
    let before = try desk.store.read { try JournalQueries.tags($0, of: id) }
    return .edit(
      ExternalEdit(text: SectionText.join(entry.sections, type: entry.type, withEmpty: true)) {
        _, text in
        var changed = entry
        changed.sections = SectionText.split(text, type: entry.type)
        try JournalWriting.save(
          changed, tags: before, in: desk.store,
          label: JournalWriting.label(for: entry, isNew: false))
        return .say(Notice("Saved. u undoes", tone: .good))
      })
  }
}
