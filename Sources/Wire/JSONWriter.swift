internal import Kernel

/// Writes JSON without spaces. Its caller sets the commas and braces.
struct JSONWriter {
  var bytes: [UInt8] = []

  init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  @inline(__always) mutating func raw(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func number(_ number: Int64) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    var divisor: UInt64 = 1
    while rest / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// 16 digits in quotation marks.
  @inline(__always) mutating func hex(_ bits: UInt64) {
    raw("\"")
    digits(bits)
    raw("\"")
  }

  @inline(__always) mutating func id(_ id: EntryID) {
    raw("\"")
    digits(id.high)
    digits(id.low)
    raw("\"")
  }

  mutating func value(_ value: Value) {
    switch value {
    case .null: raw("null")
    case .flag(let flag): raw(flag ? "true" : "false")
    case .number(let number): self.number(number)
    case .text(let text): self.text(text)
    }
  }

  /// Items between brackets, with commas.
  @inline(__always) mutating func list<Items: Sequence>(
    _ items: Items, _ body: (inout JSONWriter, Items.Element) -> Void
  ) {
    raw("[")
    var isFirst = true
    for item in items {
      if !isFirst { raw(",") }
      isFirst = false
      body(&self, item)
    }
    raw("]")
  }

  /// A text in quotation marks. Control characters are escaped, U+007F–9F too, so that what a
  /// terminal shows of it cannot steer the terminal.
  mutating func text(_ text: String) {
    var text = text
    raw("\"")
    text.withUTF8 { utf8 in
      var start = 0
      var index = 0
      while index < utf8.count {
        let byte = utf8[index]
        if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
          index += 1
          continue
        }
        let isHighControl =
          byte == 0xC2 && index + 1 < utf8.count && utf8[index + 1] & 0xE0 == 0x80
        guard byte <= 0x7F || isHighControl else {
          index += 1
          continue
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        if isHighControl { index += 1 }
        escape(utf8[index])
        index += 1
        start = index
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    raw("\"")
  }

  @inline(__always) private mutating func digits(_ bits: UInt64) {
    let words = (
      Hex.digits(UInt32(truncatingIfNeeded: bits >> 32)),
      Hex.digits(UInt32(truncatingIfNeeded: bits))
    )
    withUnsafeBytes(of: words) { bytes.append(contentsOf: $0) }
  }

  /// The escape of a character below U+0100.
  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case 0x0A: raw("\\n")
    case 0x0D: raw("\\r")
    case 0x09: raw("\\t")
    case 0x08: raw("\\b")
    case 0x0C: raw("\\f")
    default:
      raw("\\u00")
      let digits = Hex.digits(UInt32(byte) << 24)
      withUnsafeBytes(of: digits) { bytes.append(contentsOf: $0.prefix(2)) }
    }
  }
}
