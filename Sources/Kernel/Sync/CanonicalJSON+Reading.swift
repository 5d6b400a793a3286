extension CanonicalJSON {
  /// The reverse of `object`; nil for anything else. The order of the keys is not asked for, but a
  /// key that comes twice, a fraction, a space or half of a surrogate pair is refused.
  package static func fields(_ text: String) -> [String: Value]? {
    var text = text
    return text.withUTF8 { fields($0) }
  }

  /// The same from bytes as they lie in a database.
  package static func fields(_ bytes: UnsafeBufferPointer<UInt8>) -> [String: Value]? {
    members(bytes) { $0.value() }
  }

  /// The reverse of `bases(_:)` for dictionaries; nil for anything else.
  package static func bases(_ text: String) -> [String: Authorship]? {
    var text = text
    return text.withUTF8 { bases($0) }
  }

  /// The same from bytes as they lie in a database.
  package static func bases(_ bytes: UnsafeBufferPointer<UInt8>) -> [String: Authorship]? {
    members(bytes) { $0.authorship() }
  }

  private static func members<Member>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ member: (inout CanonicalReader) -> Member?
  ) -> [String: Member]? {
    var reader = CanonicalReader(bytes)
    guard reader.take(UInt8(ascii: "{")) else { return nil }
    var members: [String: Member] = [:]
    if !reader.take(UInt8(ascii: "}")) {
      repeat {
        guard let name = reader.text(), reader.take(UInt8(ascii: ":")),
          let value = member(&reader), members.updateValue(value, forKey: name) == nil
        else { return nil }
      } while reader.take(UInt8(ascii: ","))
      guard reader.take(UInt8(ascii: "}")) else { return nil }
    }
    return reader.isAtEnd ? members : nil
  }
}

/// A walk over canonical JSON, byte by byte; the bytes outlive it.
private struct CanonicalReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  /// Whether the next byte is `byte`; then it is behind us.
  mutating func take(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  /// What a register holds.
  mutating func value() -> Value? {
    guard place < bytes.count else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "\""): return text().map { .text($0) }
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    case UInt8(ascii: "t"): return take("true") ? .flag(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .flag(false) : nil
    default: return number().map { .number($0) }
    }
  }

  /// `["<stamp>","<op>"]`
  mutating func authorship() -> Authorship? {
    guard take(UInt8(ascii: "[")), let stamp = text(), stamp.utf8.count == 16,
      stamp.utf8.allSatisfy({ Self.digit($0) != nil }), let bits = UInt64(stamp, radix: 16),
      take(UInt8(ascii: ",")), let text = text(), let op = EntryID(text),
      take(UInt8(ascii: "]"))
    else { return nil }
    return Authorship(stamp: Stamp(bits: bits), op: op)
  }

  /// A text in quotes.
  mutating func text() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = place
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        defer { place += 1 }
        return String(validating: bytes[start..<place], as: UTF8.self)
      case UInt8(ascii: "\\"): return escapedText(from: start)
      case 0..<0x20: return nil
      default: place += 1
      }
    }
    return nil
  }

  /// The slower road, from the first backslash on.
  private mutating func escapedText(from start: Int) -> String? {
    var text = Array(bytes[start..<place])
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case UInt8(ascii: "\\"): guard escape(into: &text) else { return nil }
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(into text: inout [UInt8]) -> Bool {
    guard place < bytes.count else { return false }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"):
      guard let scalar = scalar() else { return false }
      text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    default: return false
    }
    return true
  }

  /// Four hexadecimal digits, or two times four for a scalar beyond U+FFFF.
  private mutating func scalar() -> Unicode.Scalar? {
    guard let unit = fourDigits() else { return nil }
    guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
    guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let trail = fourDigits(),
      UTF16.isTrailSurrogate(trail)
    else { return nil }
    return Unicode.Scalar(0x10000 + (UInt32(unit) & 0x3FF) << 10 + UInt32(trail) & 0x3FF)
  }

  private mutating func fourDigits() -> UInt16? {
    guard place + 4 <= bytes.count else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[place..<place + 4] {
      guard let digit = Self.digit(byte) else { return nil }
      unit = unit << 4 | digit
    }
    place += 4
    return unit
  }

  private static func digit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// An integer of 64 bits, without leading zeros.
  private mutating func number() -> Int64? {
    let isNegative = take(UInt8(ascii: "-"))
    let start = place
    var number: Int64 = 0
    while place < bytes.count, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
      let product = number.multipliedReportingOverflow(by: 10)
      let step = isNegative ? -Int64(digit) : Int64(digit)
      let sum = product.partialValue.addingReportingOverflow(step)
      guard !product.overflow, !sum.overflow else { return nil }
      number = sum.partialValue
      place += 1
    }
    guard place > start, bytes[start] != UInt8(ascii: "0") || place == start + 1 && !isNegative
    else { return nil }
    return number
  }

  private mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    for index in 0..<count where bytes[place + index] != word.utf8Start[index] { return false }
    place += count
    return true
  }
}
