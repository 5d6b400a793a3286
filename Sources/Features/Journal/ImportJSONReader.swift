/// Reads JSON (RFC 8259) from bytes, value by value, so that a damaged part does not spoil the rest.
struct JSONReader {
  struct Problem: Error, Equatable {
    /// The byte at which it shows.
    let at: Int
    let reason: String
  }

  private static let deepest = 200

  let bytes: [UInt8]
  private(set) var at = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// The only value of `bytes`.
  static func value(_ bytes: [UInt8]) throws(Problem) -> JSONNode {
    var reader = JSONReader(bytes)
    let node = try reader.value()
    reader.skipSpace()
    guard reader.at == bytes.count else { throw reader.problem("text behind the value") }
    return node
  }

  mutating func value() throws(Problem) -> JSONNode { try value(depth: 0) }

  private mutating func value(depth: Int) throws(Problem) -> JSONNode {
    guard depth < Self.deepest else { throw problem("values inside values without end") }
    skipSpace()
    guard at < bytes.count else { throw problem("the file ends in mid-value") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return .object(try members(depth))
    case UInt8(ascii: "["): return .list(try elements(depth))
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func members(_ depth: Int) throws(Problem) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    at += 1
    if take("}") { return members }
    while true {
      members.append(.init(name: try name(), value: try value(depth: depth + 1)))
      if take("}") { return members }
      try need(",")
    }
  }

  private mutating func elements(_ depth: Int) throws(Problem) -> [JSONNode] {
    var elements: [JSONNode] = []
    at += 1
    if take("]") { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      if take("]") { return elements }
      try need(",")
    }
  }

  /// A member's name and its colon.
  mutating func name() throws(Problem) -> String {
    skipSpace()
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
      throw problem("a name in quotes is missing")
    }
    let name = try string()
    try need(":")
    return name
  }

  /// True, and past it, where `sign` is next.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == UInt8(ascii: sign) else { return false }
    at += 1
    return true
  }

  mutating func need(_ sign: Unicode.Scalar) throws(Problem) {
    guard take(sign) else { throw problem("“\(sign)” is missing") }
  }

  mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
  }

  /// Past one value, by its brackets and quotes alone: for going on behind a damaged one.
  mutating func skipValue() {
    skipSpace()
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
      case UInt8(ascii: "\""):
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
          at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
        }
        at = min(at, bytes.count - 1)
      case UInt8(ascii: ","):
        if depth == 0 { return }
      default: break
      }
      at += 1
    }
  }

  private func problem(_ reason: String) -> Problem { Problem(at: at, reason: reason) }

  private mutating func word(_ word: String, _ node: JSONNode) throws(Problem) -> JSONNode {
    guard bytes[at...].starts(with: word.utf8) else { throw problem("no JSON value") }
    at += word.utf8.count
    return node
  }

  private mutating func number() throws(Problem) -> JSONNode {
    let digits = bytes[at...].prefix { "0123456789+-.eE".utf8.contains($0) }
    let text = String(decoding: digits, as: UTF8.self)
    guard Double(text) != nil else { throw problem("no JSON value") }
    at = digits.endIndex
    return .number(text)
  }

  private mutating func string() throws(Problem) -> String {
    at += 1
    var units: [UInt8] = []
    while at < bytes.count {
      let plain = bytes[at...].prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
      units.append(contentsOf: plain)
      at = plain.endIndex
      guard at < bytes.count else { break }
      if bytes[at] == UInt8(ascii: "\"") {
        at += 1
        return String(decoding: units, as: UTF8.self)
      }
      try escape(into: &units)
    }
    throw problem("a text without its closing quote")
  }

  private mutating func escape(into units: inout [UInt8]) throws(Problem) {
    guard at + 1 < bytes.count else { throw problem("the file ends in mid-text") }
    let sign = bytes[at + 1]
    at += 2
    switch sign {
    case UInt8(ascii: "n"): units.append(0x0A)
    case UInt8(ascii: "t"): units.append(0x09)
    case UInt8(ascii: "r"): units.append(0x0D)
    case UInt8(ascii: "b"): units.append(0x08)
    case UInt8(ascii: "f"): units.append(0x0C)
    case UInt8(ascii: "u"): units.append(contentsOf: String(try scalar()).utf8)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(sign)
    default: throw problem("an unknown escape in a text")
    }
  }

  /// Behind `\u`: one or two escapes. Half a surrogate pair becomes the replacement character.
  private mutating func scalar() throws(Problem) -> Unicode.Scalar {
    let first = try hexadecimal()
    if (0xD800..<0xDC00).contains(first), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    {
      let mark = at
      at += 2
      let second = try hexadecimal()
      if (0xDC00..<0xE000).contains(second) {
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
      }
      at = mark
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  private mutating func hexadecimal() throws(Problem) -> UInt32 {
    guard at + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
    else { throw problem("an unknown escape in a text") }
    at += 4
    return value
  }
}
