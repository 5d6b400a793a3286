/// Which key does what in every text field: the arrows as everywhere, and the keys of Emacs and
/// readline.
package enum TextKeys {
  /// nil for a key that means nothing in text: Escape, Tab, function keys, all that is not listed.
  package static func command(for key: Key) -> TextCommand? {
    if let typed = key.typed {
      return typed.isNewline ? .newline : .insert(String(typed))
    }
    if case .character(let character) = key.code {
      let bare = String(character)
      if key.control && !key.alt { return control[bare] }
      return key.alt && !key.control ? alt[bare] : nil
    }
    return named(key)
  }

  /// Key, what it does, in the order of a help page.
  package static let help: [(keys: String, does: String)] = [
    ("<left> <right> <up> <down>", "move; with Shift, select"),
    ("C-b C-f C-p C-n", "left, right, up, down"),
    ("<C-left> <C-right> M-b M-f", "a word back, forward"),
    ("<home> <end> C-a C-e", "start and end of the row, then of the line"),
    ("<C-up> <C-down> M-{ M-}", "a paragraph back, forward"),
    ("<C-home> <C-end> M-< M->", "start and end of the text"),
    ("<pageup> <pagedown> M-v C-v", "a page up, down"),
    ("<backspace> <delete> C-h C-d", "delete a character"),
    ("M-<backspace> M-d", "delete a word, back and forward"),
    ("C-k C-u", "cut to the end, to the start of the line"),
    ("C-w M-w", "cut, copy the selection; without one C-w cuts a word"),
    ("C-y", "insert what was cut"),
    ("C-<space>", "begin or end a selection"),
    ("M-a", "select all"),
    ("C-t", "swap two characters"),
    ("C-_ M-_", "undo, redo"),
  ]

  private static let control: [String: TextCommand] = [
    "b": .move(.left), "f": .move(.right), "p": .move(.up), "n": .move(.down),
    "a": .move(.rowStart), "e": .move(.rowEnd), "v": .move(.pageDown),
    "h": .delete(.left), "d": .delete(.right), "j": .newline,
    "k": .kill(.lineEnd), "u": .kill(.lineStart), "w": .killSelection, "y": .yank,
    "t": .transpose, " ": .mark, "_": .undo,
  ]

  private static let alt: [String: TextCommand] = [
    "b": .move(.wordLeft), "f": .move(.wordRight), "v": .move(.pageUp),
    "{": .move(.paragraphBack), "}": .move(.paragraphForward),
    "<": .move(.documentStart), ">": .move(.documentEnd),
    "d": .kill(.wordRight), "w": .keepSelection, "a": .selectAll, "_": .redo,
  ]

  private static func named(_ key: Key) -> TextCommand? {
    switch key.code {
    case .enter: return key.control ? nil : .newline
    case .backspace:
      return key.alt || key.control ? .kill(.wordLeft) : .delete(.left)
    case .delete:
      return key.alt || key.control ? .kill(.wordRight) : .delete(.right)
    default:
      guard let motion = motion(of: key) else { return nil }
      return key.shift ? .select(motion) : .move(motion)
    }
  }

  private static func motion(of key: Key) -> TextMotion? {
    let isWide = key.control || key.alt
    return switch key.code {
    case .left: isWide ? .wordLeft : .left
    case .right: isWide ? .wordRight : .right
    case .up: isWide ? .paragraphBack : .up
    case .down: isWide ? .paragraphForward : .down
    case .home: isWide ? .documentStart : .rowStart
    case .end: isWide ? .documentEnd : .rowEnd
    case .pageUp: isWide ? nil : .pageUp
    case .pageDown: isWide ? nil : .pageDown
    default: nil
    }
  }
}
