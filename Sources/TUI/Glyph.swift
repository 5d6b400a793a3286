internal import Kernel

/// How a grapheme of raw text stands in a text field: never without a column, so that the caret
/// always moves. A tab goes to the next fourth column; what is hidden elsewhere shows as U+FFFD.
enum Glyph {
  static let tabStop = 4

  static func width(_ character: Character, column: Int) -> Int {
    if character == "\t" { return tabStop - column % tabStop }
    return shown(character).width
  }

  /// What stands for a grapheme other than a tab, with its 1 or 2 columns.
  static func shown(_ character: Character) -> (text: SafeText, width: Int) {
    let safe = SafeText(String(character))
    guard let first = safe.string.first else { return ("\u{FFFD}", 1) }
    let width = Width.of(first)
    if width == 0 { return ("\u{FFFD}", 1) }
    return (safe.string.count == 1 ? safe : SafeText(String(first)), width)
  }
}

/// The graphemes of a text one after another, with what a layout must know of each.
struct GlyphReader {
  let text: String
  /// Bytes of UTF-8 from the start.
  private(set) var offset: Int
  /// From the start of the row.
  private(set) var column = 0
  /// The grapheme before the offset: its first scalar, its columns.
  private(set) var scalar: UInt32 = 0
  private(set) var width = 0
  private let bytes: UnsafeBufferPointer<UInt8>

  /// `bytes` are those of `text`, which must be native.
  init(_ text: String, bytes: UnsafeBufferPointer<UInt8>, from offset: Int) {
    self.text = text
    self.bytes = bytes
    self.offset = offset
  }

  mutating func next() -> Bool {
    column += width
    guard offset < bytes.count else {
      width = 0
      return false
    }
    let (value, length) = decoded(at: offset)
    let end = offset + length
    let follower = end < bytes.count ? decoded(at: end).scalar : 0x20
    scalar = value
    if let columns = plain(value), plain(follower) != nil {
      width = columns
      offset = end
      return true
    }
    if value < 0x80, follower < 0x80 {
      width = value == 9 ? Glyph.tabStop - column % Glyph.tabStop : 1
      offset = end
      return true
    }
    let start = text.index(at: offset)
    let after = text.index(after: start)
    let next = text.offset(of: after)
    width =
      ordinaryWidth(to: next) ?? Glyph.width(Character(String(text[start..<after])), column: column)
    offset = next
    return true
  }

  /// The columns of a grapheme of a few letters and marks that are all shown as they are; nil for
  /// others.
  private func ordinaryWidth(to end: Int) -> Int? {
    var (place, count, sum) = (offset, 0, 0)
    while place < end {
      let (value, length) = decoded(at: place)
      guard value < 0x2000, value >= 0x300 || value > 0x20 && value < 0x7F, count < 8 else {
        return nil
      }
      switch value {
      case 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F: return nil
      default: sum += WidthTable.columns(of: value)
      }
      count += 1
      place += length
    }
    return sum == 0 ? nil : min(sum, 2)
  }

  private func plain(_ scalar: UInt32) -> Int? {
    scalar < 0x7F ? (scalar >= 0x20 ? 1 : nil) : Width.plainColumns(of: scalar)
  }

  /// Strings hold valid UTF-8 only.
  private func decoded(at offset: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(bytes[offset])
    if first < 0x80 { return (first, 1) }
    func rest(_ index: Int) -> UInt32 { UInt32(bytes[offset + index]) & 0x3F }
    if first < 0xE0 { return ((first & 0x1F) << 6 | rest(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | rest(1) << 6 | rest(2), 3) }
    return ((first & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4)
  }
}

extension String {
  /// Reads graphemes from `offset` on; the columns count from there.
  func readGlyphs<T>(from offset: Int, _ body: (inout GlyphReader) -> T) -> T {
    let read = utf8.withContiguousStorageIfAvailable { bytes in
      var reader = GlyphReader(self, bytes: bytes, from: offset)
      return body(&reader)
    }
    if let read { return read }
    var native = self
    native.makeContiguousUTF8()
    return Array(native.utf8).withUnsafeBufferPointer { bytes in
      var reader = GlyphReader(native, bytes: bytes, from: offset)
      return body(&reader)
    }
  }
}
