extension TomlParser {
  /// A string in any of TOML's four forms; stands at its first quotation mark.
  mutating func readString() throws(TomlFault) -> String {
    let mark = bytes[position]
    let isLong = isTripled
    let isLiteral = mark == UInt8(ascii: "'")
    advance(isLong ? 3 : 1)
    if isLong {
      _ = take("\r")
      _ = take("\n")
    }
    var text: [UInt8] = []
    while let byte = peek {
      if byte == mark {
        if !isLong {
          advance()
          return String(decoding: text, as: UTF8.self)
        }
        if isTripled {
          advance(3)
          // One or two more marks right before the end belong to the text.
          for _ in 0..<2 where peek == mark {
            text.append(mark)
            advance()
          }
          return String(decoding: text, as: UTF8.self)
        }
        text.append(byte)
        advance()
      } else if byte == UInt8(ascii: "\\"), !isLiteral {
        advance()
        text += try readEscape(isLong: isLong)
      } else {
        let isBreak = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        guard isBreak ? isLong : byte >= 32 && byte != 127 || byte == UInt8(ascii: "\t") else {
          throw TomlFault(
            reason: isBreak
              ? "a text has no end: its quotation mark is missing" : "a control character in a text"
          )
        }
        text.append(byte)
        advance()
      }
    }
    throw TomlFault(reason: "a text has no end: its quotation mark is missing")
  }

  /// What stands after a backslash, as the bytes it means.
  private mutating func readEscape(isLong: Bool) throws(TomlFault) -> [UInt8] {
    guard let byte = peek else { return [] }
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "f"): 12,
      UInt8(ascii: "r"): 13, UInt8(ascii: "\""): UInt8(ascii: "\""),
      UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]
    if let meaning = plain[byte] {
      advance()
      return [meaning]
    }
    if byte == UInt8(ascii: "u") || byte == UInt8(ascii: "U") {
      advance()
      let count = byte == UInt8(ascii: "u") ? 4 : 8
      let digits = bytes[position..<min(position + count, bytes.count)]
      advance(digits.count)
      let text = String(decoding: digits, as: UTF8.self)
      guard digits.count == count, text.allSatisfy(\.isHexDigit),
        let value = UInt32(text, radix: 16), let scalar = Unicode.Scalar(value)
      else { throw TomlFault(reason: "\\\(count == 4 ? "u" : "U")\(text) is no character") }
      return Array(Character(scalar).utf8)
    }
    if isLong, try skipLineBreak() { return [] }
    throw TomlFault(reason: "unknown \"\\\" in a text; write \"\\\\\", or use '…'")
  }

  /// A backslash at the end of a line swallows it and the blanks that follow. False for no line end.
  private mutating func skipLineBreak() throws(TomlFault) -> Bool {
    let before = line
    while let byte = peek, [32, 9, 10, 13].contains(byte) { advance() }
    return line > before
  }
}
