/// Hexadecimal digits, eight bytes at a time.
enum Hex {
  /// The value of one digit of either case.
  @inline(__always) static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The number of exactly 16 digits that begin at `start`.
  @inline(__always) static func word(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> UInt64? {
    var word: UInt64 = 0
    for index in start..<start + 16 {
      guard let digit = digit(bytes[index]) else { return nil }
      word = word << 4 | UInt64(digit)
    }
    return word
  }

  /// The eight digits of 32 bits, the first in the lowest address.
  ///
  /// Spreads the digits over the bytes of a word, then adds "0", and 39 more where a digit is a
  /// letter ("a" is "0" + 10 + 39).
  @inline(__always) static func digits(_ bits: UInt32) -> UInt64 {
    var word = UInt64(bits)
    word = (word | word << 16) & 0x0000_FFFF_0000_FFFF
    word = (word | word << 8) & 0x00FF_00FF_00FF_00FF
    word = (word | word << 4) & 0x0F0F_0F0F_0F0F_0F0F
    let letters = (word &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return (word &+ 0x3030_3030_3030_3030 &+ letters &* 39).bigEndian
  }

  /// 16 digits as a text.
  static func text(_ bits: UInt64) -> String {
    let words = (
      digits(UInt32(truncatingIfNeeded: bits >> 32)), digits(UInt32(truncatingIfNeeded: bits))
    )
    return withUnsafeBytes(of: words) { String(decoding: $0, as: UTF8.self) }
  }

  /// The reverse of `text`: nil where it is anything but 16 digits.
  static func word(_ text: String) -> UInt64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 16 else { return nil }
    return bytes.withUnsafeBufferPointer { word($0, from: 0) }
  }
}
