internal import Kernel
internal import Life
internal import Storage
package import TUI

extension JournalListScreen {
  package static let commands: [Command<JournalListScreen>] = writing + looking + changing + moves

  private static let nothingHere = "there is no entry under the cursor"

  private static let moves: [Command<JournalListScreen>] = [
    move("journal.move.down", "Down", ["j", "<down>", "C-n"], hint: nil, "The next older entry.") {
      try $0.move(by: 1)
    },
    move("journal.move.up", "Up", ["k", "<up>"], hint: nil, "The next newer entry.") {
      try $0.move(by: -1)
    },
    move(
      "journal.move.pagedown", "Page down", ["<pagedown>", "C-f", "<space>"], hint: nil,
      "A page of older entries."
    ) {
      try $0.move(by: $0.page)
    },
    move(
      "journal.move.pageup", "Page up", ["<pageup>", "C-b"], hint: nil, "A page of newer entries."
    ) {
      try $0.move(by: -$0.page)
    },
    move("journal.move.first", "Newest", ["g g", "<home>"], hint: nil, "The newest entry.") {
      try $0.moveToEnd(true)
    },
    move("journal.move.last", "Oldest", ["G", "<end>"], hint: nil, "The oldest entry.") {
      try $0.moveToEnd(false)
    },
    move(
      "journal.move.olderday", "Older day", ["]"], hint: nil, "The next older day that has entries."
    ) {
      try $0.moveDay(older: true)
    },
    move(
      "journal.move.newerday", "Newer day", ["["], hint: nil, "The next newer day that has entries."
    ) {
      try $0.moveDay(older: false)
    },
    Command(
      "journal.move.textdown", "Scroll the entry", keys: ["J", "C-d"],
      help: "Scrolls the entry beside the list.", offer: { $0.isWide ? .yes : .hidden }
    ) { screen in
      screen.detail.scroll(3)
      return .stay
    },
    Command(
      "journal.move.textup", "Scroll the entry back", keys: ["K", "C-u"],
      help: "Scrolls the entry beside the list back.", offer: { $0.isWide ? .yes : .hidden }
    ) { screen in
      screen.detail.scroll(-3)
      return .stay
    },
  ]

  private static let writing: [Command<JournalListScreen>] = [
    Command(
      "journal.open", "Open", keys: ["<enter>", "l", "<right>"], hint: "open",
      help: "Opens the entry; beside the list, where it is read already, to write in it.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { try $0.open() },
    Command("journal.new", "New note", keys: ["n", "a"], hint: "new", help: "Writes a note.") {
      .push(try JournalEditorScreen(new: .note, desk: $0.desk))
    },
    Command(
      "journal.morning", "Morning pages", keys: ["m"], hint: "morning",
      help: "Opens today's morning pages."
    ) { .push(try JournalEditorScreen(new: .morning, desk: $0.desk)) },
    Command(
      "journal.evening", "Daily reflection", keys: ["e"], hint: "evening",
      help: "Opens today's reflection: went well, to improve, grateful for."
    ) { .push(try JournalEditorScreen(new: .reflection, desk: $0.desk)) },
    Command(
      "journal.review", "Weekly review", keys: ["w"], hint: "review",
      help: "Opens this week's review with the week's entries beside it."
    ) { .push(try JournalEditorScreen(new: .review, desk: $0.desk)) },
    Command(
      "journal.edit", "Edit", keys: ["i"], help: "Writes in the entry.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      guard let id = screen.list.current?.id else { return .stay }
      return .push(try JournalEditorScreen(editing: id, desk: screen.desk))
    },
    Command(
      "journal.editor", "Edit in your editor", keys: ["E"],
      help: "Opens the entry in $VISUAL or $EDITOR.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      guard let id = screen.list.current?.id else { return .stay }
      return try JournalExternal.edit(id, desk: screen.desk)
    },
  ]

  private static let changing: [Command<JournalListScreen>] = [
    Command(
      "journal.star", "Star", keys: ["s", "*"], help: "Stars the entry, or takes the star away.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      let now = screen.list.current?.isStarred ?? false
      try JournalWriting.star(screen.list.targets, !now, in: screen.desk.store)
      return .stay
    },
    Command(
      "journal.tag", "Tag", keys: ["#"], help: "Adds tags; -tag takes one away.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      .prompt(
        try TagPrompt.prompt(for: screen.list.targets, desk: screen.desk) {
          (screen: inout JournalListScreen) in screen.list.marked = []
        })
    },
    Command(
      "journal.delete", "Delete", keys: ["d d", "<delete>"],
      help: "Moves the entry, or all marked ones, to the trash; undo brings them back.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      let ids = screen.list.targets
      try JournalWriting.delete(ids, in: screen.desk.store)
      screen.list.marked = []
      return .say(
        Notice(SafeText("\(counted(ids.count, "entry", "entries")) deleted. u undoes"), tone: .good)
      )
    },
    Command(
      "journal.mark", "Mark", keys: ["v", "x"],
      help: "Marks the entry for deleting, tagging or starring several at once.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      try screen.list.toggleMark()
      return .stay
    },
    Command(
      "journal.markall", "Mark the month", keys: ["C-a"],
      help: "Marks every entry of the month under the cursor.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      try screen.list.markMonth()
      return .stay
    },
    Command(
      "journal.unmark", "Let go", keys: ["<esc>"],
      help: "Lets go of the marked entries, then of the filter, then leaves.",
      offer: { $0.list.marked.isEmpty && $0.list.filter.isEmpty ? .hidden : .yes }
    ) { screen in
      if screen.list.marked.isEmpty {
        screen.list.filter = JournalFilter()
        return .command("app.redraw")
      }
      screen.list.marked = []
      return .stay
    },
  ]

  private static let looking: [Command<JournalListScreen>] = [
    Command(
      "journal.goto", "Go to a day", keys: ["t"], hint: "day",
      help: "Moves to a day: today, fri, -3d, 2024-05-01."
    ) { screen in
      .prompt(
        DayPrompt.prompt("Go to", desk: screen.desk) { (screen: inout JournalListScreen, day) in
          try screen.list.move(to: day)
          return .stay
        })
    },
    Command(
      "journal.filter", "Filter", keys: ["f"], hint: "filter",
      help:
        "Shows only a type, a tag, starred entries or a time: type:note #roof starred from:2024."
    ) { screen in
      .prompt(FilterPrompt.prompt(screen.list.filter, desk: screen.desk))
    },
    Command(
      "journal.year", "Year", keys: ["y"], hint: "year",
      help: "The year as a heatmap, with streaks."
    ) {
      .push(JournalYearScreen(desk: $0.desk, day: $0.list.current?.day ?? $0.desk.world.today))
    },
    Command(
      "journal.onthisday", "On this day", keys: ["o"], hint: "on this day",
      help: "What was written on this day in other years.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      let day = screen.list.current?.day ?? screen.desk.world.today
      return .push(JournalListScreen(desk: screen.desk, filter: JournalFilter(onThisDay: day)))
    },
    Command(
      "journal.history", "History", keys: ["h"],
      help: "Every version of the entry with what changed; any of them can be taken back.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      guard let id = screen.list.current?.id else { return .stay }
      return .push(JournalHistoryScreen(id: id, desk: screen.desk))
    },
    Command(
      "journal.copy", "Copy", keys: ["c"],
      help: "Copies the entry's text to the terminal's clipboard.",
      offer: { $0.list.isEmpty ? .no(because: nothingHere) : .yes }
    ) { screen in
      guard let id = screen.list.current?.id,
        let entry = try screen.desk.store.read({ try JournalQueries.entry($0, id: id) })
      else { return .stay }
      return .copy(entry.fullText, Notice("Copied.", tone: .good))
    },
    Command(
      "journal.skip", "Skip a day", keys: ["S"],
      help: "Excuses a day in the streak: rest, sick, travel."
    ) {
      .prompt(SkipPrompt.prompt(day: $0.list.current?.day ?? $0.desk.world.today, desk: $0.desk))
    },
    Command(
      "journal.prompts", "Prompts", keys: ["g p"],
      help: "The questions that the empty page asks; edit them here."
    ) {
      .push(JournalPromptsScreen(desk: $0.desk))
    },
  ]

  private static func move(
    _ id: String, _ title: String, _ keys: [String], hint: String?, _ help: String,
    _ body: @escaping @Sendable (inout JournalList) throws -> Void
  ) -> Command<JournalListScreen> {
    Command(id, title, keys: keys, hint: hint, help: help) { screen in
      try body(&screen.list)
      return .stay
    }
  }
}
