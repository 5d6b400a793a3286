package import Kernel
internal import Life
internal import Storage
package import TUI

/// One entry over the whole screen, to read.
package struct JournalEntryScreen: Screen {
  let desk: Desk
  let id: EntryID
  var detail = JournalDetail()
  private var height = 1

  package init(id: EntryID, desk: Desk) {
    self.id = id
    self.desk = desk
  }

  package static let context = "journal.entry"
  package var title: String { "Entry" }
  package var reads: Set<Kind> { [JournalEntry.kind, Tagging.kind] }
  package var headline: (text: SafeText, figure: SafeText) { ("", "") }

  package mutating func load(_ size: Size) throws {
    height = size.height
    try detail.load(id, desk: desk, size: Size(width: Self.column(size.width), height: size.height))
  }

  /// Lines of more than 84 columns are hard to read.
  private static func column(_ width: Int) -> Int { min(84, width - 1) }

  package func draw(on surface: inout Surface, in rect: Rect) {
    let column = Rect(x: rect.x + 1, y: rect.y, width: Self.column(rect.width), height: rect.height)
    if detail.entry == nil {
      surface.fit(
        "This entry is in the trash. u undoes, g x opens the trash.", .muted,
        at: Point(x: column.x, y: column.y), in: column)
    }
    detail.draw(on: &surface, in: column)
    surface.cursor = Point(x: column.x, y: column.y)
  }

  package mutating func scroll(_ lines: Int) throws { detail.scroll(lines) }

  package static let commands: [Command<JournalEntryScreen>] = [
    Command("entry.move.down", "Scroll down", keys: ["j", "<down>"], help: "A line further.") {
      $0.detail.scroll(1)
      return .stay
    },
    Command("entry.move.up", "Scroll up", keys: ["k", "<up>"], help: "A line back.") {
      $0.detail.scroll(-1)
      return .stay
    },
    Command(
      "entry.move.pagedown", "Page down", keys: ["<pagedown>", "<space>", "C-f"],
      help: "A page further."
    ) {
      $0.detail.scroll($0.height - 1)
      return .stay
    },
    Command("entry.move.pageup", "Page up", keys: ["<pageup>", "C-b"], help: "A page back.") {
      $0.detail.scroll(-($0.height - 1))
      return .stay
    },
    Command(
      "entry.edit", "Edit", keys: ["<enter>", "i"], hint: "edit", help: "Writes in this entry."
    ) {
      .replace(try JournalEditorScreen(editing: $0.id, desk: $0.desk))
    },
    Command(
      "entry.editor", "Edit in your editor", keys: ["E"], help: "Opens it in $VISUAL or $EDITOR."
    ) {
      try JournalExternal.edit($0.id, desk: $0.desk)
    },
    Command(
      "entry.star", "Star", keys: ["s", "*"], hint: "star",
      help: "Stars it, or takes the star away."
    ) {
      try JournalWriting.star([$0.id], !($0.detail.entry?.isStarred ?? false), in: $0.desk.store)
      return .stay
    },
    Command("entry.tag", "Tag", keys: ["#"], hint: "tag", help: "Adds tags; -tag takes one away.") {
      .prompt(
        try TagPrompt.prompt(for: [$0.id], desk: $0.desk) { (_: inout JournalEntryScreen) in })
    },
    Command("entry.delete", "Delete", keys: ["d d", "<delete>"], help: "Moves it to the trash.") {
      try JournalWriting.delete([$0.id], in: $0.desk.store)
      return .all([.pop, .say(Notice("Entry deleted. u undoes", tone: .good))])
    },
    Command(
      "entry.history", "History", keys: ["h"], hint: "history",
      help: "Its versions and what changed."
    ) {
      .push(JournalHistoryScreen(id: $0.id, desk: $0.desk))
    },
    Command("entry.copy", "Copy", keys: ["c"], help: "Copies its text to the clipboard.") {
      .copy($0.detail.entry?.fullText ?? "", Notice("Copied.", tone: .good))
    },
  ]
}
