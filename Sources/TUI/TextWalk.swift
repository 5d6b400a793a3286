/// Where motions lead that depend on the rows of the screen.
struct TextWalk {
  let layout: TextLayout
  /// Rows that a page moves.
  let page: Int
  /// The column that up and down keep.
  let column: Int

  func target(of motion: TextMotion, in buffer: TextBuffer) -> TextPosition {
    let row = layout.row(of: buffer.caret)
    let last = layout.rowCount - 1
    switch motion {
    case .up: return row == 0 ? .start : place(row - 1, buffer)
    case .down: return row == last ? buffer.end : place(row + 1, buffer)
    case .pageUp: return row == 0 ? .start : place(row - page, buffer)
    case .pageDown: return row == last ? buffer.end : place(row + page, buffer)
    case .rowStart: return rowStart(row, buffer)
    case .rowEnd: return rowEnd(row, buffer)
    default: return buffer.target(of: motion)
    }
  }

  private func place(_ row: Int, _ buffer: TextBuffer) -> TextPosition {
    layout.position(row: row, column: column, lines: buffer.lines)
  }

  /// The start of the row; where the caret stands there already, of the line.
  private func rowStart(_ number: Int, _ buffer: TextBuffer) -> TextPosition {
    let row = layout.row(number, lines: buffer.lines)
    let start = TextPosition(line: row.line, offset: row.range.lowerBound)
    return start == buffer.caret ? TextPosition(line: row.line, offset: 0) : start
  }

  /// The end of the row; where the caret stands there already, of the line.
  private func rowEnd(_ number: Int, _ buffer: TextBuffer) -> TextPosition {
    let row = layout.row(number, lines: buffer.lines)
    let line = buffer.lines[row.line]
    if row.isLast { return TextPosition(line: row.line, offset: row.range.upperBound) }
    let end = TextPosition(
      line: row.line, offset: line.graphemeStart(before: row.range.upperBound))
    return end == buffer.caret ? TextPosition(line: row.line, offset: line.utf8.count) : end
  }
}

extension TextLayout {
  /// The place shown at a row and column, or the nearest one. The end of a row belongs to the next.
  func position(row: Int, column: Int, lines: [String]) -> TextPosition {
    let row = self.row(max(0, min(row, rowCount - 1)), lines: lines)
    let offset = lines[row.line].readGlyphs(from: row.range.lowerBound) { reader in
      var start = row.range.lowerBound
      while start < row.range.upperBound, reader.next() {
        if reader.column + reader.width > column { return start }
        if reader.offset >= row.range.upperBound, !row.isLast { return start }
        start = reader.offset
      }
      return start
    }
    return TextPosition(line: row.line, offset: offset)
  }

  /// The column of a place within its row.
  func column(of position: TextPosition, lines: [String]) -> Int {
    let row = self.row(row(of: position), lines: lines)
    return lines[row.line].readGlyphs(from: row.range.lowerBound) { reader in
      while reader.offset < position.offset, reader.next() {}
      return reader.column + reader.width
    }
  }
}
