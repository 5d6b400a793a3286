/// Text that may reach a terminal. Every initialiser makes any text harmless; there is no other way.
///
/// Controls become visible symbols; what only steers the layout or hides (bidi controls, tag
/// characters, default-ignorables outside emoji) is dropped; a base keeps at most eight marks.
/// Making a safe text of a safe text changes nothing.
package struct SafeText: Hashable, Sendable {
  package let string: String

  /// Text for one line: newlines and tabs become spaces.
  package init(_ raw: String) { string = Self.clean(raw, keepsLines: false) }
  /// Text for one line: newlines and tabs become spaces.
  package init(_ raw: Substring) { string = Self.clean(String(raw), keepsLines: false) }
  /// Text for one line: newlines and tabs become spaces.
  package init(_ raw: some StringProtocol) { self.init(String(raw)) }
  /// Text of several lines: `\n` and tab stay, `\r\n` and a lone `\r` become `\n`.
  package init(lines raw: String) { string = Self.clean(raw, keepsLines: true) }
  /// Bytes that should be UTF-8; U+FFFD stands for those that are not.
  package init(bytes: some Collection<UInt8>) {
    self.init(String(decoding: bytes, as: UTF8.self))
  }
  /// Safe texts one after another.
  package init(joining parts: some Sequence<SafeText>, separator: SafeText = "") {
    var joined = ""
    var isFirst = true
    for part in parts {
      if !isFirst { joined += separator.string }
      joined += part.string
      isFirst = false
    }
    string = joined
  }
  /// A safe text again and again.
  package init(repeating text: SafeText, count: Int) {
    string = String(repeating: text.string, count: max(0, count))
  }
  private init(verified: String) { string = verified }

  package var isEmpty: Bool { string.isEmpty }

  package static func + (left: SafeText, right: SafeText) -> SafeText {
    SafeText(verified: left.string + right.string)
  }
  package static func += (left: inout SafeText, right: SafeText) { left = left + right }

  /// The pieces between newlines, of a text that was made of `lines:`.
  package var lines: [SafeText] {
    string.utf8.split(separator: 10, omittingEmptySubsequences: false).map {
      SafeText(verified: String(Substring($0)))
    }
  }
}

extension SafeText: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

extension SafeText: CustomStringConvertible {
  package var description: String { string }
}

extension SafeText {
  private static func clean(_ raw: String, keepsLines: Bool) -> String {
    if raw.utf8.allSatisfy({ $0 &- 0x20 < 0x5F }) { return raw }
    if isHarmless(raw) { return raw }
    var washer = Washer(keepsLines: keepsLines)
    washer.output.reserveCapacity(raw.utf8.count)
    for scalar in raw.unicodeScalars { washer.take(scalar) }
    return washer.output
  }

  /// True for text of scalars that are always kept as they are: most writing of most languages.
  private static func isHarmless(_ raw: String) -> Bool {
    raw.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x2FF, 0x370...0x482, 0x48A...0x58F,
        0x5D0...0x5EA, 0x620...0x64A, 0x671...0x6D3, 0x2010...0x2027, 0x2030...0x205E,
        0x2070...0x20CF, 0x2100...0x2CEE, 0x3001...0x3029,
        0x3041...0x3096, 0x309B...0x3130, 0x3190...0xA48C, 0xAC00...0xD7A3, 0xFF01...0xFF9F,
        0x1F300...0x1F3FA, 0x1F400...0x1FAFF:
        true
      default: false
      }
    }
  }
}
