internal import Kernel

extension TextArea {
  /// Draws the rows from `firstRow` (the scroll position, unless a form scrolls) into `rect`; where
  /// `isFocused`, the hardware cursor stands at the caret.
  package func draw(
    on surface: inout Surface, in rect: Rect, firstRow: Int? = nil, isFocused: Bool = true
  ) {
    guard !rect.isEmpty else { return }
    var area = self
    if layout.width != Self.columns(rect.width) { area.resize(to: rect.size) }
    area.drawRows(on: &surface, in: rect, from: firstRow ?? area.scroll)
    guard isFocused else { return }
    let caret = area.caretPoint
    let point = Point(
      x: rect.x + min(caret.x, rect.width - 1), y: rect.y + caret.y - (firstRow ?? area.scroll))
    if rect.contains(point) {
      surface.cursor = point
      surface.showsCursor = true
    }
  }

  private func drawRows(on surface: inout Surface, in rect: Rect, from firstRow: Int) {
    if buffer.isEmpty, firstRow <= 0 {
      let rows = Wrap.lines(placeholder, width: rect.width)
      for (index, row) in rows.enumerated() {
        surface.put(row, .muted, at: Point(x: rect.x, y: rect.y + index - firstRow), in: rect)
      }
      return
    }
    let selection = buffer.selection
    for y in max(0, -firstRow)..<max(max(0, -firstRow), min(rect.height, rows - firstRow)) {
      let row = layout.row(firstRow + y, lines: buffer.lines)
      var point = Point(x: rect.x, y: rect.y + y)
      for (part, isMarked) in Self.parts(of: row, marked: selection) {
        let role: Role = isMarked ? .marked : .text
        draw(part, of: row, role, on: &surface, at: &point, in: rect)
      }
      if let selection, row.isLast, Self.marksNewline(of: row, selection) {
        surface.put(" ", .marked, at: point, in: rect)
      }
    }
  }

  private func draw(
    _ part: Range<Int>, of row: TextLayout.Row, _ role: Role, on surface: inout Surface,
    at point: inout Point, in rect: Rect
  ) {
    let text = buffer.lines[row.line].text(part)
    if text.unicodeScalars.allSatisfy({ Width.plainColumns(of: $0.value) != nil }) {
      let shown = SafeText(text.prefix(max(0, rect.maxX - point.x)))
      point.x = surface.put(shown, role, at: point, in: rect)
      return
    }
    for character in text {
      if point.x >= rect.maxX { return }
      if character == "\t" {
        let width = Glyph.width(character, column: point.x - rect.x)
        surface.put(SafeText(repeating: " ", count: width), role, at: point, in: rect)
        point.x += width
      } else {
        let (shown, width) = Glyph.shown(character)
        surface.put(shown, role, at: point, in: rect)
        point.x += width
      }
    }
  }

  /// A row cut where the selection begins and ends.
  private static func parts(
    of row: TextLayout.Row, marked: Range<TextPosition>?
  ) -> [(Range<Int>, Bool)] {
    let (low, high) = (row.range.lowerBound, row.range.upperBound)
    guard let marked, marked.lowerBound.line <= row.line, marked.upperBound.line >= row.line else {
      return [(row.range, false)]
    }
    let from = marked.lowerBound.line < row.line ? low : marked.lowerBound.offset
    let to = marked.upperBound.line > row.line ? high : marked.upperBound.offset
    let (start, end) = (min(max(from, low), high), min(max(to, low), high))
    let parts = [
      (low..<start, false), (start..<max(start, end), true), (max(start, end)..<high, false),
    ]
    return parts.filter { !$0.0.isEmpty }
  }

  private static func marksNewline(of row: TextLayout.Row, _ marked: Range<TextPosition>) -> Bool {
    marked.lowerBound <= TextPosition(line: row.line, offset: row.range.upperBound)
      && marked.upperBound.line > row.line
  }
}
