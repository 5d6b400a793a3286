internal import CTerminal
internal import Kernel
package import TUI

/// Turns surfaces into the fewest bytes that bring the terminal up to date; ncurses does the counting.
package final class Painter {
  package let depth: ColorDepth
  package private(set) var size: Size
  private let curses: OpaquePointer
  private var glyphs: Glyphs
  /// Nil where the terminal's own description is used.
  private var pen: Pen?
  /// What ncurses' window holds.
  private var drawn: Surface
  private var theme: Theme?
  private var looks: [Look] = []
  private var pairs: [Colors: Int32] = [:]
  private let pairLimit: Int
  private var cursorVisible: Bool?

  /// How a role on a ground is told to ncurses.
  private struct Look {
    var attributes: UInt32
    var pair: Int32
  }

  private struct Colors: Hashable {
    var front, back: Int32
  }

  /// Throws `TerminalError.unknown` where neither we nor the system know the terminal.
  package init(_ terminal: Capabilities, size: Size) throws(TerminalError) {
    guard ct_choose_utf8() else { throw .system("locale") }
    let wantsColour = terminal.depth != ColorDepth.mono
    let height = Int32(clamping: max(1, size.height))
    let width = Int32(clamping: max(1, size.width))
    let opened =
      terminal.isXtermAlike
      ? ct_painter_open("lifeos-direct", ct_direct_entry(), height, width, wantsColour)
      : ct_painter_open(terminal.name, nil, height, width, wantsColour)
    guard let opened else { throw .unknown(terminal.name) }
    curses = opened
    guard ct_painter_capability(curses, "cup") != nil else {
      ct_painter_close(curses)
      throw .dumb
    }
    depth = terminal.depth ?? Self.depth(colours: ct_painter_colours(curses))
    pairLimit = Int(ct_painter_pairs(curses))
    self.size = Size(width: Int(width), height: Int(height))
    drawn = Surface(size: self.size)
    pen = terminal.isXtermAlike ? Pen() : nil
    let placesInRow = ct_painter_capability(curses, "hpa") != nil
    glyphs = Glyphs(
      !terminal.isUTF8
        ? .ascii : !placesInRow ? .bare : terminal.drawsClusters ? .whole : .singleScalars)
  }

  deinit { ct_painter_close(curses) }

  private static func depth(colours: Int32) -> ColorDepth {
    colours >= 256 ? .indexed : colours >= 16 ? .sixteen : colours >= 8 ? .eight : .mono
  }

  /// The bytes that turn what the terminal shows into `surface`; none where it shows it already.
  package func paint(_ surface: Surface, _ theme: Theme) -> [UInt8] {
    ct_painter_select(curses)
    if glyphs.isFull {
      glyphs.forget()
      startOver()
    }
    let restyled = theme != self.theme
    if restyled { restyle(theme) }
    if surface.size == size {
      draw(surface, everything: restyled)
      drawn = surface
    } else {
      startOver()
      var fitted = Surface(size: size)
      fitted.copy(surface)
      draw(fitted, everything: true)
      drawn = fitted
    }
    return flush(surface)
  }

  /// The next paint sends everything: another program wrote on the terminal.
  package func repeatAll() {
    ct_painter_repeat(curses)
    pen?.forget()
  }

  /// Follows the terminal to a new size; the next paint sends everything.
  package func resize(to size: Size) {
    self.size = Size(width: max(1, size.width), height: max(1, size.height))
    ct_painter_reset(curses, Int32(clamping: self.size.height), Int32(clamping: self.size.width))
    drawn = Surface(size: self.size)
  }

  /// The bytes that give the screen back. The next paint takes it again.
  package func leave() -> [UInt8] {
    cursorVisible = nil
    pen?.forget()
    var count = 0
    let bytes = ct_painter_leave(curses, &count)
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// A string of the terminal's description, without padding.
  func capability(_ name: String) -> [UInt8] {
    guard let value = ct_painter_capability(curses, name) else { return [] }
    var bytes: [UInt8] = []
    var rest = Substring(String(cString: value))
    while let dollar = rest.firstIndex(of: "$"), let end = rest[dollar...].firstIndex(of: ">") {
      bytes += rest[..<dollar].utf8
      rest = rest[rest.index(after: end)...]
    }
    return bytes + Array(rest.utf8)
  }

  private func startOver() {
    ct_painter_reset(curses, 0, 0)
    drawn = Surface(size: size)
  }

  // MARK: Cells

  private func draw(_ surface: Surface, everything: Bool) {
    let columns = size.width
    surface.cells.withUnsafeBufferPointer { new in
      drawn.cells.withUnsafeBufferPointer { old in
        for y in 0..<size.height {
          let row = y * columns
          var first = 0
          var last = columns - 1
          if !everything {
            while first <= last, isEqual(new, old, row + first, surface) { first += 1 }
            while last > first, isEqual(new, old, row + last, surface) { last -= 1 }
            // Never begin in the middle of a wide character.
            while first > 0, first <= last, new[row + first].width == 0 { first -= 1 }
          }
          if first <= last { drawRow(surface, new, y, first...last) }
        }
      }
    }
  }

  private func isEqual(
    _ new: UnsafeBufferPointer<Cell>, _ old: UnsafeBufferPointer<Cell>, _ index: Int,
    _ surface: Surface
  ) -> Bool {
    new[index] == old[index]
      && (!new[index].hasCluster || surface.clusters[index] == drawn.clusters[index])
  }

  private func drawRow(
    _ surface: Surface, _ cells: UnsafeBufferPointer<Cell>, _ y: Int, _ columns: ClosedRange<Int>
  ) {
    let row = y * size.width
    var mayOverflow = false
    for x in columns {
      let cell = cells[row + x]
      if cell.width == 0 && x > 0 { continue }
      let cluster = cell.hasCluster ? surface.clusters[row + x] : nil
      let drawing = glyphs.drawing(cell, cluster, x: x, columns: size.width)
      let look = looks[Int(cell.role.rawValue) * Ground.allCases.count + Int(cell.ground.rawValue)]
      put(drawing.first, look, x: x, y: y)
      if drawing.second != 0, x + 1 < size.width {
        put((drawing.second, 0, 0, 0, 0), look, x: x + 1, y: y)
      }
      mayOverflow = mayOverflow || drawing.mayOverflow
    }
    if mayOverflow { ct_painter_repeat_row(curses, Int32(y)) }
  }

  private func put(
    _ scalars: (UInt32, UInt32, UInt32, UInt32, UInt32), _ look: Look, x: Int, y: Int
  ) {
    var ended = (scalars.0, scalars.1, scalars.2, scalars.3, scalars.4, UInt32(0))
    withUnsafePointer(to: &ended) { pointer in
      pointer.withMemoryRebound(to: UInt32.self, capacity: 6) { scalars in
        if ct_painter_put(curses, Int32(y), Int32(x), scalars, look.attributes, look.pair) {
          return
        }
        // ncurses refuses a cluster: its first scalar, or a question mark.
        var plain: (UInt32, UInt32) = (ct_width(scalars[0]) == 1 ? scalars[0] : 63, 0)
        withUnsafePointer(to: &plain.0) {
          _ = ct_painter_put(curses, Int32(y), Int32(x), $0, look.attributes, look.pair)
        }
      }
    }
  }

  private func flush(_ surface: Surface) -> [UInt8] {
    let shows = surface.showsCursor && surface.cursor != nil
    if !shows && cursorVisible != false { showCursor(false) }
    if let cursor = surface.cursor {
      let x = min(max(cursor.x, 0), size.width - 1)
      let y = min(max(cursor.y, 0), size.height - 1)
      ct_painter_cursor(curses, Int32(y), Int32(x))
    }
    var bytes = flush()
    if shows && cursorVisible != true {
      showCursor(true)
      bytes += flush()
    }
    return bytes
  }

  private func flush() -> [UInt8] {
    var count = 0
    guard let start = ct_painter_flush(curses, &count), count > 0 else { return [] }
    let bytes = glyphs.expand(UnsafeBufferPointer(start: start, count: count))
    return pen?.shorten(bytes) ?? bytes
  }

  private func showCursor(_ visible: Bool) {
    ct_painter_show_cursor(curses, visible)
    cursorVisible = visible
  }

  // MARK: Colours

  private func restyle(_ theme: Theme) {
    self.theme = theme
    looks = []
    for role in Role.allCases {
      for ground in Ground.allCases { looks.append(look(role, ground, theme)) }
    }
  }

  private func look(_ role: Role, _ ground: Ground, _ theme: Theme) -> Look {
    let styles = depth.isRich ? theme.styles : theme.plainStyles
    let grounds = depth.isRich ? theme.grounds : theme.plainGrounds
    let style = styles.indices.contains(Int(role.rawValue)) ? styles[Int(role.rawValue)] : Style()
    let behind =
      grounds.indices.contains(Int(ground.rawValue)) ? grounds[Int(ground.rawValue)] : Backdrop()
    var attributes: UInt32 = 0
    if style.bold { attributes |= UInt32(CT_BOLD) }
    if style.underline { attributes |= UInt32(CT_UNDERLINE) }
    // Without colours the selected row must still be seen.
    let marks = behind.reverse || (depth == .mono && ground == .selection)
    if style.reverse != marks { attributes |= UInt32(CT_REVERSE) }
    if depth != .mono {
      if style.dim { attributes |= UInt32(CT_DIM) }
      if style.italic { attributes |= UInt32(CT_ITALIC) }
      if depth == .eight, case .sixteen(8...) = style.foreground { attributes |= UInt32(CT_BOLD) }
    }
    var ink = style.foreground
    // A painted ground can be the opposite of the terminal's own, as a light theme on a dark terminal
    // is: the terminal's own text colour would be lost on it.
    if ink == .standard, behind.color != .standard, depth.isRich {
      ink = theme.isDark ? .indexed(255) : .indexed(234)
    }
    let colors = Colors(
      front: depth.number(of: ink), back: depth.number(of: behind.color))
    return Look(attributes: attributes, pair: pair(colors))
  }

  private func pair(_ colors: Colors) -> Int32 {
    if colors.front < 0 && colors.back < 0 { return 0 }
    if let known = pairs[colors] { return known }
    // Pairs of former themes make room; all cells are drawn anew after a change of theme.
    if pairs.count + 1 >= pairLimit { pairs = [:] }
    let number = Int32(pairs.count + 1)
    guard number < pairLimit, ct_painter_define(curses, number, colors.front, colors.back) else {
      return 0
    }
    pairs[colors] = number
    return number
  }
}

extension Surface {
  /// Takes over as much of another surface as fits.
  fileprivate mutating func copy(_ other: Surface) {
    for y in 0..<min(size.height, other.size.height) {
      let row = Rect(x: 0, y: y, width: min(size.width, other.size.width), height: 1)
      var x = 0
      while x < row.width {
        let cell = other[x, y]
        let text = SafeText(other.text(x: x, y: y))
        put(text, cell.role, at: Point(x: x, y: y), in: row, ground: cell.ground)
        x += max(1, Int(cell.width))
      }
    }
    cursor = other.cursor
    showsCursor = other.showsCursor
  }
}
