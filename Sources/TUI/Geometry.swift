/// Columns and rows, both counted from 0.
package struct Point: Hashable, Sendable {
  package var x, y: Int
  package init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// Columns by rows, never negative.
package struct Size: Hashable, Sendable {
  package var width, height: Int
  package init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }
}

/// A part of the screen, in cells.
package struct Rect: Hashable, Sendable {
  package var x, y, width, height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  package var size: Size { Size(width: width, height: height) }
  /// The first column and row beyond the rectangle.
  package var maxX: Int { x + width }
  package var maxY: Int { y + height }
  package var isEmpty: Bool { width == 0 || height == 0 }

  package func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  /// What both cover.
  package func intersection(_ other: Rect) -> Rect {
    let (left, top) = (max(x, other.x), max(y, other.y))
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// Smaller by so many cells at each side, never below empty.
  package func inset(left: Int = 0, right: Int = 0, top: Int = 0, bottom: Int = 0) -> Rect {
    Rect(
      x: x + min(left, width), y: y + min(top, height), width: width - left - right,
      height: height - top - bottom)
  }

  /// The row `index` from the top, one cell high (empty where it lies outside).
  package func row(_ index: Int) -> Rect {
    Rect(x: x, y: y + index, width: width, height: index >= 0 && index < height ? 1 : 0)
  }

  /// The first `columns` columns and, `gap` cells further, the rest.
  package func split(left columns: Int, gap: Int) -> (left: Rect, right: Rect) {
    let left = Rect(x: x, y: y, width: min(columns, width), height: height)
    let start = min(width, columns + gap)
    return (left, Rect(x: x + start, y: y, width: width - start, height: height))
  }
}
