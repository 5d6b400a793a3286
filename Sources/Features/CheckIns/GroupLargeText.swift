internal import Kernel
internal import TUI

/// Letters and digits three rows high, of half blocks; spaced apart where there is no room for them.
struct LargeText {
  private let text: String
  private let isASCII: Bool

  init(_ text: String, isASCII: Bool) {
    self.text = text.uppercased()
    self.isASCII = isASCII
  }

  /// The rows at a width: groups of four with a wider gap.
  func lines(width: Int) -> [SafeText] {
    let letters = Array(text)
    let glyphs = letters.map { Self.shapes[$0] }
    let columns = letters.count * 6 + (letters.count - 1) / 4 * 2
    guard !isASCII, columns <= width, !glyphs.contains(where: { $0 == nil }) else {
      let groups = stride(from: 0, to: letters.count, by: 4).map { start in
        letters[start..<min(start + 4, letters.count)].map(String.init).joined(separator: " ")
      }
      return [SafeText(groups.joined(separator: "   "))]
    }
    return (0..<3).map { row in
      var line = ""
      for (index, glyph) in glyphs.enumerated() {
        if index > 0 { line += index % 4 == 0 ? "   " : " " }
        line += Self.row(row, of: glyph ?? [])
      }
      return SafeText(line)
    }
  }

  /// Two rows of dots as one row of half blocks, five columns.
  private static func row(_ row: Int, of glyph: [UInt8]) -> String {
    let (upper, lower) = (glyph[row * 2], row * 2 + 1 < glyph.count ? glyph[row * 2 + 1] : 0)
    return String(
      (0..<5).map { column -> Character in
        let bit = UInt8(16 >> column)
        switch (upper & bit != 0, lower & bit != 0) {
        case (true, true): return "█"
        case (true, false): return "▀"
        case (false, true): return "▄"
        case (false, false): return " "
        }
      })
  }

  /// Five rows of five dots; the highest of five bits is the left one.
  private static let shapes: [Character: [UInt8]] = [
    "A": [14, 17, 31, 17, 17], "B": [30, 17, 30, 17, 30], "C": [15, 16, 16, 16, 15],
    "D": [30, 17, 17, 17, 30], "E": [31, 16, 30, 16, 31], "F": [31, 16, 30, 16, 16],
    "G": [15, 16, 19, 17, 15], "H": [17, 17, 31, 17, 17], "I": [14, 4, 4, 4, 14],
    "J": [1, 1, 1, 17, 14], "K": [17, 18, 28, 18, 17], "L": [16, 16, 16, 16, 31],
    "M": [17, 27, 21, 17, 17], "N": [17, 25, 21, 19, 17], "O": [14, 17, 17, 17, 14],
    "P": [30, 17, 30, 16, 16], "Q": [14, 17, 21, 18, 13], "R": [30, 17, 30, 18, 17],
    "S": [15, 16, 14, 1, 30], "T": [31, 4, 4, 4, 4], "U": [17, 17, 17, 17, 14],
    "V": [17, 17, 17, 10, 4], "W": [17, 17, 21, 27, 17], "X": [17, 10, 4, 10, 17],
    "Y": [17, 10, 4, 4, 4], "Z": [31, 2, 4, 8, 31], "0": [14, 19, 21, 25, 14],
    "1": [4, 12, 4, 4, 14], "2": [30, 1, 14, 16, 31], "3": [30, 1, 14, 1, 30],
    "4": [18, 18, 31, 2, 2], "5": [31, 16, 30, 1, 30], "6": [14, 16, 30, 17, 14],
    "7": [31, 1, 2, 4, 4], "8": [14, 17, 14, 17, 14], "9": [14, 17, 15, 1, 14],
  ]
}
