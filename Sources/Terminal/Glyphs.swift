internal import CTerminal
internal import TUI

/// Decides what a cell is drawn with.
///
/// ncurses holds one spacing scalar a cell and trusts the system's table of widths. A grapheme that
/// does not fit that (an emoji family, a flag, a scalar newer than the system) is given to ncurses as
/// a stand-in of one column from plane 16; `expand` puts the grapheme in its place and the cursor
/// where ncurses believes it to be, whatever width the terminal drew.
struct Glyphs {
  enum Manner {
    case ascii
    /// First scalars only, by ncurses alone: the terminal can't place its cursor in a row.
    case bare
    /// First scalars only: the terminal garbles clusters.
    case singleScalars
    case whole
  }

  /// What stands in the cell, and in the next one where it is two wide.
  struct Drawing {
    var first: (UInt32, UInt32, UInt32, UInt32, UInt32) = (32, 0, 0, 0, 0)
    /// 0 where ncurses itself takes the second column.
    var second: UInt32 = 0
    /// The terminal may draw it wider than it should: the rest of the row must follow.
    var mayOverflow = false
  }

  let manner: Manner
  private var standIns: [StandIn: UInt32] = [:]
  private var texts: [[UInt8]] = []

  private struct StandIn: Hashable {
    let text: String
    let x: Int
  }

  private static let plane: UInt32 = 0x100000
  /// Moves on by one column: the second half of a stand-in.
  private static let step: UInt32 = 0x10fffd
  private static let limit = 60_000

  init(_ manner: Manner) { self.manner = manner }

  /// True when no more stand-ins fit: forget them all and paint everything.
  var isFull: Bool { texts.count >= Self.limit }

  mutating func forget() {
    standIns = [:]
    texts = []
  }

  /// The drawing of a cell at column `x` of `columns`.
  mutating func drawing(_ cell: Cell, _ cluster: String?, x: Int, columns: Int) -> Drawing {
    let scalar = cell.scalar
    if scalar < 0x7f {  // the common case first
      if cluster == nil || manner == .ascii { return Drawing(first: (max(scalar, 32), 0, 0, 0, 0)) }
    }
    if manner == .ascii {
      let substitute = UInt32(ASCII.substitute(for: scalar))
      return Drawing(first: (substitute, 0, 0, 0, 0), second: cell.width == 2 ? 32 : 0)
    }
    if scalar < 0xa0 && scalar >= 0x7f || scalar < 0x20 { return Drawing() }
    guard let cluster else { return single(cell, x: x) }
    return self.cluster(cell, cluster, x: x, columns: columns)
  }

  private mutating func single(_ cell: Cell, x: Int) -> Drawing {
    let scalar = cell.scalar
    if scalar < 0x300 { return Drawing(first: (scalar, 0, 0, 0, 0)) }
    let isOurs = scalar >= Self.plane
    let agrees = !isOurs && ct_width(scalar) == Int32(cell.width)
    let isEmoji = cell.width == 2 && (scalar >= 0x1f000 && scalar < 0x20000 || scalar < 0x2e80)
    if agrees && (manner == .bare || !isEmoji) { return Drawing(first: (scalar, 0, 0, 0, 0)) }
    if manner != .bare, !isOurs, let text = Unicode.Scalar(scalar) {
      return standIn(for: String(text), cell, x: x)
    }
    return Drawing(first: (0xfffd, 0, 0, 0, 0), second: cell.width == 2 ? 32 : 0)
  }

  private mutating func cluster(_ cell: Cell, _ text: String, x: Int, columns: Int) -> Drawing {
    var scalars = (cell.scalar, UInt32(0), UInt32(0), UInt32(0), UInt32(0))
    var count = 1
    var reach = 0  // the columns it takes where the terminal does not join it
    var isPlain = ct_width(cell.scalar) == Int32(cell.width)
    for scalar in text.unicodeScalars {
      let width = max(0, ct_width(scalar.value))
      reach += Int(width)
      defer { count += 1 }
      if count == 1 { continue }
      if width != 0 || scalar.value == 0x200d || scalar.value >= 0xfe00 && scalar.value <= 0xfe0f {
        isPlain = false
      }
      switch count {
      case 2: scalars.1 = scalar.value
      case 3: scalars.2 = scalar.value
      case 4: scalars.3 = scalar.value
      case 5: scalars.4 = scalar.value
      default: break  // the fifth combining mark and more are not drawn
      }
    }
    if isPlain { return Drawing(first: scalars) }
    if manner == .whole, x + reach <= columns, !text.unicodeScalars.contains(where: isForbidden) {
      var drawing = standIn(for: text, cell, x: x)
      drawing.mayOverflow = true
      return drawing
    }
    return fallback(cell, text, x: x)
  }

  /// A flag by its letters, anything else by its first scalar.
  private mutating func fallback(_ cell: Cell, _ text: String, x: Int) -> Drawing {
    let flag = text.unicodeScalars.compactMap { scalar in
      (0x1f1e6...0x1f1ff).contains(scalar.value) ? scalar.value - 0x1f1e6 + 65 : nil
    }
    if flag.count == 2, cell.width == 2 {
      return Drawing(first: (flag[0], 0, 0, 0, 0), second: flag[1])
    }
    if ct_width(cell.scalar) == 1, cell.width == 2 {
      return Drawing(first: (cell.scalar, 0, 0, 0, 0), second: 32)
    }
    return single(cell, x: x)
  }

  private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value) || scalar.value >= Self.plane
  }

  private mutating func standIn(for text: String, _ cell: Cell, x: Int) -> Drawing {
    let key = StandIn(text: text, x: x)
    let second = cell.width == 2 ? Self.step : 0
    if let known = standIns[key] { return Drawing(first: (known, 0, 0, 0, 0), second: second) }
    let scalar = Self.plane + UInt32(texts.count)
    standIns[key] = scalar
    texts.append(Array(text.utf8) + Array("\u{1b}[\(x + 2)G".utf8))
    return Drawing(first: (scalar, 0, 0, 0, 0), second: second)
  }

  /// Puts the graphemes in the place of their stand-ins.
  func expand(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    if texts.isEmpty { return Array(bytes) }
    var expanded: [UInt8] = []
    expanded.reserveCapacity(bytes.count + 64)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == 0xf4, index + 3 < bytes.count else {
        expanded.append(byte)
        index += 1
        continue
      }
      let number =
        UInt32(bytes[index + 1] & 0x3f) << 12 | UInt32(bytes[index + 2] & 0x3f) << 6
        | UInt32(bytes[index + 3] & 0x3f)
      index += 4
      if Self.plane + number == Self.step {
        expanded += [0x1b, 0x5b, 0x43]
      } else if Int(number) < texts.count {
        expanded += texts[Int(number)]
      }
    }
    return expanded
  }
}
