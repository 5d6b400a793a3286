import Testing

@testable import TUI

@Suite struct TextBufferTests {
  /// The caret as bytes from the start of the text.
  private func flat(_ position: TextPosition, in buffer: TextBuffer) -> Int {
    buffer.lines[..<position.line].reduce(position.offset) { $0 + $1.utf8.count + 1 }
  }

  private func isSound(_ buffer: TextBuffer) -> Bool {
    let places = [buffer.caret, buffer.anchor ?? buffer.caret]
    let words = buffer.text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).count
    return places.allSatisfy { place in
      guard buffer.lines.indices.contains(place.line) else { return false }
      let line = buffer.lines[place.line]
      var ends = [0]
      for character in line { ends.append(ends[ends.count - 1] + character.utf8.count) }
      return ends.contains(place.offset)
    } && buffer.wordCount == words
  }

  private func randomText(_ dice: inout Dice) -> String {
    let pieces = [
      "a", "word ", " ", "\n", "é", "e\u{301}", "日本", "👨‍👩‍👧‍👦", "🇷🇴", "\u{1F1F7}", "\u{301}", "\r\n",
      "\t",
      "한", "\u{200D}", "one two\nthree", "—", "\u{1B}", "\u{FE0F}", "'", "👍🏽", "\r",
    ]
    let count = Int.random(in: 1...3, using: &dice)
    return (0..<count).map { _ in pieces.randomElement(using: &dice)! }.joined()
  }

  private func randomCommand(_ dice: inout Dice) -> TextCommand {
    let motions: [TextMotion] = [
      .left, .right, .up, .down, .wordLeft, .wordRight, .rowStart, .rowEnd, .lineStart, .lineEnd,
      .paragraphBack, .paragraphForward, .pageUp, .pageDown, .documentStart, .documentEnd,
    ]
    let motion = motions.randomElement(using: &dice)!
    switch Int.random(in: 0..<20, using: &dice) {
    case 0...5: return .insert(randomText(&dice))
    case 6: return .newline
    case 7...8: return .delete(motion)
    case 9: return .kill(motion)
    case 10: return .killSelection
    case 11: return .yank
    case 12: return .keepSelection
    case 13...15: return .move(motion)
    case 16: return .select(motion)
    case 17: return .transpose
    case 18: return .mark
    default: return Bool.random(using: &dice) ? .undo : .redo
    }
  }

  @Test func `whatever is done, the caret stands between graphemes and the words are counted`() {
    var dice = Dice(seed: 21)
    for _ in 0..<60 {
      var buffer = TextBuffer(randomText(&dice))
      for _ in 0..<150 {
        let command = randomCommand(&dice)
        buffer.perform(command)
        let sound = isSound(buffer)
        #expect(sound, "after \(command): \(buffer.text.debugDescription)")
      }
    }
  }

  @Test func `undoing all gives the first text, redoing all the last`() {
    var dice = Dice(seed: 22)
    for _ in 0..<60 {
      let first = TextBuffer(randomText(&dice)).text
      var buffer = TextBuffer(first)
      for _ in 0..<120 { buffer.perform(randomCommand(&dice)) }
      while buffer.canRedo { buffer.redo() }
      let last = buffer.text
      while buffer.canUndo { buffer.undo() }
      #expect(Array(buffer.text.utf8) == Array(first.utf8))
      let sound = isSound(buffer)
      #expect(sound)
      while buffer.canRedo { buffer.redo() }
      #expect(Array(buffer.text.utf8) == Array(last.utf8))
      let soundAgain = isSound(buffer)
      #expect(soundAgain)
    }
  }

  /// The model is one string and byte offsets.
  @Test func `inserting and deleting do what they do to a plain string`() {
    var dice = Dice(seed: 23)
    for _ in 0..<60 {
      var buffer = TextBuffer()
      var model: [UInt8] = []
      for _ in 0..<120 {
        buffer.move(
          to: TextPosition(
            line: Int.random(in: 0..<buffer.lines.count, using: &dice),
            offset: Int.random(in: 0...20, using: &dice)))
        let at = flat(buffer.caret, in: buffer)
        if Int.random(in: 0..<3, using: &dice) > 0 {
          let text = randomText(&dice)
          buffer.perform(.insert(text))
          let normal = text.replacing("\r\n", with: "\n").unicodeScalars.map {
            $0 == "\r" ? "\n" : $0
          }
          var inserted = String.UnicodeScalarView()
          inserted.append(contentsOf: normal)
          model.insert(contentsOf: Array(String(inserted).utf8), at: at)
        } else {
          buffer.select(buffer.caret..<buffer.target(of: .wordRight))
          let end = flat(buffer.caret, in: buffer)
          buffer.perform(.delete(.left))
          if end > at {
            model.removeSubrange(at..<end)
          } else if at > 0 {
            let before = String(decoding: model[..<at], as: UTF8.self)
            let line = before.utf8.split(separator: 10, omittingEmptySubsequences: false).last!
            model.removeSubrange((at - max(1, Substring(line).last?.utf8.count ?? 1))..<at)
          }
        }
        #expect(Array(buffer.text.utf8) == model)
      }
    }
  }

  @Test func `a family is deleted as one`() {
    var buffer = TextBuffer("ab👨‍👩‍👧‍👦", atEnd: true)
    buffer.perform(.delete(.left))
    #expect(buffer.text == "ab")
    buffer.perform(.insert("e\u{301}"))
    buffer.perform(.delete(.left))
    #expect(buffer.text == "ab")
  }

  @Test func `typing is undone word by word`() {
    var buffer = TextBuffer()
    for character in "one two  three" { buffer.perform(.insert(String(character))) }
    buffer.perform(.undo)
    #expect(buffer.text == "one two  ")
    buffer.perform(.undo)
    #expect(buffer.text == "one ")
    buffer.perform(.undo)
    #expect(buffer.text == "")
    buffer.perform(.redo)
    buffer.perform(.redo)
    #expect(buffer.text == "one two  ")
    #expect(buffer.caret == buffer.end)
  }

  @Test func `what is erased in a row comes back at once`() {
    var buffer = TextBuffer("some words", atEnd: true)
    for _ in 0..<5 { buffer.perform(.delete(.left)) }
    #expect(buffer.text == "some ")
    buffer.perform(.undo)
    #expect(buffer.text == "some words")
    #expect(buffer.caret == buffer.end)
    buffer.perform(.move(.documentStart))
    for _ in 0..<4 { buffer.perform(.delete(.right)) }
    #expect(buffer.text == " words")
    buffer.perform(.undo)
    #expect(buffer.text == "some words")
  }

  @Test func `words are jumped over in any language`() {
    var buffer = TextBuffer("it’s naïve, Ünïcode_2 — да")
    var stops: [Int] = []
    for _ in 0..<4 {
      buffer.perform(.move(.wordRight))
      stops.append(buffer.lines[0].text(0..<buffer.caret.offset).count)
    }
    #expect(stops == [4, 10, 21, 26])
    stops = []
    for _ in 0..<4 {
      buffer.perform(.move(.wordLeft))
      stops.append(buffer.lines[0].text(0..<buffer.caret.offset).count)
    }
    #expect(stops == [24, 12, 5, 0])
  }

  @Test func `kills one after another are yanked as one`() {
    var buffer = TextBuffer("first\nsecond\nthird")
    for _ in 0..<3 { buffer.perform(.kill(.lineEnd)) }
    #expect(buffer.text == "\nthird")
    #expect(buffer.kept == "first\nsecond")
    buffer.perform(.move(.documentEnd))
    buffer.perform(.yank)
    #expect(buffer.text == "\nthirdfirst\nsecond")
    buffer.perform(.killSelection)
    #expect(buffer.kept == "second")
  }

  @Test func `a selection is replaced, cut and ended`() {
    var buffer = TextBuffer("one two three")
    buffer.perform(.select(.wordRight))
    #expect(buffer.selectedText == "one")
    buffer.perform(.insert("1"))
    #expect(buffer.text == "1 two three")
    buffer.perform(.mark)
    buffer.perform(.move(.wordRight))
    #expect(buffer.selectedText == " two")
    buffer.perform(.killSelection)
    #expect(buffer.text == "1 three")
    #expect(buffer.selection == nil)
    buffer.perform(.selectAll)
    #expect(buffer.selectedText == "1 three")
    buffer.perform(.move(.left))
    #expect(buffer.caret == .start)
    #expect(buffer.selection == nil)
  }

  @Test func `paragraphs lie between empty lines`() {
    var buffer = TextBuffer("a\nb\n\n\nc\nd\n")
    buffer.perform(.move(.paragraphForward))
    #expect(buffer.caret == TextPosition(line: 1, offset: 1))
    buffer.perform(.move(.paragraphForward))
    #expect(buffer.caret == TextPosition(line: 5, offset: 1))
    buffer.perform(.move(.paragraphBack))
    #expect(buffer.caret == TextPosition(line: 4, offset: 0))
    buffer.perform(.move(.paragraphBack))
    #expect(buffer.caret == .start)
  }

  @Test func `two characters change places`() {
    var buffer = TextBuffer("te👍🏽h", atEnd: true)
    buffer.perform(.transpose)
    #expect(buffer.text == "teh👍🏽")
  }

  @Test func `a change that nobody asked about stands for all the text`() {
    var buffer = TextBuffer("a")
    for _ in 0..<500 { buffer.perform(.newline) }
    let changes = buffer.takeChanges()
    var count = 1
    for change in changes { count += change.count - change.lines.count }
    #expect(count == buffer.lines.count)
    #expect(changes.count <= 64)
  }
}
