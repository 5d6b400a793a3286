/// Splits a search line into words, `name:value` pairs and quoted phrases.
struct SearchReader {
  struct Piece: Equatable {
    var text: String
    /// What stands behind the first colon, where there is one; quotes taken off.
    var value: String?
    var isQuoted = false
    /// True where the line ends right behind it, so that it may still grow.
    var isLast = false
  }

  private var rest: Substring

  /// A line longer than any question is cut: nobody types ten thousand characters.
  init(_ text: String) { rest = text.prefix(10_000) }

  mutating func next() -> Piece? {
    rest = rest.drop(while: \.isWhitespace)
    guard let first = rest.first else { return nil }
    if Self.isQuote(first) { return Piece(text: takeQuoted(), isQuoted: true) }
    var name = ""
    while let character = rest.first, !character.isWhitespace {
      rest.removeFirst()
      if character == ":", !name.isEmpty, let next = rest.first, !next.isWhitespace {
        return valued(name, next)
      }
      name.append(character)
    }
    return Piece(text: name, isLast: rest.isEmpty)
  }

  private mutating func valued(_ name: String, _ next: Character) -> Piece {
    if Self.isQuote(next) { return Piece(text: name, value: takeQuoted()) }
    let value = rest.prefix { !$0.isWhitespace }
    rest = rest[value.endIndex...]
    return Piece(text: name, value: String(value), isLast: rest.isEmpty)
  }

  /// Up to the closing quote, or to the end where there is none.
  private mutating func takeQuoted() -> String {
    rest.removeFirst()
    let inside = rest.prefix { !Self.isQuote($0) }
    rest = rest[inside.endIndex...].dropFirst()
    return String(inside)
  }

  private static func isQuote(_ character: Character) -> Bool {
    character == "\"" || character == "\u{201C}" || character == "\u{201D}"
      || character == "\u{201E}"
  }
}
