/// A key press as the terminal tells it.
package struct Key: Hashable, Sendable {
  package enum Code: Hashable, Sendable {
    case character(Character)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
  }

  package var code: Code
  package var control: Bool
  package var alt: Bool
  package var shift: Bool

  package init(_ code: Code, control: Bool = false, alt: Bool = false, shift: Bool = false) {
    self.code = code
    self.control = control
    self.alt = alt
    self.shift = shift
  }

  package static func character(_ character: Character) -> Key { Key(.character(character)) }
  package static func control(_ character: Character) -> Key {
    Key(.character(character), control: true)
  }
  package static func alt(_ character: Character) -> Key { Key(.character(character), alt: true) }

  /// The character that this key types: nil with Control or Alt, and for keys without a character.
  package var typed: Character? {
    guard case .character(let character) = code, !control, !alt else { return nil }
    return character
  }
}

/// One key after another, such as `g g`.
package struct KeySequence: Hashable, Sendable {
  package let keys: [Key]
  package init(_ keys: [Key]) { self.keys = keys }
}
