internal import Kernel

/// The sequences that switch an xterm-alike; none of them asks anything.
enum Modes {
  /// Bracketed paste and focus reports.
  static let begin = bytes("\u{1b}[?2004h\u{1b}[?1004h")
  /// Everything this program may have switched on, and plain text again.
  static let end = bytes(
    "\u{1b}[?2026l\u{1b}[?2031l\u{1b}[?1006l\u{1b}[?1000l\u{1b}[?1004l\u{1b}[?2004l\u{1b}[r\u{1b}[m"
  )
  static let mouseOn = bytes("\u{1b}[?1000h\u{1b}[?1006h")
  static let mouseOff = bytes("\u{1b}[?1006l\u{1b}[?1000l")
  static let frameBegin = bytes("\u{1b}[?2026h")
  static let frameEnd = bytes("\u{1b}[?2026l")
  static let tellScheme = bytes("\u{1b}[?2031h")
  /// Scrolling region and attributes as ncurses believes them to be before it clears.
  static let reset = bytes("\u{1b}[r\u{1b}[m")
  /// Background, synchronized output, light-or-dark reports; the attributes come last and always.
  static let questions = bytes("\u{1b}]11;?\u{1b}\\\u{1b}[?2026$p\u{1b}[?2031$p\u{1b}[c")

  static func title(_ text: String) -> [UInt8] { bytes("\u{1b}]2;\(line(text))\u{07}") }

  /// OSC 9. The name in front says who speaks, and keeps a text from being one of the numbered
  /// commands that some terminals have behind the same code.
  static func notification(_ text: SafeText) -> [UInt8] {
    bytes("\u{1b}]9;lifeos: \(line(text.string))\u{07}")
  }

  /// What a terminal's command may carry: no control, nothing that steers, 120 scalars.
  private static func line(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars.prefix(120) where isPlain(scalar) {
      line.unicodeScalars.append(scalar)
    }
    return line
  }

  /// The longest text most terminals take, in encoded bytes.
  static let clipboardLimit = 74_994

  /// OSC 52; nil where the text is too long for it.
  static func clipboard(_ text: String) -> [UInt8]? {
    let encoded = Base64.encode(Array(text.utf8))
    if encoded.count > clipboardLimit { return nil }
    return bytes("\u{1b}]52;c;") + encoded + [0x07]
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: false
    default: true
    }
  }

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}

/// RFC 4648, section 4.
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var encoded: [UInt8] = []
    encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group = UInt32(bytes[start]) << 16
      if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
      if count > 2 { group |= UInt32(bytes[start + 2]) }
      for digit in 0..<4 {
        let value = Int(group >> UInt32(18 - 6 * digit)) & 63
        encoded.append(digit <= count ? digits[value] : UInt8(ascii: "="))
      }
    }
    return encoded
  }
}
