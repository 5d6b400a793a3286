extension TextBuffer {
  /// Where a motion leads from the caret. What depends on the screen (rows, pages) goes by lines.
  package func target(of motion: TextMotion) -> TextPosition {
    switch motion {
    case .left: left(of: caret)
    case .right: right(of: caret)
    case .wordLeft: wordStart(before: caret)
    case .wordRight: wordEnd(after: caret)
    case .rowStart, .lineStart: TextPosition(line: caret.line, offset: 0)
    case .rowEnd, .lineEnd: endOfLine(caret.line)
    case .up, .pageUp:
      caret.line == 0 ? .start : valid(TextPosition(line: caret.line - 1, offset: caret.offset))
    case .down, .pageDown:
      caret.line == lines.count - 1
        ? end : valid(TextPosition(line: caret.line + 1, offset: caret.offset))
    case .paragraphBack: paragraphStart
    case .paragraphForward: paragraphEnd
    case .documentStart: .start
    case .documentEnd: end
    }
  }

  /// The word or the gap around a place: what a double click selects.
  package func word(around position: TextPosition) -> Range<TextPosition> {
    let place = valid(position)
    let line = lines[place.line]
    guard !line.isEmpty else { return place..<place }
    let at =
      place.offset < line.utf8.count ? place.offset : line.graphemeStart(before: place.offset)
    let isWord = Words.holds(line[line.index(at: at)])
    var (low, high) = (at, line.graphemeEnd(at: at))
    while low > 0 {
      let previous = line.graphemeStart(before: low)
      guard Words.holds(line[line.index(at: previous)]) == isWord else { break }
      low = previous
    }
    while high < line.utf8.count, Words.holds(line[line.index(at: high)]) == isWord {
      high = line.graphemeEnd(at: high)
    }
    return TextPosition(
      line: place.line, offset: low)..<TextPosition(line: place.line, offset: high)
  }

  private func left(of position: TextPosition) -> TextPosition {
    if position.offset > 0 {
      let offset = lines[position.line].graphemeStart(before: position.offset)
      return TextPosition(line: position.line, offset: offset)
    }
    return position.line == 0 ? position : endOfLine(position.line - 1)
  }

  private func right(of position: TextPosition) -> TextPosition {
    let line = lines[position.line]
    if position.offset < line.utf8.count {
      return TextPosition(line: position.line, offset: line.graphemeEnd(at: position.offset))
    }
    return position.line == lines.count - 1
      ? position : TextPosition(line: position.line + 1, offset: 0)
  }

  private func endOfLine(_ line: Int) -> TextPosition {
    TextPosition(line: line, offset: lines[line].utf8.count)
  }

  private func wordStart(before position: TextPosition) -> TextPosition {
    var place = position
    var inWord = false
    while true {
      if place.offset == 0 {
        if inWord || place.line == 0 { return place }
        place = endOfLine(place.line - 1)
        continue
      }
      let line = lines[place.line]
      let previous = line.graphemeStart(before: place.offset)
      let isWord = Words.holds(line[line.index(at: previous)])
      if inWord, !isWord { return place }
      inWord = isWord
      place.offset = previous
    }
  }

  private func wordEnd(after position: TextPosition) -> TextPosition {
    var place = position
    var inWord = false
    while true {
      let line = lines[place.line]
      if place.offset == line.utf8.count {
        if inWord || place.line == lines.count - 1 { return place }
        place = TextPosition(line: place.line + 1, offset: 0)
        continue
      }
      let isWord = Words.holds(line[line.index(at: place.offset)])
      if inWord, !isWord { return place }
      inWord = isWord
      place.offset = line.graphemeEnd(at: place.offset)
    }
  }

  private func isBlank(_ line: Int) -> Bool { lines[line].utf8.allSatisfy { $0 == 32 || $0 == 9 } }

  private var paragraphStart: TextPosition {
    var line = caret.offset == 0 ? caret.line - 1 : caret.line
    while line > 0, isBlank(line) { line -= 1 }
    while line > 0, !isBlank(line - 1) { line -= 1 }
    return TextPosition(line: max(0, line), offset: 0)
  }

  private var paragraphEnd: TextPosition {
    var line = caret == endOfLine(caret.line) ? caret.line + 1 : caret.line
    while line < lines.count, isBlank(line) { line += 1 }
    while line < lines.count - 1, !isBlank(line + 1) { line += 1 }
    return line < lines.count ? endOfLine(line) : end
  }
}
