extension TomlParser {
  /// The value of the key at `path`, with the blanks before it.
  mutating func readValue(at path: [String], depth: Int) throws(TomlFault) -> TomlValue {
    skipBlanks()
    guard depth < Self.maximalDepth else { throw TomlFault(reason: "lists lie too deep") }
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try readString())
    case UInt8(ascii: "["): return try readList(at: path, depth: depth)
    case UInt8(ascii: "{"): return try readInlineTable(at: path, depth: depth)
    default: return try readWord()
    }
  }

  private mutating func readList(at path: [String], depth: Int) throws(TomlFault) -> TomlValue {
    advance()
    var values: [TomlValue] = []
    while true {
      try skipLines()
      if take("]") { return .list(values) }
      values.append(try readValue(at: path, depth: depth + 1))
      try skipLines()
      if take(",") { continue }
      try expect("]", after: "the values of a list")
      return .list(values)
    }
  }

  private mutating func readInlineTable(
    at path: [String], depth: Int
  ) throws(TomlFault) -> TomlValue {
    advance()
    var table = TomlTable()
    skipBlanks()
    if take("}") { return .table([]) }
    repeat {
      let start = line
      let key = try readKey()
      try expect("=", after: "a key")
      let value = try readValue(at: path + key, depth: depth + 1)
      guard table.put(value, at: key[...]) else {
        throw TomlFault(reason: "\((path + key).joined(separator: ".")) is set twice")
      }
      note(path + key, from: start)
      skipBlanks()
    } while take(",")
    try expect("}", after: "the values of a table")
    return .table(table.pairs)
  }

  /// `true`, `false`, a number, a date or a time.
  private mutating func readWord() throws(TomlFault) -> TomlValue {
    let start = position
    while let byte = peek, Self.isWord(byte) { advance() }
    var word = String(decoding: bytes[start..<position], as: UTF8.self)
    // A date and a time with a space between are one value.
    if Self.isDate(word), peek == UInt8(ascii: " "), position + 1 < bytes.count,
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position + 1])
    {
      advance()
      while let byte = peek, Self.isWord(byte) { advance() }
      word = String(decoding: bytes[start..<position], as: UTF8.self)
    }
    guard !word.isEmpty else {
      throw TomlFault(reason: "expected a value: true, 3, \"text\" or [\"a\", \"b\"]")
    }
    if word == "true" || word == "false" { return .flag(word == "true") }
    if let number = try Self.number(word) { return .number(number) }
    guard Self.isDate(word.prefix(10)) || Self.isTime(word) || Self.isFraction(word) else {
      throw TomlFault(reason: "\(word) is no value; text stands in quotation marks")
    }
    return .other
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// A whole number, or nil where the word is something else.
  private static func number(_ word: String) throws(TomlFault) -> Int? {
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where word.hasPrefix(prefix) {
      guard let digits = plainDigits(word.dropFirst(2)), let number = Int(digits, radix: radix),
        number >= 0
      else { throw TomlFault(reason: "\(word) is no number") }
      return number
    }
    let isSigned = word.hasPrefix("+") || word.hasPrefix("-")
    guard let digits = plainDigits(word.dropFirst(isSigned ? 1 : 0)),
      digits.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    guard digits.count == 1 || digits.first != "0" else {
      throw TomlFault(reason: "\(word) begins with a zero")
    }
    guard let number = Int((isSigned ? String(word.prefix(1)) : "") + digits) else {
      throw TomlFault(reason: "\(word) is too large")
    }
    return number
  }

  /// The digits without the `_` between them; nil where one does not lie between two digits.
  private static func plainDigits(_ word: Substring) -> String? {
    let parts = word.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isHexDigit) }) else { return nil }
    return parts.joined()
  }

  private static func isDate(_ word: some StringProtocol) -> Bool {
    word.utf8.count == 10 && shape(word) == "0000-00-00"
  }

  private static func isTime(_ word: String) -> Bool {
    shape(word.prefix(8)) == "00:00:00" && !word.dropFirst(8).contains(":")
  }

  private static func isFraction(_ word: String) -> Bool {
    let plain = word.hasPrefix("+") || word.hasPrefix("-") ? String(word.dropFirst()) : word
    if plain == "inf" || plain == "nan" { return true }
    // Every part between these signs is digits, with `_` only between two of them.
    let parts = plain.split(omittingEmptySubsequences: false) { ".eE+-".contains($0) }
    return parts.count > 1 && plain.first?.isNumber == true && plain.last?.isNumber == true
      && parts.allSatisfy { $0.isEmpty || plainDigits($0) != nil }
      && !plain.contains(".e") && Double(plain.filter { $0 != "_" }) != nil
  }

  /// The word with every digit as `0`.
  private static func shape(_ word: some StringProtocol) -> String {
    String(word.map { $0.isASCII && $0.isNumber ? "0" : $0 })
  }
}
