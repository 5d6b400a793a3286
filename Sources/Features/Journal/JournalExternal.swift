internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// An entry as one text for the person's own editor, and back.
enum JournalExternal {
  /// A draft goes along. What comes back and cannot be saved stands in the editor.
  static func edit(_ id: EntryID, desk: Desk) throws -> Step {
    guard let editor = try JournalEditor(editing: id, desk: desk) else { return .stay }
    return .edit(
      ExternalEdit(text: editor.fullText) { _, text in
        var changed = editor
        changed.setText(text)
        do {
          return JournalEditorScreen.told(try changed.save())
        } catch {
          return .all([
            .push(JournalEditorScreen(changed)),
            .say(Notice(SafeText(Words.of(error).sentence), tone: .bad)),
          ])
        }
      })
  }
}
