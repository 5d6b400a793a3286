/// Which keys run which commands, by context; the `app` context lies under all others.
///
/// Built from the default keys of the commands and a person's overrides. Where two bindings collide
/// in a context, an override beats a default and an earlier default a later one; `problems` tells.
package struct KeyMap: Sendable {
  /// A command as the key map needs it, with its default keys.
  package struct Binding: Sendable {
    package let context: String
    package let command: String
    package let title: String
    package let keys: [String]
    package init(context: String, command: String, title: String, keys: [String]) {
      self.context = context
      self.command = command
      self.title = title
      self.keys = keys
    }
  }

  /// What a key leads to after those already pressed: a row of the which-key panel.
  package struct Hint: Equatable, Sendable {
    package let key: Key
    /// The command's title; `…` where more keys must follow.
    package let title: String
    /// nil where more keys must follow.
    package let command: String?
  }

  package enum Resolution: Equatable, Sendable {
    /// The id of a command.
    case run(String)
    /// More keys must follow: these.
    case pending([Hint])
    case none
  }

  /// The context that all others inherit.
  package static let global = "app"

  /// What is wrong with the bindings, defaults and overrides; empty where all is well.
  package private(set) var problems: [KeyProblem] = []
  private var levels: [String: Level] = [:]

  /// - Parameters:
  ///   - overrides: keys by command id; no keys at all unbind the command.
  ///   - textContexts: contexts whose keys are text, where a plain character is never a command.
  package init(
    _ bindings: [Binding], overrides: [String: [String]] = [:], textContexts: Set<String> = []
  ) {
    let known = Set(bindings.map(\.command))
    for command in overrides.keys.sorted() where !known.contains(command) {
      problems.append(.unknownCommand(command))
    }
    for binding in bindings {
      if let keys = overrides[binding.command] { add(binding, keys, textContexts) }
    }
    for binding in bindings where overrides[binding.command] == nil {
      add(binding, binding.keys, textContexts)
    }
  }

  /// What the keys pressed so far mean in `context`, or under it.
  ///
  /// While `typing`, plain characters are text, and the global context leaves alone every key that
  /// `TextKeys` knows; the screen's own context may take such a key, but never a plain character.
  package func resolve(
    _ pressed: [Key], in context: String, typing: Bool = false
  ) -> Resolution {
    guard let first = pressed.first, !(typing && first.typed != nil) else { return .none }
    var hints: [Hint] = []
    for name in context == Self.global ? [context] : [context, Self.global] {
      if typing, name == Self.global, TextKeys.command(for: first) != nil { continue }
      guard let level = levels[name] else { continue }
      if hints.isEmpty, let command = level.commands[pressed] { return .run(command) }
      for hint in level.hints[pressed] ?? [] where !hints.contains(where: { $0.key == hint.key }) {
        hints.append(hint)
      }
    }
    return hints.isEmpty ? .none : .pending(hints)
  }

  /// The keys that run `command` in `context` or under it, the first one first.
  package func keys(for command: String, in context: String) -> [KeySequence] {
    for name in [context, Self.global] {
      if let keys = levels[name]?.sequences[command], !keys.isEmpty { return keys }
    }
    return []
  }

  private mutating func add(_ binding: Binding, _ texts: [String], _ textContexts: Set<String>) {
    for text in texts {
      guard let sequence = KeySequence(text) else {
        problems.append(.unreadable(command: binding.command, text: text))
        continue
      }
      if textContexts.contains(binding.context), sequence.keys.first?.typed != nil {
        problems.append(.isText(command: binding.command, keys: sequence))
        continue
      }
      let clash = levels[binding.context, default: Level()].add(sequence, for: binding)
      if let clash, clash.command != binding.command {
        problems.append(
          .clash(
            context: binding.context, kept: clash.command, keptKeys: clash.keys,
            lost: binding.command, lostKeys: sequence))
      }
    }
  }
}

/// What can be wrong with a key map. Nothing of it keeps the program from working.
package enum KeyProblem: Equatable, Sendable {
  /// An override for a command that does not exist.
  case unknownCommand(String)
  /// A text that names no key.
  case unreadable(command: String, text: String)
  /// Two commands of a context want the same keys, or one's keys begin the other's.
  case clash(
    context: String, kept: String, keptKeys: KeySequence, lost: String, lostKeys: KeySequence)
  /// A plain character as a command where keys are text.
  case isText(command: String, keys: KeySequence)
}

/// The bindings of one context.
private struct Level: Sendable {
  var commands: [[Key]: String] = [:]
  /// By the keys pressed so far.
  var hints: [[Key]: [KeyMap.Hint]] = [:]
  var sequences: [String: [KeySequence]] = [:]

  /// Adds, or tells which binding is in the way.
  mutating func add(
    _ sequence: KeySequence, for binding: KeyMap.Binding
  ) -> (command: String, keys: KeySequence)? {
    let keys = sequence.keys
    for count in 1...keys.count {
      let prefix = Array(keys.prefix(count))
      if let other = commands[prefix] { return (other, KeySequence(prefix)) }
    }
    if let other = firstBelow(keys) { return other }
    commands[keys] = binding.command
    sequences[binding.command, default: []].append(sequence)
    for count in 1..<keys.count {
      let isLast = count == keys.count - 1
      let hint = KeyMap.Hint(
        key: keys[count], title: isLast ? binding.title : "…",
        command: isLast ? binding.command : nil)
      let prefix = Array(keys.prefix(count))
      if hints[prefix]?.contains(where: { $0.key == hint.key }) != true {
        hints[prefix, default: []].append(hint)
      }
    }
    return nil
  }

  private func firstBelow(_ keys: [Key]) -> (command: String, keys: KeySequence)? {
    guard let hint = hints[keys]?.first else { return nil }
    let next = keys + [hint.key]
    if let command = hint.command { return (command, KeySequence(next)) }
    return firstBelow(next)
  }
}
