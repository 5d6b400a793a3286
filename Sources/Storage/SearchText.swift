internal import Foundation

/// Text on its way into the index or into a question to it.
enum SearchText {
  /// The marks around a hit in a snippet: private characters, kept out of the index.
  static let opening = "\u{E000}"
  static let closing = "\u{E001}"

  /// Composed (so that the two spellings of é are one), without NUL and without our own marks.
  static func indexable(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 || $0 == 0 }) else { return text }
    var needsComposing = false
    var needsCleaning = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0, 0xE000, 0xE001: needsCleaning = true
      case 0x0300...0x036F, 0x1100...0x11FF, 0x3099...0x309A: needsComposing = true
      default: break
      }
    }
    var result = text
    if needsCleaning {
      var scalars = String.UnicodeScalarView()
      for scalar in text.unicodeScalars {
        scalars.append([0, 0xE000, 0xE001].contains(scalar.value) ? " " : scalar)
      }
      result = String(scalars)
    }
    return needsComposing ? result.precomposedStringWithCanonicalMapping : result
  }

  /// A word of the index for all of `text`: `tag` and `self-care` give `tagselfx2dxcare`. Letters
  /// stay, so that the index folds their case and diacritics.
  static func token(_ prefix: String, _ text: String) -> String {
    var token = prefix
    for scalar in indexable(text).unicodeScalars {
      if isTokenCharacter(scalar) {
        token.unicodeScalars.append(scalar)
      } else {
        token += "x" + String(scalar.value, radix: 16) + "x"
      }
    }
    return token
  }

  /// `text` as an FTS5 string: whatever is in it, it is no syntax. nil where it holds no word.
  static func quoted(_ text: String) -> String? {
    let short = indexable(String(text.prefix(200)))
    guard short.unicodeScalars.contains(where: isTokenCharacter) else { return nil }
    return "\"" + short.replacing("\"", with: "\"\"") + "\""
  }

  /// What the tokenizer unicode61 takes for a part of a word: letters, numbers, private characters.
  private static func isTokenCharacter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      return true
    default: return false
    }
  }
}
