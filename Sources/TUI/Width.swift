package import Kernel

/// How many columns text takes on a terminal. One table for all, independent of the system's locale.
package enum Width {
  /// 0, 1 or 2 columns for a grapheme.
  package static func of(_ character: Character) -> Int {
    if let ascii = character.asciiValue { return ascii < 32 || ascii == 127 ? 0 : 1 }
    return 1  // CONTRACT: the table comes next
  }

  /// The columns of a whole text.
  package static func of(_ text: SafeText) -> Int {
    text.string.reduce(0) { $0 + of($1) }
  }

  /// `text`, or as much of it as leaves room for a final `…` in `columns`.
  package static func cut(_ text: SafeText, to columns: Int) -> SafeText {
    if columns <= 0 { return "" }
    var width = 0
    var kept = text.string.startIndex
    for index in text.string.indices {
      width += of(text.string[index])
      if width > columns { return SafeText(text.string[..<kept] + "…") }
      if width <= columns - 1 { kept = text.string.index(after: index) }
    }
    return text
  }
}
