@_spi(_Unicode) internal import Swift

/// Tags as a person writes them: `@name` or `#name` in a text, or a list of names.
///
/// A name holds letters, digits, `_` and `-` of any script, and at least one letter where it is found
/// in running text; it is kept in lower case and composed form (NFC), without its sign. Mail
/// addresses, `#1` and Markdown headings are no tags.
package enum TagText {
  /// A longer run of letters is no name.
  package static let longestName = 64

  /// The tags in `text`, each once, in the order of their first appearance.
  package static func names(in text: String) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for range in ranges(in: text) {
      let start = text.unicodeScalars.index(after: range.lowerBound)
      let name = normal(text[start..<range.upperBound])
      if seen.insert(name).inserted { names.append(name) }
    }
    return names
  }

  /// Where the tags stand in `text`, signs included: for colouring them.
  package static func ranges(in text: String) -> [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    let bytes = text.utf8
    var at = bytes.startIndex
    while let sign = bytes[at...].firstIndex(where: { $0 == 0x40 || $0 == 0x23 }) {
      at = bytes.index(after: sign)
      guard mayPrecede(sign, in: text), let end = end(ofNameFrom: at, in: text) else { continue }
      found.append(sign..<end)
      at = end
    }
    return found
  }

  /// The names of a list with commas or spaces between them, signs allowed; each once.
  package static func list(_ text: String) -> [String] {
    var names: [String] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }) {
      if let name = name(part), !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// One name as lifeos keeps it: signs dropped, spaces and foreign characters as `-`; nil where
  /// nothing is left.
  package static func name(_ raw: some StringProtocol) -> String? {
    var scalars = String.UnicodeScalarView()
    for scalar in raw.unicodeScalars.prefix(4 * longestName) {
      if isNamePart(scalar) {
        scalars.append(scalar)
      } else if !scalars.isEmpty, scalars.last != "-" {
        scalars.append("-")
      }
    }
    let name = normal(String(scalars)[...]).unicodeScalars.prefix(longestName)
    let trimmed = name.drop { $0 == "-" }.reversed().drop { $0 == "-" }.reversed()
    var kept = String.UnicodeScalarView()
    kept.append(contentsOf: trimmed)
    return kept.isEmpty ? nil : String(kept)
  }

  private static func normal(_ text: Substring) -> String {
    let lower = text.lowercased()
    if lower.utf8.allSatisfy({ $0 < 0x80 }) { return lower }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: lower._nfc)
    return String(scalars)
  }

  /// A sign counts at the start of the text, after white space, and after opening punctuation.
  private static func mayPrecede(_ sign: String.Index, in text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard sign > scalars.startIndex else { return true }
    let before = scalars[scalars.index(before: sign)]
    return before.properties.isWhitespace || openers.contains(before)
  }

  private static let openers: Set<Unicode.Scalar> = [
    "(", "[", "{", "<", "\"", "'", "*", ",", ";", "!", "?", "\u{2013}", "\u{2014}", "\u{2018}",
    "\u{201C}", "\u{201E}", "\u{AB}", "\u{BF}", "\u{A1}",
  ]

  /// The end of the name that begins at `start`; nil where there is none.
  private static func end(ofNameFrom start: String.Index, in text: String) -> String.Index? {
    let scalars = text.unicodeScalars
    var at = start
    var end = start
    var hasLetter = false
    var length = 0
    while at < scalars.endIndex, isNamePart(scalars[at]) {
      let scalar = scalars[at]
      hasLetter = hasLetter || scalar.properties.isAlphabetic
      at = scalars.index(after: at)
      if scalar != "-" { end = at }  // a hyphen at the end belongs to the sentence
      length += 1
    }
    guard hasLetter, length <= longestName, scalars[start] != "-" else { return nil }
    if at < scalars.endIndex, scalars[at] == "@" { return nil }  // @me@example.org
    return end
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": return true
    case "\u{0}"..."\u{7F}": return false
    default:
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber:
        return true
      default: return scalar == "\u{200D}" || scalar == "\u{200C}"  // joiners inside words
      }
    }
  }
}
