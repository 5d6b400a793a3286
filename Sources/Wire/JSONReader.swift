/// Reads JSON in one pass over the bytes, without a tree: its caller asks for what it expects.
///
/// Strict (RFC 8259) and safe on any bytes: past the end it sees U+0000, which begins nothing. It
/// must not outlive the bytes; `read` takes care of that.
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0
  private var depth = 0

  /// Deeper nesting is refused.
  static let mostDepth = 32

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Hands a reader of `bytes` to `body`, which reads one value; nothing but spaces may follow.
  static func read<Value>(
    _ bytes: [UInt8], _ body: (inout JSONReader) throws(WireError) -> Value
  ) throws(WireError) -> Value {
    try bytes.withUnsafeBufferPointer { (buffer) throws(WireError) in
      var reader = JSONReader(buffer)
      let value = try body(&reader)
      _ = reader.next()
      guard reader.position == buffer.count else { throw reader.error("more than one value") }
      return value
    }
  }

  func error(_ reason: String) -> WireError {
    WireError(path: "", reason: "\(reason), at byte \(position)")
  }

  /// The byte that stands here; 0 at the end.
  @inline(__always) var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  /// The first byte after spaces, which stays where it is.
  @inline(__always) mutating func next() -> UInt8 {
    while true {
      let byte = peek
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
  }

  @inline(__always) mutating func step(_ count: Int = 1) { position += count }

  @inline(__always) mutating func expect(_ byte: UInt8, _ reason: String) throws(WireError) {
    guard next() == byte else { throw error(reason) }
    position += 1
  }

  /// `count` bytes from here, or nil where there are fewer.
  @inline(__always) func ahead(_ count: Int) -> UnsafeBufferPointer<UInt8>? {
    guard bytes.count - position >= count else { return nil }
    return UnsafeBufferPointer(rebasing: bytes[position..<position + count])
  }

  @inline(__always) func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[range])
  }

  /// Reads an object: `body` gets each key and reads its value.
  @inline(__always) mutating func members(
    _ body: (inout JSONReader, JSONKey) throws(WireError) -> Void
  ) throws(WireError) {
    try enter(UInt8(ascii: "{"), "no object")
    if next() == UInt8(ascii: "}") { return leave() }
    while true {
      let key = try key()
      do { try body(&self, key) } catch { throw error.under(key.path) }
      guard try !isLast(UInt8(ascii: "}")) else { return }
    }
  }

  /// Reads a list: `body` gets each index and reads its item.
  @inline(__always) mutating func items(
    _ body: (inout JSONReader, Int) throws(WireError) -> Void
  ) throws(WireError) {
    try enter(UInt8(ascii: "["), "no list")
    if next() == UInt8(ascii: "]") { return leave() }
    var index = 0
    while true {
      do { try body(&self, index) } catch { throw error.under("[\(index)]") }
      index += 1
      guard try !isLast(UInt8(ascii: "]")) else { return }
    }
  }

  /// Reads any value and forgets it.
  mutating func skip() throws(WireError) {
    switch next() {
    case UInt8(ascii: "{"):
      try members { (reader, _) throws(WireError) in try reader.skip() }
    case UInt8(ascii: "["):
      try items { (reader, _) throws(WireError) in try reader.skip() }
    case UInt8(ascii: "\""): _ = try text()
    case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try flag()
    case UInt8(ascii: "n"): try word("null")
    default: _ = try number()
    }
  }

  private mutating func key() throws(WireError) -> JSONKey {
    guard next() == UInt8(ascii: "\"") else { throw error("no member name") }
    let span = try span()
    let key: JSONKey
    if span.isPlain {
      key = JSONKey(slice(span.range), unescaped: nil)
    } else {
      key = JSONKey(slice(span.range), unescaped: try text(span))
    }
    try expect(UInt8(ascii: ":"), "no colon")
    return key
  }

  @inline(__always) private mutating func enter(
    _ byte: UInt8, _ reason: String
  ) throws(WireError) {
    try expect(byte, reason)
    depth += 1
    guard depth <= Self.mostDepth else { throw error("nested too deeply") }
  }

  @inline(__always) private mutating func leave() {
    position += 1
    depth -= 1
  }

  @inline(__always) private mutating func isLast(_ end: UInt8) throws(WireError) -> Bool {
    let byte = next()
    if byte == UInt8(ascii: ",") {
      position += 1
      return false
    }
    guard byte == end else { throw error("neither a comma nor the end") }
    leave()
    return true
  }
}

/// A member's name while it is read: compared with literals without making a text.
struct JSONKey: Equatable, ExpressibleByStringLiteral {
  private let start: UnsafePointer<UInt8>?
  private let count: Int
  /// Set where the bytes are not ASCII as they stand.
  private let unescaped: String?

  init(_ bytes: UnsafeBufferPointer<UInt8>, unescaped: String?) {
    start = bytes.baseAddress
    count = bytes.count
    self.unescaped = unescaped
  }

  init(stringLiteral literal: StaticString) {
    start = literal.utf8Start
    count = literal.utf8CodeUnitCount
    unescaped = nil
  }

  private var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  @inline(__always) static func == (left: JSONKey, right: JSONKey) -> Bool {
    if left.unescaped == nil, right.unescaped == nil {
      return left.count == right.count && left.bytes.elementsEqual(right.bytes)
    }
    return left.text.utf8.elementsEqual(right.text.utf8)
  }

  var text: String { unescaped ?? String(decoding: bytes, as: UTF8.self) }

  /// How errors name it: a name that a program would not choose may be a secret or a trap.
  var path: String {
    let text = text
    let isPlain = text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isPlain && !text.isEmpty && text.utf8.count <= 64 ? text : "?"
  }
}

extension WireError {
  /// The same error, seen from one level up.
  func under(_ name: String) -> WireError {
    let isJoined = path.isEmpty || path.hasPrefix("[")
    return WireError(path: name + (isJoined ? "" : ".") + path, reason: reason)
  }
}
