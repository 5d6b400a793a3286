/// The identity of an entry, an operation or a space: 128 bits, written as 32 hexadecimal digits.
///
/// Random ids are UUIDv7 (RFC 9562: milliseconds first, so that they sort by birth); entries with a
/// natural key carry a UUIDv8 that is derived from it, so that two devices make one row.
package struct EntryID: Hashable, Comparable, Sendable {
  /// The first and the last eight bytes, big endian.
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A UUIDv7 born at `moment`, its other 74 bits from `random`.
  package init(at moment: Moment, random: (UInt64, UInt64)) {
    let milliseconds = UInt64(max(0, moment.milliseconds)) & 0xFFFF_FFFF_FFFF
    high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
    low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
  }

  /// A UUIDv8 from the first 16 bytes of `digest`, or nil where it is shorter.
  package init?(digest: some Sequence<UInt8>) {
    guard let plain = EntryID(bytes: Array(digest.prefix(16))) else { return nil }
    high = plain.high & 0xFFFF_FFFF_FFFF_0FFF | 0x8000
    low = plain.low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
  }

  /// Exactly 16 bytes, big endian.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for (index, byte) in bytes.enumerated() {
      if index < 8 {
        words.0 = words.0 << 8 | UInt64(byte)
      } else {
        words.1 = words.1 << 8 | UInt64(byte)
      }
    }
    (high, low) = words
  }

  /// 32 hexadecimal digits, hyphens allowed anywhere.
  package init?(_ text: some StringProtocol) {
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    for byte in text.utf8 where byte != UInt8(ascii: "-") {
      guard digits < 32, let digit = Self.digit(byte) else { return nil }
      if digits < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
      digits += 1
    }
    guard digits == 32 else { return nil }
    (high, low) = words
  }

  package static func < (left: EntryID, right: EntryID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// The 16 bytes, big endian: the form in the database.
  package var bytes: [UInt8] {
    (0..<16).map { index in
      UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(56 - index % 8 * 8))
    }
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}

extension EntryID: CustomStringConvertible {
  /// 32 lower-case hexadecimal digits: the form on the wire and on the command line.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension EntryID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = EntryID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "an id is 32 hexadecimal digits")
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
