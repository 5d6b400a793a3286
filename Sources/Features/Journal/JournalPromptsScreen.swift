package import Kernel
internal import Life
internal import Storage
package import TUI

/// The questions and templates of the empty page: built-in ones and one's own, to edit.
package struct JournalPromptsScreen: Screen {
  let desk: Desk
  private var offered: [OfferedPrompt] = []
  private var selected = 0
  private var top = 0
  private var height = 1

  package init(desk: Desk) { self.desk = desk }

  package static let context = "journal.prompts"
  package var title: String { "Prompts" }
  package var reads: Set<Kind> { [JournalPrompt.kind] }
  package var headline: (text: SafeText, figure: SafeText) {
    ("What the empty page asks.", SafeText(counted(offered.count, "prompt", "prompts")))
  }

  private var current: OfferedPrompt? {
    offered.indices.contains(selected) ? offered[selected] : nil
  }

  package mutating func load(_ size: Size) throws {
    height = size.height
    offered = JournalPrompts.offered(own: try desk.store.read { try JournalQueries.prompts($0) })
    move(0)
  }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, offered.count - 1))
    top = min(top, selected)
    if selected >= top + height { top = selected - height + 1 }
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    for (row, index) in offered.indices.dropFirst(top).prefix(rect.height).enumerated() {
      let (place, prompt) = (rect.row(row), offered[index])
      if index == selected {
        surface.ground(.selection, in: place)
        surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
        surface.cursor = Point(x: place.x, y: place.y)
      }
      let kind = prompt.role == .template ? "template" : JournalLabels.word(prompt.type)
      surface.put(SafeText(kind), .muted, at: Point(x: place.x + 1, y: place.y), in: place)
      let right =
        surface.right(
          SafeText(prompt.own == nil ? "" : "yours"), .accent, y: place.y, in: place) - 1
      let text = prompt.title.isEmpty ? prompt.text : "\(prompt.title): \(prompt.text)"
      surface.fit(
        SafeText(text), .text, at: Point(x: place.x + 11, y: place.y),
        in: Rect(x: place.x, y: place.y, width: right - place.x, height: 1))
    }
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    move(top + point.y - rect.y - selected)
    return .stay
  }

  package mutating func scroll(_ lines: Int) throws { move(lines) }

  /// One line is edited here; a template with several goes to the person's own editor.
  private func edit(_ prompt: OfferedPrompt) -> Step {
    let store = desk.store
    if prompt.role == .template || prompt.text.contains("\n") {
      return .edit(
        ExternalEdit(text: prompt.text) { _, text in
          try JournalWriting.save(prompt: prompt, text: text, title: prompt.title, in: store)
          return .stay
        })
    }
    return .prompt(
      Prompt("Ask", text: prompt.text) { _, text in
        try JournalWriting.save(prompt: prompt, text: text, title: prompt.title, in: store)
        return .stay
      })
  }

  package static let commands: [Command<JournalPromptsScreen>] = [
    Command("prompts.move.down", "Down", keys: ["j", "<down>"], help: "The next one.") {
      $0.move(1)
      return .stay
    },
    Command("prompts.move.up", "Up", keys: ["k", "<up>"], help: "The one before.") {
      $0.move(-1)
      return .stay
    },
    Command(
      "prompts.move.pagedown", "Page down", keys: ["<pagedown>", "<space>"], help: "A page on."
    ) {
      $0.move($0.height)
      return .stay
    },
    Command("prompts.move.pageup", "Page up", keys: ["<pageup>"], help: "A page back.") {
      $0.move(-$0.height)
      return .stay
    },
    Command(
      "prompts.edit", "Reword", keys: ["<enter>", "i"], hint: "reword",
      help: "Puts it in your own words; a template opens in your editor.",
      offer: { $0.current == nil ? .no(because: "there is no prompt") : .yes }
    ) { screen in screen.current.map { screen.edit($0) } ?? .stay },
    Command(
      "prompts.new", "New prompt", keys: ["n", "a"], hint: "new",
      help: "Adds a question of your own for the kind under the cursor."
    ) {
      screen in
      let (store, like) = (screen.desk.store, screen.current)
      return .prompt(
        Prompt("Ask") { _, text in
          let own = OfferedPrompt(
            key: "", role: .prompt, type: like?.type ?? .morning, section: like?.section, title: "",
            text: text, own: nil)
          try JournalWriting.save(prompt: own, text: text, in: store)
          return .stay
        })
    },
    Command(
      "prompts.delete", "Put away", keys: ["d d", "<delete>"], hint: "put away",
      help: "Is not asked any more; undo brings it back.",
      offer: { $0.current == nil ? .no(because: "there is no prompt") : .yes }
    ) { screen in
      guard let prompt = screen.current else { return .stay }
      try JournalWriting.save(
        prompt: prompt, text: prompt.text, title: prompt.title, isActive: false,
        in: screen.desk.store)
      return .say(Notice("It will not be asked any more. u undoes", tone: .good))
    },
  ]
}
