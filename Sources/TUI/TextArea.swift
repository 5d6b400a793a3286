package import Kernel

/// A field of many lines, wrapped at words: a text buffer, its layout for a width, a scroll position.
///
/// It can stand alone, scrolling by itself, or be a part of a form, which then gives it as many rows
/// as `height(forWidth:)` says and scrolls for it (`firstRow` of `draw`).
package struct TextArea: Sendable {
  package private(set) var buffer: TextBuffer
  /// Shown while there is no text.
  package var placeholder: SafeText
  package private(set) var size: Size
  /// The first visible row.
  package private(set) var scroll = 0
  private(set) var layout: TextLayout
  /// The column that up and down try to keep.
  private var goal: Int?

  package init(
    _ text: String = "", placeholder: SafeText = "", size: Size = Size(width: 80, height: 20),
    atEnd: Bool = false
  ) {
    buffer = TextBuffer(text, atEnd: atEnd)
    self.placeholder = placeholder
    self.size = size
    layout = TextLayout(buffer.lines, width: Self.columns(size.width))
    showCaret()
  }

  package var text: String { buffer.text }
  /// Rows at the present width, at least 1.
  package var rows: Int { layout.rowCount }
  /// Column and row of the caret in the whole text.
  package var caretPoint: Point {
    Point(x: min(caretColumn, max(0, size.width - 1)), y: layout.row(of: buffer.caret))
  }

  /// Rows at a width, at least 1; costs nothing at the present one.
  package func height(forWidth width: Int) -> Int { laidOut(forWidth: width).rowCount }

  /// Takes another width and height; the caret stays visible.
  package mutating func resize(to size: Size) {
    self.size = size
    layout = laidOut(forWidth: size.width)
    showCaret()
  }

  /// Does what `key` means in text; false for a key that means nothing here.
  @discardableResult
  package mutating func handle(_ key: Key) -> Bool {
    guard let command = TextKeys.command(for: key) else { return false }
    perform(command)
    return true
  }

  /// Pasted or dictated text.
  package mutating func insert(_ text: String) { perform(.insert(text)) }

  /// Does one editing or moving command and keeps the caret in view.
  package mutating func perform(_ command: TextCommand) {
    let column = goal ?? caretColumn
    goal = Self.keepsColumn(command) ? column : nil
    let walk = TextWalk(layout: layout, page: max(1, size.height - 1), column: column)
    buffer.perform(command) { buffer, motion in walk.target(of: motion, in: buffer) }
    _ = consume walk
    follow()
  }

  /// Another text; nothing of the old one can be undone.
  package mutating func replaceText(_ text: String, atEnd: Bool = false) {
    buffer = TextBuffer(text, atEnd: atEnd)
    layout = TextLayout(buffer.lines, width: layout.width)
    goal = nil
    showCaret()
  }

  /// Replaces the whole text as one edit that can be undone: what another editor made of it.
  package mutating func rewrite(_ text: String) {
    buffer.select(.start..<buffer.end)
    perform(.insert(text))
  }

  /// Puts the caret under a click at a row and column of the whole text; a double click selects.
  package mutating func click(_ point: Point, extending: Bool = false, count: Int = 1) {
    let position = self.position(row: point.y, column: point.x)
    goal = nil
    if count > 1 {
      buffer.select(buffer.word(around: position))
    } else {
      if !extending { buffer.unselect() }
      buffer.move(to: position, selecting: extending)
    }
    showCaret()
  }

  /// Moves the view; the caret stays where it is, until the next key.
  package mutating func scroll(by rows: Int) {
    scroll = max(0, min(scroll + rows, layout.rowCount - max(1, size.height)))
  }

  /// Puts the caret at `position` without selecting.
  package mutating func moveCaret(to position: TextPosition) {
    goal = nil
    buffer.move(to: position)
    showCaret()
  }

  /// The place shown at a row and column of the whole text, or the nearest one.
  package func position(row: Int, column: Int) -> TextPosition {
    layout.position(row: row, column: column, lines: buffer.lines)
  }
}

extension TextArea {
  /// The last column is kept for the caret behind the text.
  static func columns(_ width: Int) -> Int { max(1, width - 1) }

  func laidOut(forWidth width: Int) -> TextLayout {
    let columns = Self.columns(width)
    return layout.width == columns ? layout : TextLayout(buffer.lines, width: columns)
  }

  private var caretColumn: Int { layout.column(of: buffer.caret, lines: buffer.lines) }

  private static func keepsColumn(_ command: TextCommand) -> Bool {
    switch command {
    case .move(let motion), .select(let motion):
      switch motion {
      case .up, .down, .pageUp, .pageDown: true
      default: false
      }
    default: false
    }
  }

  private mutating func follow() {
    layout.follow(buffer.takeChanges(), lines: buffer.lines)
    showCaret()
  }

  private mutating func showCaret() {
    let row = layout.row(of: buffer.caret)
    let height = max(1, size.height)
    scroll = max(0, min(scroll, layout.rowCount - height))
    if row < scroll { scroll = row }
    if row >= scroll + height { scroll = row - height + 1 }
  }
}
