/// Leaves out what ncurses says twice about colours.
///
/// ncurses sends both colours again with every change of one, and resets all to end bold. The pen
/// holds back every change until something is drawn with it, and then says the difference in one
/// sequence. Only for terminals described by our own entry, whose sequences are all known here.
struct Pen {
  private struct Ink: Equatable {
    /// -1 the terminal's own, 0...255 the palette, 0x1000000 | rgb.
    var front = -1
    var back = -1
    /// Bit n for parameter n: 1 bold, 2 dim, 3 italic, 4 underlined, 7 reversed.
    var attributes = 0
  }

  private static let visibleOnBlanks = 1 << 4 | 1 << 7

  private var wanted = Ink()
  /// What the terminal draws with; nil where that is not known.
  private var actual: Ink?

  /// The terminal was used by somebody else.
  mutating func forget() { actual = nil }

  /// The same picture in fewer bytes.
  mutating func shorten(_ bytes: [UInt8]) -> [UInt8] {
    var short: [UInt8] = []
    short.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x1b {
        let end = Self.sequenceEnd(bytes, index)
        take(bytes[index..<end], into: &short)
        index = end
        continue
      }
      if byte == 0x20 || byte == 0x0a {
        drawBlanks(into: &short)
      } else if byte > 0x20 {
        draw(into: &short)
      }
      short.append(byte)
      index += 1
    }
    return short
  }

  private static func sequenceEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var index = start + 1
    guard index < bytes.count, bytes[index] == UInt8(ascii: "[") else {
      return min(index + 1, bytes.count)
    }
    repeat { index += 1 } while index < bytes.count && !(0x40...0x7e).contains(bytes[index])
    return min(index + 1, bytes.count)
  }

  private mutating func take(_ sequence: ArraySlice<UInt8>, into short: inout [UInt8]) {
    guard let final = sequence.last, sequence.count > 2 else {
      drawBlanks(into: &short)  // ESC M scrolls a blank row in
      short += sequence
      return
    }
    switch final {
    case UInt8(ascii: "m"):
      dip(sequence.dropFirst(2).dropLast())
      return
    case UInt8(ascii: "A")...UInt8(ascii: "H"), UInt8(ascii: "d"), UInt8(ascii: "h"),
      UInt8(ascii: "l"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      break  // moves and modes draw nothing
    default: drawBlanks(into: &short)
    }
    short += sequence
  }

  /// Understands the parameters of a change of colours.
  private mutating func dip(_ parameters: ArraySlice<UInt8>) {
    let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { $0.reduce(0) { $0 * 10 + Int($1) - 0x30 } }
    var rest = numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: wanted = Ink()
      case 1, 2, 3, 4, 7: wanted.attributes |= 1 << number
      case 22: wanted.attributes &= ~(1 << 1 | 1 << 2)
      case 23, 24, 27: wanted.attributes &= ~(1 << (number - 20))
      case 30...37: wanted.front = number - 30
      case 40...47: wanted.back = number - 40
      case 90...97: wanted.front = number - 82
      case 100...107: wanted.back = number - 92
      case 38: wanted.front = Self.color(&rest)
      case 48: wanted.back = Self.color(&rest)
      case 39: wanted.front = -1
      case 49: wanted.back = -1
      default: preconditionFailure("the entry has no other attributes: \(number)")
      }
    }
  }

  private static func color(_ rest: inout ArraySlice<Int>) -> Int {
    guard let kind = rest.popFirst(), let first = rest.popFirst() else { return -1 }
    if kind == 5 { return first }
    guard let green = rest.popFirst(), let blue = rest.popFirst() else { return -1 }
    return 0x1000000 | first << 16 | green << 8 | blue
  }

  /// Blanks show the background alone, as long as nothing underlines or reverses them.
  private mutating func drawBlanks(into short: inout [UInt8]) {
    if let actual, actual.back == wanted.back,
      (actual.attributes | wanted.attributes) & Self.visibleOnBlanks == 0
    {
      return
    }
    draw(into: &short)
  }

  private mutating func draw(into short: inout [UInt8]) {
    if actual == wanted { return }
    let fresh = Self.change(from: Ink(), to: wanted)
    var parameters = fresh.isEmpty ? [] : [0] + fresh
    if let actual {
      let change = Self.change(from: actual, to: wanted)
      if Self.length(change) <= Self.length(parameters) { parameters = change }
    }
    actual = wanted
    short += [0x1b, UInt8(ascii: "[")]
    short += parameters.map(String.init).joined(separator: ";").utf8
    short.append(UInt8(ascii: "m"))
  }

  private static func length(_ parameters: [Int]) -> Int {
    parameters.reduce(0) { $0 + ($1 < 10 ? 2 : $1 < 100 ? 3 : 4) }
  }

  private static func change(from old: Ink, to new: Ink) -> [Int] {
    var parameters: [Int] = []
    var kept = old.attributes & new.attributes
    let ended = old.attributes & ~new.attributes
    if ended & (1 << 1 | 1 << 2) != 0 {
      parameters.append(22)
      kept &= ~(1 << 1 | 1 << 2)
    }
    for number in [3, 4, 7] where ended & 1 << number != 0 { parameters.append(20 + number) }
    for number in [1, 2, 3, 4, 7] where new.attributes & ~kept & 1 << number != 0 {
      parameters.append(number)
    }
    if old.front != new.front { parameters += color(new.front, base: 30) }
    if old.back != new.back { parameters += color(new.back, base: 40) }
    return parameters
  }

  private static func color(_ color: Int, base: Int) -> [Int] {
    switch color {
    case ..<0: [base + 9]
    case 0..<8: [base + color]
    case 8..<16: [base + 52 + color]
    case 16..<256: [base + 8, 5, color]
    default: [base + 8, 2, color >> 16 & 255, color >> 8 & 255, color & 255]
    }
  }
}
