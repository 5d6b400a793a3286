internal import Kernel
internal import TUI

/// A command without its owner: what footer, help, palette and keymap look at.
struct Listed: Equatable {
  let id: String
  let title: String
  let hint: String?
  let help: String
  let keys: [String]
  let offer: Offer

  init<Owner>(_ command: Command<Owner>, offer: Offer) {
    id = command.id
    title = command.title
    hint = command.hint
    help = command.help
    keys = command.keys
    self.offer = offer
  }
}

/// Opens the existential: what a screen offers now.
func listed<S: Screen>(_ screen: S) -> [Listed] {
  S.commands.map { Listed($0, offer: $0.offer(screen)) }
}

/// What of a screen's commands the footer can name now.
func hinted<S: Screen>(_ screen: S) -> [(id: String, word: String, label: String?)] {
  S.commands.compactMap { command in
    guard let word = command.hint, command.offer(screen) == .yes else { return nil }
    return (command.id, word, command.keysLabel)
  }
}

/// Runs a screen's command; nil where it has none of that id. A command that is not offered says why.
func perform<S: Screen>(_ id: String, on screen: inout S) throws -> Step? {
  guard let command = S.commands.first(where: { $0.id == id }) else { return nil }
  switch command.offer(screen) {
  case .yes: return try command.run(&screen)
  case .no(let because): return .say(Notice(.init(because), tone: .warn))
  case .hidden: return .stay
  }
}

/// A screen's commands with their default keys.
func bindings<S: Screen>(_ type: S.Type) -> [KeyMap.Binding] {
  bindings(of: S.commands, in: S.context)
}

func bindings<Owner>(of commands: [Command<Owner>], in context: String) -> [KeyMap.Binding] {
  commands.map {
    KeyMap.Binding(context: context, command: $0.id, title: $0.title, keys: $0.keys)
  }
}

func context<S: Screen>(of screen: S) -> String { S.context }
