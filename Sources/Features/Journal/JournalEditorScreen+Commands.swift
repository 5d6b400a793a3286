internal import Kernel
internal import Life
internal import Storage
package import TUI

extension JournalEditorScreen {
  package static let commands: [Command<JournalEditorScreen>] = keeping + facts + moving

  private static let keeping: [Command<JournalEditorScreen>] = [
    Command(
      "editor.close", "Save and close", keys: ["<esc>"], hint: "save and close",
      help: "Saves what you wrote and goes back. Nothing is ever lost here."
    ) { screen in
      let saved = try screen.editor.save()
      let entry = screen.editor.entry
      return .all([
        .popThen { below in
          if saved != .nothing, var list = below as? JournalListScreen {
            list.list.want(entry.id, key: JournalKey(day: entry.day, at: entry.at, id: entry.id))
            below = list
          }
          return .stay
        }, Self.told(saved),
      ])
    },
    Command(
      "editor.save", "Save", keys: ["C-s", "C-x C-s"], hint: "save", help: "Saves and stays here."
    ) {
      Self.told(try $0.editor.save())
    },
    Command(
      "editor.discard", "Discard changes", keys: ["C-x k"],
      help: "Throws away what you wrote since the last save."
    ) { screen in
      .ask(
        Question(
          "Throw away what you wrote since the last save?",
          detail: "This cannot be undone.",
          answers: [
            .init("k", "keep writing"),
            .init("d", "discard it") { screen in
              guard var own = screen as? JournalEditorScreen else { return .stay }
              // A draft that the disk does not let go of opens again; the page can be left now.
              defer { screen = own }
              do { try own.editor.discard() } catch {
                return .all([.pop, .say(Notice(SafeText(Words.of(error).sentence), tone: .bad))])
              }
              return .all([.pop, .say(Notice("Discarded."))])
            },
          ]))
    },
    Command(
      "editor.external", "Your own editor", keys: ["C-x e"],
      help: "Goes on in $VISUAL or $EDITOR; what it saves comes back here."
    ) { screen in
      .edit(
        ExternalEdit(text: screen.editor.fullText) { screen, text in
          guard var own = screen as? JournalEditorScreen else { return .stay }
          own.editor.setText(text)
          screen = own
          return .stay
        })
    },
  ]

  static func told(_ saved: JournalEditor.Saved) -> Step {
    switch saved {
    case .nothing: .stay
    case .saved: .say(Notice("Saved. u undoes", tone: .good))
    case .savedOverOther:
      .say(
        Notice(
          "Saved. It was changed elsewhere meanwhile: that text is in the history.", tone: .warn))
    }
  }

  private static let facts: [Command<JournalEditorScreen>] = [
    Command(
      "editor.date", "Change the date", keys: ["C-x d"],
      help: "Moves the entry to another day: yesterday, -3d, 2024-05-01."
    ) { screen in
      .prompt(
        DayPrompt.prompt("Date", text: screen.editor.entry.day.description, desk: screen.desk) {
          (screen: inout JournalEditorScreen, day) in
          try screen.move(to: day)
        })
    },
    Command(
      "editor.tags", "Tags", keys: ["C-x t"], hint: "tags",
      help: "Its tags, with blanks between them."
    ) { screen in
      .prompt(
        Prompt("Tags", text: screen.editor.tags.joined(separator: " ")) { screen, text in
          guard var own = screen as? JournalEditorScreen else { return .stay }
          own.editor.tags = TagText.list(text)
          own.editor.touch()
          screen = own
          return .stay
        })
    },
    Command("editor.mood", "Mood", keys: ["C-x m"], help: "How the day felt, in one of five words.")
    { _ in
      let none = Picker.Item("none", detail: "says nothing") { try setMood(nil, on: &$0) }
      return .pick(
        Picker(
          "Mood",
          items: Mood.allCases.reversed().map { mood in
            Picker.Item(SafeText("\(mood.glyph) \(mood.name)")) {
              try setMood(mood.rawValue, on: &$0)
            }
          } + [none]))
    },
    Command(
      "editor.star", "Star", keys: ["C-x s"], help: "Stars the entry, or takes the star away."
    ) {
      $0.editor.entry.isStarred.toggle()
      $0.editor.touch()
      return .stay
    },
    Command(
      "editor.prompt", "Another question", keys: ["C-x p"],
      help: "Another question on the empty page."
    ) {
      $0.anotherPrompt()
      return .stay
    },
    Command(
      "editor.template", "Insert a template", keys: ["C-x i"],
      help: "Puts a template's text at the caret.",
      offer: { $0.templates.isEmpty ? .no(because: "there is no template for this type") : .yes }
    ) { screen in
      .pick(
        Picker(
          "Templates",
          items: screen.templates.map { template in
            Picker.Item(SafeText(template.title), detail: SafeText(template.text)) { screen in
              guard var own = screen as? JournalEditorScreen else { return .stay }
              _ = own.paste(template.text)
              screen = own
              return .stay
            }
          }))
    },
  ]

  private static func setMood(_ mood: Int?, on screen: inout any Screen) throws -> Step {
    guard var own = screen as? JournalEditorScreen else { return .stay }
    own.editor.entry.mood = mood
    own.editor.touch()
    screen = own
    return .stay
  }

  private static let moving: [Command<JournalEditorScreen>] = [
    Command(
      "editor.move.next", "Next field", keys: ["<tab>"], hint: "next field",
      help: "To the next section.",
      offer: { $0.editor.sections.count > 1 || $0.editor.showsTitle ? .yes : .hidden }
    ) {
      $0.moveFocus(1)
      return .stay
    },
    Command(
      "editor.move.previous", "Previous field", keys: ["<S-tab>"], help: "To the section before."
    ) {
      $0.moveFocus(-1)
      return .stay
    },
    Command(
      "editor.move.weekdown", "Scroll the week", keys: ["M-j", "M-<down>"],
      help: "Scrolls the week's entries beside the review.", offer: { $0.hasWeek ? .yes : .hidden }
    ) {
      $0.scrollWeek(3)
      return .stay
    },
    Command(
      "editor.move.weekup", "Scroll the week back", keys: ["M-k", "M-<up>"],
      help: "Scrolls the week's entries back.", offer: { $0.hasWeek ? .yes : .hidden }
    ) {
      $0.scrollWeek(-3)
      return .stay
    },
  ]

  /// A structured entry that moves to another day becomes that day's entry, if the day has none.
  mutating func move(to day: Day) throws -> Step {
    guard day != editor.entry.day else { return .stay }
    if let refusal = try JournalWriting.refusal(moving: editor.entry, to: day, in: desk.store) {
      return .say(Notice(SafeText(refusal), tone: .warn))
    }
    try editor.move(to: day)
    return .say(Notice(SafeText("Moved to \(Dates.long(day))."), tone: .good))
  }
}
