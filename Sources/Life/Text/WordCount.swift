/// How many words a text has.
package enum WordCount {
  /// Runs between white space that hold a letter or a digit; Chinese and Japanese characters, which
  /// stand without spaces, count one each.
  package static func words(in text: String) -> Int {
    var count = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9":
        if !isInWord { count += 1 }
        isInWord = true
      case "\u{0}"..."\u{7F}":
        if scalar.value <= 0x20 { isInWord = false }
      default:
        if isIdeograph(scalar) {
          count += 1
          isInWord = false
        } else if scalar.properties.isWhitespace {
          isInWord = false
        } else if !isInWord, scalar.properties.isAlphabetic || scalar.isWordNumber {
          count += 1
          isInWord = true
        }
      }
    }
    return count
  }

  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
