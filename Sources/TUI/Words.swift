/// Words as counted and as jumped over.
enum Words {
  /// How many words begin in `text`, and whether white space ends it.
  static func starts(in text: Substring, afterSpace: Bool) -> (count: Int, endsInSpace: Bool) {
    var (count, isSpace) = (0, afterSpace)
    for scalar in text.unicodeScalars {
      let value = scalar.value
      let next =
        value < 0x80 ? value == 32 || (9...13).contains(value) : scalar.properties.isWhitespace
      if isSpace, !next { count += 1 }
      isSpace = next
    }
    return (count, isSpace)
  }

  /// Whether a motion by words stays within a word at this grapheme.
  static func holds(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "’"
      || character == "'"
  }
}
