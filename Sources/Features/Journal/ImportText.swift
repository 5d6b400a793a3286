/// Bytes from elsewhere as text.
enum ImportText {
  /// The text, and whether it was no UTF-8 and had to be read as Windows-1252.
  static func text(_ bytes: ArraySlice<UInt8>) -> (text: String, isForeign: Bool) {
    if let text = String(validating: bytes, as: UTF8.self) { return (text, false) }
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(windows1252[Int(byte)]) }
    return (String(scalars), true)
  }

  /// UTF-16 with a byte order mark as UTF-8.
  static func fromUTF16(_ bytes: [UInt8]) -> [UInt8] {
    let isLittle = bytes.first == 0xFF
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 2, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// What each byte means in Windows-1252; the five that it leaves open mean themselves.
  static let windows1252: [Unicode.Scalar] = {
    let upper: [UInt32] = [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
    return (0..<256).map { byte in
      let value = (0x80..<0xA0).contains(byte) ? upper[byte - 0x80] : UInt32(byte)
      return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
  }()
}
