/// A text that is being written: its lines, the caret, the selection and what can be undone.
///
/// Carets stand between graphemes. Newlines are `\n`; `\r\n` and a lone `\r` become one. An edit
/// takes time by the length of its line at most, whatever the length of the text.
package struct TextBuffer: Sendable {
  /// Never empty; without their newlines.
  package private(set) var lines: [String]
  package private(set) var caret: TextPosition
  /// The other end of the selection.
  package private(set) var anchor: TextPosition?
  /// Runs of anything but white space.
  package private(set) var wordCount: Int
  /// Grows with every change of the text.
  package private(set) var revision = 0
  /// What was cut or copied last, for `yank`.
  package var kept = ""

  /// Motions extend the selection until it is used or ended.
  var isMarking = false
  var lastWasKill = false
  private var history = TextHistory()
  private var changes: [TextChange] = []

  package init(_ text: String = "", atEnd: Bool = false) {
    lines = Self.split(text)
    caret = .start
    wordCount = lines.reduce(0) { $0 + Words.starts(in: $1, afterSpace: true).count }
    if atEnd { caret = end }
  }

  /// The whole text, newlines between its lines.
  package var text: String { lines.joined(separator: "\n") }
  package var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }
  package var end: TextPosition {
    TextPosition(line: lines.count - 1, offset: lines[lines.count - 1].utf8.count)
  }
  package var canUndo: Bool { !history.done.isEmpty }
  package var canRedo: Bool { !history.undone.isEmpty }

  /// nil where nothing is selected.
  package var selection: Range<TextPosition>? {
    guard let anchor, anchor != caret else { return nil }
    return min(anchor, caret)..<max(anchor, caret)
  }
  package var selectedText: String { selection.map(text(in:)) ?? "" }

  /// The text between two positions, lines joined by line feeds.
  package func text(in range: Range<TextPosition>) -> String {
    let (low, high) = (range.lowerBound, range.upperBound)
    if low.line == high.line { return String(lines[low.line].text(low.offset..<high.offset)) }
    let first = lines[low.line]
    var text = String(first.text(low.offset..<first.utf8.count))
    for line in lines[low.line + 1..<high.line] {
      text += "\n"
      text += line
    }
    return text + "\n" + lines[high.line].text(0..<high.offset)
  }

  /// The nearest place that exists, between graphemes.
  package func valid(_ position: TextPosition) -> TextPosition {
    if position.line < 0 { return .start }
    if position.line >= lines.count { return end }
    let line = lines[position.line]
    return TextPosition(line: position.line, offset: line.boundary(from: position.offset))
  }

  /// Moves the caret; the selection goes, or grows where `selecting`.
  package mutating func move(to position: TextPosition, selecting: Bool = false) {
    history.pause()
    lastWasKill = false
    anchor = selecting || isMarking ? anchor ?? caret : nil
    caret = valid(position)
  }

  /// Selects a range, the caret at its end.
  package mutating func select(_ range: Range<TextPosition>) {
    move(to: range.lowerBound)
    move(to: range.upperBound, selecting: true)
  }

  mutating func unselect() {
    anchor = nil
    isMarking = false
  }

  mutating func startMarking() {
    anchor = caret
    isMarking = true
  }

  /// Replaces a part of the text and puts the caret behind what came in.
  mutating func replace(
    _ range: Range<TextPosition>, with raw: String, kind: TextHistory.Kind = .other
  ) {
    let inserted = Self.normal(raw)
    let removed = text(in: range)
    if inserted.isEmpty, removed.isEmpty { return }
    let start = range.lowerBound
    let edit = TextHistory.Edit(
      start: start, removed: removed, inserted: inserted, end: start.end(of: inserted),
      caret: caret, anchor: anchor, kind: kind)
    history.add(edit)
    swap(removed, for: inserted, at: range)
    unselect()
    lastWasKill = false
    caret = valid(edit.end)
  }

  mutating func undo() {
    guard let edit = history.undo() else { return }
    unselect()
    lastWasKill = false
    swap(edit.inserted, for: edit.removed, at: edit.start..<edit.end)
    (caret, anchor) = (edit.caret, edit.anchor)
  }

  mutating func redo() {
    guard let edit = history.redo() else { return }
    unselect()
    lastWasKill = false
    swap(edit.removed, for: edit.inserted, at: edit.start..<edit.start.end(of: edit.removed))
    caret = valid(edit.end)
  }

  /// What has changed since this was asked last.
  mutating func takeChanges() -> [TextChange] {
    defer { changes = [] }
    return changes
  }
}

extension TextBuffer {
  private mutating func swap(
    _ removed: String, for inserted: String, at range: Range<TextPosition>
  ) {
    countWords(removed, inserted, at: range)
    revision += 1
    let (low, high) = (range.lowerBound, range.upperBound)
    let isOneLine = low.line == high.line && !inserted.holds(byte: 10)
    if isOneLine {
      let line = lines[low.line]
      let bounds = line.index(at: low.offset)..<line.index(at: high.offset)
      _ = consume line
      lines[low.line].replaceSubrange(bounds, with: inserted)
      note(
        TextChange(
          lines: low.line..<low.line + 1, count: 1,
          edit: (low.offset, high.offset - low.offset, inserted.utf8.count)))
    } else {
      var pieces = Self.split(inserted)
      pieces[0] = lines[low.line].text(0..<low.offset) + pieces[0]
      let last = lines[high.line]
      pieces[pieces.count - 1] += last.text(high.offset..<last.utf8.count)
      lines.replaceSubrange(low.line...high.line, with: pieces)
      note(TextChange(lines: low.line..<high.line + 1, count: pieces.count))
    }
  }

  /// Nobody may ask for changes; then one that stands for all is enough.
  private mutating func note(_ change: TextChange) {
    if changes.count < 64 {
      changes.append(change)
    } else {
      let before = changes.reduce(lines.count - change.count + change.lines.count) {
        $0 - $1.count + $1.lines.count
      }
      changes = [TextChange(lines: 0..<before, count: lines.count)]
    }
  }

  private mutating func countWords(
    _ removed: String, _ inserted: String, at range: Range<TextPosition>
  ) {
    let head = lines[range.lowerBound.line].text(0..<range.lowerBound.offset)
    let last = lines[range.upperBound.line]
    let tail = last.text(range.upperBound.offset..<last.utf8.count)
    let afterSpace = head.unicodeScalars.last.map { $0.properties.isWhitespace } ?? true
    let joinsWord = tail.unicodeScalars.first.map { !$0.properties.isWhitespace } ?? false
    for (text, sign) in [(removed, -1), (inserted, 1)] {
      let (starts, endsInSpace) = Words.starts(in: text, afterSpace: afterSpace)
      wordCount += sign * (starts + (joinsWord && endsInSpace ? 1 : 0))
    }
  }

  private static func normal(_ raw: String) -> String {
    var text = raw
    text.makeContiguousUTF8()
    guard text.holds(byte: 13) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var afterReturn = false
    for byte in text.utf8 {
      if byte == 13 {
        bytes.append(10)
      } else if byte != 10 || !afterReturn {
        bytes.append(byte)
      }
      afterReturn = byte == 13
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func split(_ raw: String) -> [String] { normal(raw).linesOfText }
}
