package import Kernel

/// Breaks text into rows at word boundaries.
///
/// Spaces at the end of a row hang over its edge; a word that is longer than a row breaks where the
/// row ends; ideographs break anywhere but before closing and after opening punctuation.
package enum Wrap {
  /// The rows of a text of lines, without the spaces that hang. Tabs are spread to spaces.
  package static func lines(_ text: SafeText, width: Int) -> [SafeText] {
    text.lines.flatMap { line in
      let string = spread(line.string)
      return rows(of: string, width: width).map { range in
        SafeText(string.text(range.lowerBound..<trimmed(string, range)))
      }
    }
  }

  /// The rows of one line as ranges of its UTF-8: together the whole line.
  package static func rows(of line: String, width: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var start = 0
    while let next = nextRow(of: line, from: start, width: width) {
      rows.append(start..<next)
      start = next
    }
    rows.append(start..<line.utf8.count)
    return rows
  }

  /// Where the row after the one at `start` begins; nil where the rest fits.
  static func nextRow(of line: String, from start: Int, width: Int) -> Int? {
    line.readGlyphs(from: start) { reader in
      var opening: Int?
      var before: UInt32 = 0x20
      var offset = start
      while reader.next() {
        let scalar = reader.scalar
        defer {
          before = scalar
          offset = reader.offset
        }
        if isSpace(scalar) {
          opening = reader.offset
          continue
        }
        if offset > start, mayBreak(between: before, and: scalar) { opening = offset }
        if reader.column + reader.width > width, offset > start { return opening ?? offset }
      }
      return nil
    }
  }

  /// The end of a row without its last spaces.
  static func trimmed(_ line: String, _ row: Range<Int>) -> Int {
    let bytes = line.utf8
    var end = row.upperBound
    while end > row.lowerBound, bytes[line.index(at: end - 1)] == 32 { end -= 1 }
    return end
  }

  private static func spread(_ line: String) -> String {
    guard line.utf8.contains(9) else { return line }
    var (text, column) = ("", 0)
    for character in line {
      let width = Glyph.width(character, column: column)
      if character == "\t" {
        text += String(repeating: " ", count: width)
      } else {
        text.append(character)
      }
      column += width
    }
    return text
  }

  private static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x09, 0x1680, 0x2000...0x2006, 0x2008...0x200A, 0x205F, 0x3000: true
    default: false
    }
  }

  private static func mayBreak(between left: UInt32, and right: UInt32) -> Bool {
    if left < 0x80, right < 0x80 {
      return left == 0x2D && (0x41...0x5A).contains(right & 0xDF)
    }
    if left == 0x2013 || left == 0x2014 { return true }
    if left == 0x2D { return right > 0xBF }
    if isOpening(left) || isClosing(right) { return false }
    return isIdeograph(left) || isIdeograph(right)
  }

  private static func isIdeograph(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2E80...0x2FFF, 0x3001...0x30FF, 0x3105...0x9FFF, 0xA000...0xA4CF, 0xF900...0xFAFF,
      0xFF01...0xFF60, 0x1F300...0x1FAFF, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  private static func isOpening(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x28, 0x5B, 0x7B, 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014,
      0x3016, 0xFF08, 0xFF3B, 0xFF5B:
      true
    default: false
    }
  }

  private static func isClosing(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x21, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x7D, 0x2019, 0x201D, 0x2026, 0x3001,
      0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3041, 0x3043,
      0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x30A1, 0x30A3, 0x30A5, 0x30A7,
      0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30FB, 0x30FC, 0xFF01, 0xFF09, 0xFF0C, 0xFF0E,
      0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D:
      true
    default: false
    }
  }
}
