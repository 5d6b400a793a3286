/// Reads TOML 1.0 (https://toml.io/en/v1.0.0), remembers where each key stands, and stops at the
/// first fault. Any text is safe. Dates and fractions are recognised, not kept.
struct TomlParser {
  private(set) var root = TomlTable()
  private(set) var lines: [[String]: ClosedRange<Int>] = [:]
  private(set) var firstHeader: Int?
  /// Where the parser stands, counted from 1.
  private(set) var line = 1
  let bytes: [UInt8]
  private(set) var position = 0
  /// How deep lists and inline tables may lie in each other.
  static let maximalDepth = 64

  init(_ text: String) {
    bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func parse() throws(TomlFault) {
    var header: [String] = []
    while true {
      skipBlanks()
      guard let byte = peek else { return }
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"):
        try endLine()
      case UInt8(ascii: "["):
        header = try openTable()
        try endLine()
      default:
        let start = line
        let key = try readKey()
        try expect("=", after: "a key")
        let value = try readValue(at: header + key, depth: 0)
        guard root.put(value, at: key[...], in: header[...]) else {
          throw TomlFault(reason: "\((header + key).joined(separator: ".")) is set twice")
        }
        note(header + key, from: start)
        try endLine()
      }
    }
  }

  private mutating func openTable() throws(TomlFault) -> [String] {
    advance()
    let isList = take("[")
    let key = try readKey()
    guard take("]"), !isList || take("]") else {
      throw TomlFault(reason: "a table's name has no end: \"]\" is missing")
    }
    guard root.open(key[...], isList: isList) else {
      throw TomlFault(reason: "the table \(key.joined(separator: ".")) is there twice")
    }
    firstHeader = firstHeader ?? line
    note(key, from: line)
    return key
  }

  /// A key with its dots: `a."b c".d`.
  mutating func readKey() throws(TomlFault) -> [String] {
    var parts: [String] = []
    repeat {
      skipBlanks()
      switch peek {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard !isTripled else { throw TomlFault(reason: "a key must be on one line") }
        parts.append(try readString())
      default:
        let start = position
        while let byte = peek, Self.isBare(byte) { advance() }
        guard position > start else { throw TomlFault(reason: "expected a key or a [table]") }
        parts.append(String(decoding: bytes[start..<position], as: UTF8.self))
      }
      skipBlanks()
    } while take(".")
    return parts
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

// MARK: - Steps

extension TomlParser {
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// True where three of the same quotation mark stand.
  var isTripled: Bool {
    position + 2 < bytes.count && bytes[position] == bytes[position + 1]
      && bytes[position] == bytes[position + 2]
  }

  mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
  }

  /// Takes `character` if it stands here.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == character.value else { return false }
    advance()
    return true
  }

  mutating func expect(_ character: Unicode.Scalar, after what: String) throws(TomlFault) {
    guard take(character) else {
      throw TomlFault(reason: "expected \"\(character)\" after \(what)")
    }
  }

  mutating func skipBlanks() {
    while let byte = peek, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { advance() }
  }

  /// Blanks, comments and line ends, as they may stand in lists.
  mutating func skipLines() throws(TomlFault) {
    while true {
      skipBlanks()
      switch peek {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"): try endLine()
      default: return
      }
    }
  }

  /// The rest of a line: blanks, a comment, its end.
  mutating func endLine() throws(TomlFault) {
    skipBlanks()
    if peek == UInt8(ascii: "#") {
      while let byte = peek, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
        guard byte >= 32 && byte != 127 || byte == UInt8(ascii: "\t") else {
          throw TomlFault(reason: "a control character in a comment")
        }
        advance()
      }
    }
    guard peek != nil else { return }
    _ = take("\r")
    guard take("\n") else { throw TomlFault(reason: "expected the end of the line") }
  }

  /// Remembers the first place of a key, and of the tables that it alone names.
  mutating func note(_ path: [String], from start: Int) {
    for length in 1...max(1, path.count) where lines[Array(path.prefix(length))] == nil {
      lines[Array(path.prefix(length))] = start...line
    }
  }
}
