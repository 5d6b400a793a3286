internal import Kernel

/// How much of a list is seen and where: a thumb on a thin line. Nothing where all is seen.
package struct Scrollbar: Sendable {
  private let total: Int
  private let first: Int

  /// - Parameters:
  ///   - total: rows in all.
  ///   - first: the first visible one.
  package init(total: Int, first: Int) {
    self.total = total
    self.first = first
  }

  /// Draws into the last column of `rect`, whose height is what is seen.
  package func draw(on surface: inout Surface, in rect: Rect, isASCII: Bool = false) {
    guard let thumb = thumb(height: rect.height), rect.width > 0 else { return }
    for row in 0..<rect.height {
      let isThumb = thumb.contains(row)
      surface.put(
        isThumb ? (isASCII ? "#" : "┃") : (isASCII ? "|" : "│"), isThumb ? .muted : .faint,
        at: Point(x: rect.maxX - 1, y: rect.y + row), in: rect)
    }
  }

  /// The rows of the thumb. It touches an end only where the list does.
  package func thumb(height: Int) -> Range<Int>? {
    guard height > 0, total > height else { return nil }
    let length = max(1, height * height / total)
    let hidden = total - height
    let place = min(max(first, 0), hidden)
    let room = height - length
    var start = Int(Double(place) / Double(hidden) * Double(room))
    if place > 0, start == 0, room > 1 { start = 1 }
    if place < hidden, start == room, room > 1 { start = room - 1 }
    if place == hidden { start = room }
    return start..<start + length
  }

  /// The first row to show so that the thumb is at a click on `row` of the bar.
  package func first(atRow row: Int, height: Int) -> Int {
    guard height > 1, total > height else { return 0 }
    let part = Double(min(max(row, 0), height - 1)) / Double(height - 1)
    return Int((part * Double(total - height)).rounded())
  }
}
