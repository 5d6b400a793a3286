/// Words as counted and as jumped over.
enum Words {
  /// How many words begin in `text`, and whether white space ends it.
  static func starts(in text: String, afterSpace: Bool) -> (count: Int, endsInSpace: Bool) {
    var count = 0
    var isSpace = afterSpace
    let isASCII =
      text.utf8.withContiguousStorageIfAvailable { bytes in
        for byte in bytes {
          if byte >= 0x80 { return false }
          let next = byte == 32 || byte &- 9 < 5
          count += isSpace && !next ? 1 : 0
          isSpace = next
        }
        return true
      } ?? false
    if isASCII { return (count, isSpace) }
    (count, isSpace) = (0, afterSpace)
    for scalar in text.unicodeScalars {
      let value = scalar.value
      let next = value < 0x80 ? value == 32 || 9...13 ~= value : isWide(space: scalar)
      count += isSpace && !next ? 1 : 0
      isSpace = next
    }
    return (count, isSpace)
  }

  /// Whether a motion by words stays within a word at this grapheme.
  static func holds(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "’"
      || character == "'"
  }

  /// White space beyond ASCII (Unicode's White_Space).
  private static func isWide(space scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }
}
