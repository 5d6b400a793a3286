package import Kernel

/// A rectangle of cells that screens draw on; whatever falls outside is cut off, never an error.
package struct Surface: Equatable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// The graphemes of more than one scalar, by cell index.
  package private(set) var clusters: [Int: String] = [:]
  /// Where the hardware cursor sits: on the focused item, or in the text.
  package var cursor: Point?
  /// True in a text field: the cursor is shown. Elsewhere it only marks the place for screen readers.
  package var showsCursor = false

  package init(size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  package var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

  package subscript(x: Int, y: Int) -> Cell { cells[y * size.width + x] }

  /// Writes text from `point` to the right, clipped to `rect`. Returns the column after the last one.
  @discardableResult
  package mutating func put(
    _ text: SafeText, _ role: Role = .text, at point: Point, in rect: Rect,
    ground: Ground? = nil
  ) -> Int {
    var x = point.x
    let (left, right) = (max(rect.x, 0), min(rect.maxX, size.width))
    guard point.y >= max(rect.y, 0), point.y < min(rect.maxY, size.height) else {
      return x + Width.of(text)
    }
    if Width.isPlain(text) {
      for scalar in text.string.unicodeScalars {
        let width = Width.plainColumns(of: scalar.value) ?? 0
        if x >= left && x + width <= right {
          let cell = Cell(scalar: scalar.value, role: role, width: UInt8(width))
          set(cell, nil, ground, x: x, y: point.y)
        }
        x += width
      }
      return x
    }
    for character in text.string {
      let width = Width.of(character)
      guard width > 0 else { continue }
      if x >= left && x + width <= right {
        set(character, width, role, ground, x: x, y: point.y)
      }
      x += width
    }
    return x
  }

  /// Like `put`, but a text that does not fit ends with `…`.
  @discardableResult
  package mutating func fit(
    _ text: SafeText, _ role: Role = .text, at point: Point, in rect: Rect, ground: Ground? = nil
  ) -> Int {
    put(Width.cut(text, to: rect.maxX - point.x), role, at: point, in: rect, ground: ground)
  }

  /// Like `fit`, ending at the right edge of `rect`. Returns the first column used.
  @discardableResult
  package mutating func right(
    _ text: SafeText, _ role: Role = .text, y: Int, in rect: Rect, ground: Ground? = nil
  ) -> Int {
    let cut = Width.cut(text, to: rect.width)
    let x = rect.maxX - Width.of(cut)
    put(cut, role, at: Point(x: x, y: y), in: rect, ground: ground)
    return x
  }

  /// Fills a rectangle with one character of width 1.
  package mutating func fill(
    _ rect: Rect, _ character: Character = " ", _ role: Role = .text, ground: Ground? = nil
  ) {
    for y in max(0, rect.y)..<max(max(0, rect.y), min(rect.maxY, size.height)) {
      for x in max(0, rect.x)..<max(max(0, rect.x), min(rect.maxX, size.width)) {
        set(character, 1, role, ground, x: x, y: y)
      }
    }
  }

  /// Changes what lies behind a rectangle, keeping its text.
  package mutating func ground(_ ground: Ground, in rect: Rect) {
    for y in max(0, rect.y)..<max(max(0, rect.y), min(rect.maxY, size.height)) {
      for x in max(0, rect.x)..<max(max(0, rect.x), min(rect.maxX, size.width)) {
        cells[y * size.width + x].ground = ground
      }
    }
  }

  /// The whole grapheme of a cell; empty for the second half of a wide one.
  package func text(x: Int, y: Int) -> String {
    let index = y * size.width + x
    let cell = cells[index]
    if cell.width == 0 { return "" }
    if cell.hasCluster, let cluster = clusters[index] { return cluster }
    return Unicode.Scalar(cell.scalar).map { String($0) } ?? " "
  }

  /// The rows as text, without trailing blanks: what tests compare.
  package var lines: [String] {
    (0..<size.height).map { y in
      var line = (0..<size.width).map { text(x: $0, y: y) }.joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private mutating func set(
    _ character: Character, _ width: Int, _ role: Role, _ ground: Ground?, x: Int, y: Int
  ) {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return }
    let many = scalars.index(after: scalars.startIndex) != scalars.endIndex
    let cell = Cell(
      scalar: first.value, role: role, width: UInt8(width), flags: many ? 1 : 0)
    set(cell, many ? character : nil, ground, x: x, y: y)
  }

  private mutating func set(
    _ new: Cell, _ cluster: Character?, _ ground: Ground?, x: Int, y: Int
  ) {
    let index = y * size.width + x
    let width = Int(new.width)
    clearHalves(at: index, x: x, width: width)
    var cell = new
    cell.ground = ground ?? cells[index].ground
    cells[index] = cell
    if let cluster { clusters[index] = String(cluster) }
    if width == 2 {
      cells[index + 1] = Cell(scalar: 0, role: cell.role, ground: cell.ground, width: 0)
    }
  }

  /// Half a wide character is never left standing.
  private mutating func clearHalves(at index: Int, x: Int, width: Int) {
    if cells[index].width == 0, x > 0 { cells[index - 1] = blank(like: cells[index - 1]) }
    let last = index + width - 1
    if cells[last].width == 2, x + width < size.width {
      cells[last + 1] = blank(like: cells[last + 1])
    }
  }

  private func blank(like cell: Cell) -> Cell {
    Cell(scalar: 32, role: cell.role, ground: cell.ground)
  }
}
