internal import Kernel

extension JSONReader {
  /// Where a text stands, between its quotation marks.
  struct Span {
    var range: Range<Int>
    var hasEscapes: Bool
    var isASCII: Bool
    var isPlain: Bool { isASCII && !hasEscapes }
  }

  enum Number {
    case whole(Int64)
    /// As it is written: with a fraction or an exponent, -0, or beyond 64 bits.
    case other(String)
  }

  /// Finds the end of the text that begins here, and goes there.
  @inline(__always) mutating func span() throws(WireError) -> Span {
    guard next() == UInt8(ascii: "\"") else { throw error("no text") }
    step()
    let start = position
    var hasEscapes = false
    var all: UInt8 = 0
    while true {
      let byte = peek
      if byte == UInt8(ascii: "\"") { break }
      guard byte >= 0x20 else {
        throw error("a text without an end, or with a bare control character")
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        step()
        guard peek >= 0x20 else { throw error("a text without an end") }
      }
      all |= byte
      step()
    }
    let end = position
    step()
    return Span(range: start..<end, hasEscapes: hasEscapes, isASCII: all < 0x80)
  }

  @inline(__always) mutating func text() throws(WireError) -> String {
    try text(try span())
  }

  func text(_ span: Span) throws(WireError) -> String {
    let raw = slice(span.range)
    if span.isPlain { return String(decoding: raw, as: UTF8.self) }
    let text =
      span.hasEscapes
      ? String(validating: try unescaped(raw), as: UTF8.self)
      : String(validating: raw, as: UTF8.self)
    guard let text else { throw error("a text that is not UTF-8") }
    return text
  }

  private func unescaped(_ raw: UnsafeBufferPointer<UInt8>) throws(WireError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      let byte = raw[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      let letter = index < raw.count ? raw[index] : 0
      index += 1
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(letter)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "u"):
        guard let scalar = Self.scalar(raw, &index) else { throw error("a broken \\u escape") }
        result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      default: throw error("an unknown escape")
      }
    }
    return result
  }

  /// The scalar of the four digits at `index`, or of a pair of surrogates; nil where it is alone.
  private static func scalar(
    _ raw: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> Unicode.Scalar? {
    guard let first = unit(raw, &index) else { return nil }
    guard first & 0xFC00 == 0xD800 else { return Unicode.Scalar(first) }
    guard raw.count - index >= 2, raw[index] == UInt8(ascii: "\\"),
      raw[index + 1] == UInt8(ascii: "u")
    else { return nil }
    index += 2
    guard let second = unit(raw, &index), second & 0xFC00 == 0xDC00 else { return nil }
    return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
  }

  private static func unit(_ raw: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt32? {
    guard raw.count - index >= 4 else { return nil }
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Hex.digit(raw[index]) else { return nil }
      unit = unit << 4 | UInt32(digit)
      index += 1
    }
    return unit
  }

  mutating func word(_ word: StaticString) throws(WireError) {
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    _ = next()
    guard let found = ahead(expected.count), found.elementsEqual(expected) else {
      throw error("no JSON value")
    }
    step(expected.count)
  }

  mutating func flag() throws(WireError) -> Bool {
    let isTrue = next() == UInt8(ascii: "t")
    try word(isTrue ? "true" : "false")
    return isTrue
  }

  mutating func number() throws(WireError) -> Number {
    let first = next()
    let start = position
    let isNegative = first == UInt8(ascii: "-")
    if isNegative { step() }
    let lead = peek
    var magnitude: UInt64 = 0
    var overflow = false
    while case UInt8(ascii: "0")...UInt8(ascii: "9") = peek {
      let (product, isOver) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, isOverToo) = product.addingReportingOverflow(UInt64(peek - UInt8(ascii: "0")))
      overflow = overflow || isOver || isOverToo
      magnitude = sum
      step()
    }
    let digits = position - start - (isNegative ? 1 : 0)
    guard digits > 0 else { throw error("no JSON value") }
    guard digits == 1 || lead != UInt8(ascii: "0") else {
      throw error("a number that begins with 0")
    }
    let hasMore = try fraction()
    let isMinusZero = isNegative && magnitude == 0
    if !hasMore, !overflow, !isMinusZero, magnitude <= UInt64(Int64.max) {
      return .whole(isNegative ? -Int64(magnitude) : Int64(magnitude))
    }
    if !hasMore, !overflow, isNegative, magnitude == Int64.min.magnitude { return .whole(.min) }
    return .other(String(decoding: slice(start..<position), as: UTF8.self))
  }

  /// Goes over a fraction and an exponent; false where there is neither.
  private mutating func fraction() throws(WireError) -> Bool {
    let start = position
    if peek == UInt8(ascii: ".") {
      step()
      try digits()
    }
    if peek | 0x20 == UInt8(ascii: "e") {
      step()
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { step() }
      try digits()
    }
    return position > start
  }

  private mutating func digits() throws(WireError) {
    let start = position
    while case UInt8(ascii: "0")...UInt8(ascii: "9") = peek { step() }
    guard position > start else { throw error("a number without digits") }
  }
}
