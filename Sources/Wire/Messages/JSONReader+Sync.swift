internal import Kernel

/// The words of sync messages: ids, stamps, points of a log, values of registers.
extension JSONReader {
  /// 32 hexadecimal digits.
  @inline(__always) mutating func id() throws(WireError) -> EntryID {
    guard next() == UInt8(ascii: "\""), let text = ahead(34), text[33] == UInt8(ascii: "\""),
      let high = Hex.word(text, from: 1), let low = Hex.word(text, from: 17)
    else { throw error("not 32 hexadecimal digits") }
    step(34)
    return EntryID(high: high, low: low)
  }

  /// 16 hexadecimal digits.
  @inline(__always) mutating func hex() throws(WireError) -> UInt64 {
    guard next() == UInt8(ascii: "\""), let text = ahead(18), text[17] == UInt8(ascii: "\""),
      let word = Hex.word(text, from: 1)
    else { throw error("not 16 hexadecimal digits") }
    step(18)
    return word
  }

  mutating func stamp() throws(WireError) -> Stamp { Stamp(bits: try hex()) }

  mutating func integer() throws(WireError) -> Int64 {
    guard case .whole(let whole) = try number() else { throw error("no integer") }
    return whole
  }

  /// An integer that counts something.
  mutating func count() throws(WireError) -> Int64 {
    let count = try integer()
    guard count >= 0 else { throw error("less than 0") }
    return count
  }

  /// The value of a register: null, true, false, an integer of at most 53 bits, or a text without
  /// U+0000.
  mutating func value() throws(WireError) -> Value {
    switch next() {
    case UInt8(ascii: "\""):
      let span = try span()
      let text = try text(span)
      guard !span.hasEscapes || !text.utf8.contains(0) else { throw error("a text with U+0000") }
      return .text(text)
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag(try flag())
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    case UInt8(ascii: "{"), UInt8(ascii: "["): throw error("a list or an object")
    default:
      let number = try integer()
      guard number.magnitude < 1 << 53 else { throw error("an integer beyond 53 bits") }
      return .number(number)
    }
  }

  mutating func moment() throws(WireError) -> Moment { Moment(milliseconds: try integer()) }
}

extension WireError {
  static func missing(_ name: String) -> WireError { WireError(path: name, reason: "missing") }
}

/// A point of a log while it is read, with what stands beside it in some messages.
struct PointParts {
  var seq: Int64?
  var chain: UInt64?
  var epoch: EntryID?
  var digest: UInt64?
  var registers: Int64?

  /// Reads `{"seq":…,"chain":…}`, in a cursor with `epoch`, in a head with `digest` and `regs`.
  init(from reader: inout JSONReader) throws(WireError) {
    var parts: (Int64?, UInt64?, EntryID?, UInt64?, Int64?) = (nil, nil, nil, nil, nil)
    try reader.members { (reader, key) throws(WireError) in
      switch key {
      case "seq": parts.0 = try reader.count()
      case "chain": parts.1 = try reader.hex()
      case "epoch" where reader.next() != UInt8(ascii: "n"): parts.2 = try reader.id()
      case "digest": parts.3 = try reader.hex()
      case "regs": parts.4 = try reader.count()
      default: try reader.skip()
      }
    }
    (seq, chain, epoch, digest, registers) = parts
  }

  func point() throws(WireError) -> LogPoint {
    guard let seq else { throw .missing("seq") }
    guard let chain else { throw .missing("chain") }
    return LogPoint(seq: seq, chain: chain)
  }
}

extension JSONReader {
  mutating func point() throws(WireError) -> LogPoint {
    try PointParts(from: &self).point()
  }
}

extension JSONWriter {
  /// The members of a point, without braces.
  mutating func members(of point: LogPoint) {
    raw("\"seq\":")
    number(point.seq)
    raw(",\"chain\":")
    hex(point.chain)
  }

  mutating func point(_ point: LogPoint) {
    raw("{")
    members(of: point)
    raw("}")
  }
}
