/// A place between two graphemes of a text.
package struct TextPosition: Hashable, Comparable, Sendable {
  /// Counted from 0; a line ends with a newline, however many rows it takes on the screen.
  package var line: Int
  /// Bytes of UTF-8 from the start of the line.
  package var offset: Int

  package init(line: Int, offset: Int) {
    self.line = line
    self.offset = offset
  }

  package static let start = TextPosition(line: 0, offset: 0)

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.offset) < (right.line, right.offset)
  }

  /// Where a text ends that begins here.
  func end(of text: String) -> TextPosition {
    var (newlines, last, place) = (0, -1, 0)
    if text.holds(byte: 10) {
      for byte in text.utf8 {
        if byte == 10 { (newlines, last) = (newlines + 1, place) }
        place += 1
      }
    }
    let length = text.utf8.count
    if newlines == 0 { return TextPosition(line: line, offset: offset + length) }
    return TextPosition(line: line + newlines, offset: length - last - 1)
  }
}

/// What an edit did to the lines of a text: what a layout must look at again.
struct TextChange: Sendable {
  /// The lines that were, by their old numbers.
  var lines: Range<Int>
  /// How many lines stand there now.
  var count: Int
  /// For one line that stayed one line: where, and how many bytes went and came.
  var edit: (offset: Int, removed: Int, inserted: Int)?
}
