package import Kernel

/// How many columns text takes on a terminal. One table for all, independent of the system's locale.
///
/// A grapheme takes as many columns as its scalars together, at most two: combining marks none, an
/// emoji family, a flag or a skin tone two. A presentation selector (VS16) makes an emoji of any
/// symbol it may follow, which takes two.
package enum Width {
  /// 0, 1 or 2 columns for a grapheme; 0 for controls.
  package static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.value < 0x20 || (0x7F...0x9F).contains(first.value) { return 0 }
    var width = WidthTable.columns(of: first.value)
    for scalar in scalars.dropFirst() where width < 2 {
      if scalar.value == 0xFE0F {
        if first.properties.isEmoji { width = 2 }
      } else {
        width += WidthTable.columns(of: scalar.value)
      }
    }
    return min(width, 2)
  }

  /// The columns of a whole text.
  package static func of(_ text: SafeText) -> Int { of(text.string) }

  /// The columns of a text that is known to be safe.
  static func of(_ text: some StringProtocol) -> Int {
    var width = 0
    for scalar in text.unicodeScalars {
      guard let columns = plainColumns(of: scalar.value) else {
        return text.reduce(0) { $0 + of($1) }
      }
      width += columns
    }
    return width
  }

  /// `text`, or as much of it as leaves room for a final `…` in `columns`. Never half a grapheme.
  package static func cut(_ text: SafeText, to columns: Int) -> SafeText {
    if columns <= 0 { return "" }
    let string = text.string
    if string.utf8.count <= columns, string.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var width = 0
    var kept = string.startIndex
    var index = string.startIndex
    while index < string.endIndex {
      let next = string.index(after: index)
      width += of(string[index])
      if width > columns { return SafeText(string[..<kept]) + "…" }
      if width < columns { kept = next }
      index = next
    }
    return text
  }

  /// `text` with as many spaces as fill `columns`, before or behind it; cut where it is too long.
  package static func pad(_ text: SafeText, to columns: Int, atRight: Bool = false) -> SafeText {
    let cut = cut(text, to: columns)
    let gap = SafeText(repeating: " ", count: columns - of(cut))
    return atRight ? gap + cut : cut + gap
  }

  /// Whether each scalar of `text` is a grapheme of its own, with columns in `plainColumns`.
  static func isPlain(_ text: SafeText) -> Bool {
    text.string.unicodeScalars.allSatisfy { plainColumns(of: $0.value) != nil }
  }

  /// The columns of a scalar that is always a grapheme of its own; nil for all others.
  static func plainColumns(of scalar: UInt32) -> Int? {
    if scalar < 0x7F { return scalar >= 0x20 ? 1 : nil }
    return switch scalar {
    case 0xA0...0xAC, 0xAE...0x2FF, 0x370...0x482, 0x48A...0x58F, 0x5D0...0x5EA,
      0x620...0x64A, 0x671...0x6D3, 0x2010...0x2027, 0x2030...0x205E, 0x2070...0x209C,
      0x2190...0x2319, 0x2500...0x25FC, 0x2600...0x2613, 0x270C...0x2727, 0x2800...0x28FF:
      1
    case 0x3001...0x3029, 0x3041...0x3096, 0x309B...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
      0xFF01...0xFF60:
      2
    default: nil
    }
  }
}
