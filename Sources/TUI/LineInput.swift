package import Kernel

/// A field of one line, for prompts and filters: it scrolls sideways and remembers what was entered.
package struct LineInput: Sendable {
  package private(set) var buffer: TextBuffer
  package var placeholder: SafeText
  /// Shows dots for what is typed: a password.
  package var isMasked = false
  /// What was entered before, the newest last; up and down walk through it.
  package private(set) var history: [String]
  private var place: Int
  /// What was being typed before the walk began.
  private var unfinished = ""

  package init(_ text: String = "", placeholder: SafeText = "", history: [String] = []) {
    buffer = TextBuffer(Self.flat(text), atEnd: true)
    self.placeholder = placeholder
    self.history = history
    place = history.count
  }

  package var text: String { buffer.lines[0] }
  package var isEmpty: Bool { buffer.isEmpty }

  /// Does what `key` means in one line of text; false for a key that means nothing here: Enter,
  /// Escape, Tab, and up and down where there is no history.
  @discardableResult
  package mutating func handle(_ key: Key) -> Bool {
    guard let command = TextKeys.command(for: key) else { return false }
    switch command {
    case .newline: return false
    case .insert(let text): insert(text)
    case .move(.up): return walk(-1)
    case .move(.down): return walk(1)
    case .move(.pageUp), .move(.pageDown): return false
    default: buffer.perform(command)
    }
    return true
  }

  /// Typed or pasted text; newlines become spaces.
  package mutating func insert(_ text: String) { buffer.perform(.insert(Self.flat(text))) }

  /// Replaces the text, the caret behind it; undo brings the old one back.
  package mutating func set(_ text: String) {
    buffer.select(.start..<buffer.end)
    buffer.perform(.insert(Self.flat(text)))
  }

  /// Remembers the text and empties the field.
  package mutating func enter() -> String {
    let text = self.text
    history.removeAll { $0 == text }
    if !text.isEmpty { history.append(text) }
    place = history.count
    unfinished = ""
    buffer = TextBuffer()
    return text
  }

  /// Puts the caret under a click at a column of `rect` that `draw` was given.
  package mutating func click(column: Int, width: Int) {
    let goal = column + offset(width: width)
    let offset = text.readGlyphs(from: 0) { reader in
      var start = 0
      while reader.next() {
        if reader.column + reader.width > goal { return start }
        start = reader.offset
      }
      return start
    }
    buffer.move(to: TextPosition(line: 0, offset: offset))
  }

  /// Draws into the first row of `rect`; where `isFocused`, the hardware cursor stands at the caret.
  package func draw(
    on surface: inout Surface, in rect: Rect, role: Role = .text, isFocused: Bool = true
  ) {
    guard !rect.isEmpty else { return }
    let row = rect.row(0)
    if isEmpty {
      surface.fit(placeholder, .muted, at: Point(x: row.x, y: row.y), in: row)
    } else {
      drawText(on: &surface, in: row, role)
    }
    if isFocused {
      let x = row.x + caretColumn - offset(width: row.width)
      surface.cursor = Point(x: min(x, row.maxX - 1), y: row.y)
      surface.showsCursor = true
    }
  }

  private func drawText(on surface: inout Surface, in row: Rect, _ role: Role) {
    let left = row.x - offset(width: row.width)
    let selection = buffer.selection
    var (column, offset) = (0, 0)
    for character in text {
      let isTab = character == "\t"
      let width = Glyph.width(character, column: column)
      let shown =
        isMasked
        ? SafeText(repeating: "*", count: width)
        : isTab ? SafeText(repeating: " ", count: width) : Glyph.shown(character).text
      let isMarked = selection?.contains(TextPosition(line: 0, offset: offset)) == true
      surface.put(
        shown, isMarked ? .marked : role, at: Point(x: left + column, y: row.y), in: row)
      column += width
      offset += character.utf8.count
      if left + column >= row.maxX { return }
    }
  }

  private var caretColumn: Int { column(of: buffer.caret.offset) }

  private func column(of offset: Int) -> Int {
    text.readGlyphs(from: 0) { reader in
      while reader.offset < offset, reader.next() {}
      return reader.column + reader.width
    }
  }

  /// The columns that are scrolled out at the left: none while all fits, else half a width of steps.
  private func offset(width: Int) -> Int {
    let caret = caretColumn
    if caret < width { return 0 }
    let step = max(1, width / 2)
    return (caret - width) / step * step + step
  }

  private mutating func walk(_ step: Int) -> Bool {
    guard !history.isEmpty else { return false }
    let next = place + step
    guard (0...history.count).contains(next) else { return true }
    if place == history.count { unfinished = text }
    place = next
    set(next == history.count ? unfinished : history[next])
    return true
  }

  private static func flat(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 10 || $0 == 13 }) else { return text }
    return TextBuffer(text).lines.joined(separator: " ")
  }
}
