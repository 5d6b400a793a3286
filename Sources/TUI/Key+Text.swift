package import Kernel

/// The text form of keys, the same in keymaps, the help and the footer's source: `n`, `G`, `C-p`,
/// `M-x`, `<enter>`, `<S-tab>`, `<C-up>`, `<f5>`, `<space>`, `<lt>`.
extension Key {
  /// nil for anything that is no key. Keys that a terminal cannot tell apart become one: `C-i` is
  /// `<tab>`, `C-m` is `<enter>`, `C-[` is `<esc>`, `C-/` is `C-_`.
  package init?(_ text: some StringProtocol) {
    var rest = Substring(text)
    if rest.count > 2, rest.first == "<", rest.last == ">" { rest = rest.dropFirst().dropLast() }
    let isNamed = rest.count < text.count
    var key = Key(.character(" "))
    key.takeModifiers(&rest)
    if !isNamed, rest.count > 2, rest.first == "<", rest.last == ">" {
      rest = rest.dropFirst().dropLast()
      key.takeModifiers(&rest)
      guard let code = Self.codes[rest.lowercased()] ?? Self.function(rest) else { return nil }
      key.code = code
    } else if isNamed, let code = Self.codes[rest.lowercased()] ?? Self.function(rest) {
      key.code = code
    } else if rest.count == 1, let character = rest.first, !isNamed || key.hasModifier {
      guard !character.isWhitespace, character != "\0" else { return nil }
      key.code = .character(character)
    } else {
      return nil
    }
    self = key.normal
  }

  package var hasModifier: Bool { control || alt || shift }

  /// The same key as the terminal would report it.
  package var normal: Key {
    var key = self
    switch code {
    case .tab where shift:
      key.code = .backTab
      key.shift = false
    case .backTab:
      key.shift = false
    case .character(let character):
      if shift {
        let upper = character.uppercased()
        if upper.count == 1, let first = upper.first { key.code = .character(first) }
        key.shift = false
      }
      if control { key = key.controlled(character) }
    default: break
    }
    return key
  }

  private func controlled(_ character: Character) -> Key {
    var key = self
    key.shift = false
    switch character {
    case "i", "I": (key.code, key.control) = (.tab, false)
    case "m", "M": (key.code, key.control) = (.enter, false)
    case "[": (key.code, key.control) = (.escape, false)
    case "/": key.code = .character("_")
    case "@": key.code = .character(" ")
    default:
      let lower = character.lowercased()
      if lower.count == 1, let first = lower.first { key.code = .character(first) }
    }
    return key
  }

  private mutating func takeModifiers(_ rest: inout Substring) {
    while rest.count > 2, rest.dropFirst().first == "-" {
      switch rest.first {
      case "C", "c": control = true
      case "M", "m", "A", "a": alt = true
      case "S", "s": shift = true
      default: return
      }
      rest = rest.dropFirst(2)
    }
  }

  private static func function(_ name: Substring) -> Code? {
    guard name.first == "f" || name.first == "F", let number = Int(name.dropFirst()),
      (1...24).contains(number)
    else { return nil }
    return .function(number)
  }

  private static let codes: [String: Code] = [
    "enter": .enter, "cr": .enter, "return": .enter, "esc": .escape, "escape": .escape,
    "tab": .tab, "backtab": .backTab, "backspace": .backspace, "bs": .backspace,
    "delete": .delete, "del": .delete, "insert": .insert, "ins": .insert, "up": .up,
    "down": .down, "left": .left, "right": .right, "home": .home, "end": .end,
    "pageup": .pageUp, "pgup": .pageUp, "pagedown": .pageDown, "pgdn": .pageDown,
    "space": .character(" "), "lt": .character("<"), "gt": .character(">"),
  ]
}

extension Key: CustomStringConvertible {
  /// The form that a keymap writes; `Key(description)` gives the key back.
  package var description: String {
    var modifiers = (control ? "C-" : "") + (alt ? "M-" : "")
    if code == .backTab { return "<\(modifiers)S-tab>" }
    if shift { modifiers += "S-" }
    switch code {
    case .character(" "): return "<\(modifiers)space>"
    case .character("<"): return modifiers.isEmpty ? "<lt>" : "<\(modifiers)lt>"
    case .character(let character): return modifiers + String(character)
    default: return "<\(modifiers)\(name)>"
    }
  }

  private var name: String {
    switch code {
    case .character(let character): String(character)
    case .enter: "enter"
    case .escape: "esc"
    case .tab, .backTab: "tab"
    case .backspace: "backspace"
    case .delete: "delete"
    case .insert: "insert"
    case .up: "up"
    case .down: "down"
    case .left: "left"
    case .right: "right"
    case .home: "home"
    case .end: "end"
    case .pageUp: "pageup"
    case .pageDown: "pagedown"
    case .function(let number): "f\(number)"
    }
  }

  /// The form that people read in footers and help: `⏎`, `Esc`, `↑`, `C-p`, `Space`.
  package var label: SafeText {
    let modifiers = (control ? "C-" : "") + (alt ? "M-" : "") + (shift ? "S-" : "")
    let name =
      switch code {
      case .character(" "): "Space"
      case .character(let character): String(character)
      case .enter: "⏎"
      case .escape: "Esc"
      case .tab: "Tab"
      case .backTab: "S-Tab"
      case .backspace: "Bksp"
      case .delete: "Del"
      case .insert: "Ins"
      case .up: "↑"
      case .down: "↓"
      case .left: "←"
      case .right: "→"
      case .home: "Home"
      case .end: "End"
      case .pageUp: "PgUp"
      case .pageDown: "PgDn"
      case .function(let number): "F\(number)"
      }
    return SafeText(modifiers + name)
  }
}

extension KeySequence: CustomStringConvertible {
  /// Keys between spaces: `g g`, `C-x C-s`. nil where a part is no key, or there is none.
  package init?(_ text: some StringProtocol) {
    var keys: [Key] = []
    for part in text.split(whereSeparator: \.isWhitespace) {
      guard let key = Key(part) else { return nil }
      keys.append(key)
    }
    guard !keys.isEmpty else { return nil }
    self.init(keys)
  }

  /// The form that a keymap writes.
  package var description: String { keys.map(\.description).joined(separator: " ") }

  /// The form that people read: `g g`, `⏎`.
  package var label: SafeText { SafeText(joining: keys.map(\.label), separator: " ") }
}
