internal import TUI

/// How many colours a terminal has.
package enum ColorDepth: Comparable, Sendable {
  case mono, eight, sixteen, indexed, direct

  /// Rich themes need 256 colours.
  var isRich: Bool { self >= .indexed }

  /// The number ncurses knows a colour by; -1 for the terminal's own.
  func number(of color: Color) -> Int32 {
    switch (self, color) {
    case (.mono, _), (_, .standard): -1
    case (.direct, .rgb(let red, let green, let blue)): Palette.direct(red, green, blue)
    case (.direct, .sixteen(let index)), (.direct, .indexed(let index)): Int32(index & 255)
    case (.indexed, .rgb(let red, let green, let blue)): Int32(Palette.nearest(red, green, blue))
    case (.indexed, .sixteen(let index)), (.indexed, .indexed(let index)): Int32(index & 255)
    case (.sixteen, .sixteen(let index)): Int32(index & 15)
    case (.eight, .sixteen(let index)): Int32(index & 7)
    case (.sixteen, .indexed(let index)): Int32(Palette.nearest(among: 16, index))
    case (.eight, .indexed(let index)): Int32(Palette.nearest(among: 8, index))
    case (.sixteen, .rgb(let red, let green, let blue)):
      Int32(Palette.nearest(among: 16, Palette.nearest(red, green, blue)))
    case (.eight, .rgb(let red, let green, let blue)):
      Int32(Palette.nearest(among: 8, Palette.nearest(red, green, blue)))
    }
  }
}

/// xterm's palette of 256: 16 names, a cube of 6×6×6, 24 greys.
enum Palette {
  private static let steps: [Int] = [0, 95, 135, 175, 215, 255]
  private static let names: [(Int, Int, Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]

  /// Red, green and blue of a palette index.
  static func color(_ index: Int) -> (Int, Int, Int) {
    if index < 16 { return names[max(0, index)] }
    if index >= 232 {
      let grey = 8 + (min(index, 255) - 232) * 10
      return (grey, grey, grey)
    }
    let cube = index - 16
    return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
  }

  /// A colour of 24 bits, as the entry `lifeos-direct` takes it.
  ///
  /// One that the palette holds is told by its index, in half the bytes; the first 22 indices are
  /// left alone, for people give those other colours. Below 256 a number means the palette: black
  /// and the purest dark blues get one step of green.
  static func direct(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
    let index = nearest(red, green, blue)
    if index >= 22, color(index) == (Int(red), Int(green), Int(blue)) { return Int32(index) }
    let number = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
    return number < 256 ? number | 0x100 : number
  }

  /// The index of the cube or the greys that is nearest; the 16 names differ between terminals.
  static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
    func step(_ value: UInt8) -> Int {
      value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40
    }
    let (r, g, b) = (Int(red), Int(green), Int(blue))
    let cube = 16 + 36 * step(red) + 6 * step(green) + step(blue)
    let average = (r + g + b) / 3
    let grey = 232 + min(23, max(0, (average - 3) / 10))
    return distance(color(grey), (r, g, b)) < distance(color(cube), (r, g, b)) ? grey : cube
  }

  /// The nearest of the first `count` names to a palette index.
  static func nearest(among count: Int, _ index: Int) -> Int {
    if index < count { return max(0, index) }
    let wanted = color(index)
    return (0..<count).min { distance(names[$0], wanted) < distance(names[$1], wanted) } ?? 7
  }

  private static func distance(_ a: (Int, Int, Int), _ b: (Int, Int, Int)) -> Int {
    let (red, green, blue) = (a.0 - b.0, a.1 - b.1, a.2 - b.2)
    return red * red + green * green + blue * blue
  }
}
