import Kernel
import Testing

@testable import TUI

@Suite struct TextAreaTests {
  private func drawn(_ area: TextArea, _ width: Int, _ height: Int) -> Surface {
    var surface = Surface(size: Size(width: width, height: height))
    area.draw(on: &surface, in: surface.bounds)
    return surface
  }

  private func area(_ text: String, _ width: Int, _ height: Int, atEnd: Bool = false) -> TextArea {
    TextArea(text, size: Size(width: width, height: height), atEnd: atEnd)
  }

  private func randomPiece(_ dice: inout Dice) -> String {
    [
      "a", "word ", " ", "     ", "\n", "é", "e\u{301}", "日本語、", "👨‍👩‍👧‍👦", "🇷🇴", "\u{301}", "\t", "한국",
      "one two\nthree ", "—", "\u{1B}", "long-hyphenated-word", "averyveryverylongword", "\u{200D}",
    ].randomElement(using: &dice)!
  }

  @Test func `rows hold the whole line and fit the width`() {
    var dice = Dice(seed: 31)
    for _ in 0..<1500 {
      let line = (0..<Int.random(in: 0...12, using: &dice)).map { _ in randomPiece(&dice) }
        .joined().replacing("\n", with: "")
      let width = Int.random(in: 1...20, using: &dice)
      let rows = Wrap.rows(of: line, width: width)
      #expect(rows.first?.lowerBound == 0 && rows.last?.upperBound == line.utf8.count)
      for (row, next) in zip(rows, rows.dropFirst()) {
        #expect(row.upperBound == next.lowerBound && !row.isEmpty)
      }
      for row in rows {
        var column = 0
        var visible = 0
        for character in line.text(row) {
          column += Glyph.width(character, column: column)
          if !character.isWhitespace { visible = column }
        }
        #expect(visible <= max(width, 2), "\(line.debugDescription) at \(width)")
      }
    }
  }

  @Test func `a layout measures what is drawn`() {
    var dice = Dice(seed: 35)
    for _ in 0..<3000 {
      let text = dice.hostileText(length: 12).replacing("\n", with: "")
      var columns = 0
      for character in text { columns += Glyph.width(character, column: columns) }
      let measured = text.readGlyphs(from: 0) { reader in
        while reader.next() {}
        return reader.column
      }
      #expect(measured == columns, "\(text.debugDescription)")
    }
  }

  @Test func `words stay whole where they fit`() {
    let text: SafeText = "the quick brown fox jumps"
    #expect(Wrap.lines(text, width: 10) == ["the quick", "brown fox", "jumps"])
    #expect(Wrap.lines("abcdefghij", width: 4) == ["abcd", "efgh", "ij"])
    #expect(Wrap.lines("日本語のテキスト。", width: 8) == ["日本語の", "テキス", "ト。"])
    #expect(Wrap.lines(SafeText(lines: "a\n\nb\tc"), width: 8) == ["a", "", "b   c"])
    #expect(Wrap.lines("", width: 5) == [""])
    #expect(Wrap.lines("well-known facts", width: 6) == ["well-", "known", "facts"])
    #expect(Wrap.lines("on 2026-11-20", width: 9) == ["on", "2026-11-2", "0"])
  }

  @Test func `after every edit the layout is what a new one would be`() {
    var dice = Dice(seed: 32)
    for round in 0..<80 {
      var area = area("", 3 + round % 17, 6)
      for _ in 0..<100 {
        switch Int.random(in: 0..<6, using: &dice) {
        case 0...2: area.perform(.insert(randomPiece(&dice)))
        case 3: area.perform(.delete(.left))
        case 4: area.perform([.undo, .redo, .kill(.wordRight)].randomElement(using: &dice)!)
        default:
          area.click(
            Point(
              x: Int.random(in: 0...20, using: &dice),
              y: Int.random(in: 0...area.rows, using: &dice)))
        }
        let fresh = TextLayout(area.buffer.lines, width: area.layout.width)
        #expect(area.rows == fresh.rowCount)
        for row in 0..<fresh.rowCount {
          let (left, right) = (
            area.layout.row(row, lines: area.buffer.lines), fresh.row(row, lines: area.buffer.lines)
          )
          #expect(left.range == right.range && left.line == right.line)
        }
        let caret = area.caretPoint
        #expect(caret.y >= area.scroll && caret.y < area.scroll + 6)
        #expect(caret.x >= 0 && caret.x < area.size.width)
      }
    }
  }

  @Test func `every caret is found again by a click on its place`() {
    var dice = Dice(seed: 33)
    for _ in 0..<60 {
      let text = (0..<20).map { _ in randomPiece(&dice) }.joined()
      var area = area(text, 14, 8)
      area.perform(.move(.documentStart))
      while area.buffer.caret != area.buffer.end {
        let (caret, point) = (area.buffer.caret, area.caretPoint)
        if point.x < area.size.width - 1 {
          #expect(area.position(row: point.y, column: point.x) == caret)
        }
        area.perform(.move(.right))
        #expect(area.buffer.caret > caret)
      }
    }
  }

  @Test func `up and down keep the column over short rows`() {
    var area = area("a long first line\nab\nanother long line", 30, 5)
    for _ in 0..<10 { area.perform(.move(.right)) }
    area.perform(.move(.down))
    #expect(area.caretPoint == Point(x: 2, y: 1))
    area.perform(.move(.down))
    #expect(area.caretPoint == Point(x: 10, y: 2))
    area.perform(.move(.up))
    area.perform(.move(.up))
    #expect(area.caretPoint == Point(x: 10, y: 0))
    area.perform(.move(.up))
    #expect(area.caretPoint == Point(x: 0, y: 0))
  }

  @Test func `rows are moved through, not lines`() {
    var area = area("one two three four five six", 11, 5)
    #expect(drawn(area, 11, 3).lines == ["one two", "three four", "five six"])
    area.perform(.move(.down))
    #expect(area.buffer.caret.offset == 8)
    area.perform(.move(.rowEnd))
    #expect(area.caretPoint == Point(x: 10, y: 1))
    area.perform(.move(.rowEnd))
    #expect(area.buffer.caret == area.buffer.end)
    area.perform(.move(.rowStart))
    #expect(area.caretPoint == Point(x: 0, y: 2))
    area.perform(.move(.rowStart))
    #expect(area.buffer.caret == .start)
  }

  @Test func `the view follows the caret and the pages`() {
    var area = area((1...40).map { "line \($0)" }.joined(separator: "\n"), 20, 10)
    area.perform(.move(.documentEnd))
    #expect(area.scroll == 30)
    area.perform(.move(.pageUp))
    #expect(area.caretPoint.y == 30)
    area.perform(.move(.pageUp))
    #expect(area.caretPoint.y == 21)
    #expect(area.scroll == 21)
    area.scroll(by: -100)
    #expect(area.scroll == 0)
    #expect(drawn(area, 20, 10).lines[0] == "line 1")
    area.scroll(by: 100)
    #expect(area.scroll == 30)
  }

  @Test func `the caret stands behind the last letter of a full row`() {
    var area = area("", 6, 3)
    for character in "abcde" { area.handle(.character(character)) }
    #expect(area.caretPoint == Point(x: 5, y: 0))
    let surface = drawn(area, 6, 3)
    #expect(surface.cursor == Point(x: 5, y: 0))
    #expect(surface.showsCursor)
    area.handle(.character("f"))
    #expect(drawn(area, 6, 3).lines == ["abcde", "f", ""])
  }

  @Test func `the selection is marked, and the newline in it`() {
    var area = area("ab\ncd", 10, 3)
    area.perform(.select(.right))
    area.perform(.select(.down))
    let surface = drawn(area, 10, 3)
    let marked = (0..<2).map { y in (0..<10).filter { surface[$0, y].role == .marked } }
    #expect(marked == [[0, 1, 2], [0]])
    #expect(surface.lines == ["ab", "cd", ""])
  }

  @Test func `hostile text is shown and never run`() {
    let area = area("a\u{1B}[2J\u{9B}x\u{202E}\u{7}\u{0}日", 20, 2)
    #expect(drawn(area, 20, 2).lines[0] == "a␛[2J\u{FFFD}x\u{FFFD}␇␀日")
  }

  @Test func `a placeholder is shown while there is no text`() {
    var area = TextArea(placeholder: "How was it?", size: Size(width: 20, height: 2))
    let surface = drawn(area, 20, 2)
    #expect(surface.lines[0] == "How was it?")
    #expect(surface[0, 0].role == .muted)
    #expect(surface.cursor == Point(x: 0, y: 0))
    area.insert("x")
    #expect(drawn(area, 20, 2).lines[0] == "x")
  }

  @Test func `a form may draw a part of it`() {
    let area = area("one\ntwo\nthree\nfour", 10, 2)
    var surface = Surface(size: Size(width: 10, height: 4))
    area.draw(
      on: &surface, in: Rect(x: 2, y: 1, width: 8, height: 2), firstRow: 1, isFocused: false)
    #expect(surface.lines == ["", "  two", "  three", ""])
    #expect(surface.cursor == nil)
    #expect(area.height(forWidth: 3) == 9)
  }

  @Test func `no size breaks it`() {
    var dice = Dice(seed: 34)
    var area = area((0..<40).map { _ in randomPiece(&dice) }.joined(), 30, 5)
    for width in 0...12 {
      for height in 0...4 {
        area.resize(to: Size(width: width, height: height))
        _ = drawn(area, width, height)
        _ = drawn(area, 12 - width, height)
        area.perform(.move(.down))
        area.perform(.move(.pageDown))
        area.perform(.move(.rowEnd))
        area.perform(.move(.up))
      }
    }
    #expect(area.rows > 0)
  }

  @Test func `a double click selects a word`() {
    var area = area("some naïve words", 20, 2)
    area.click(Point(x: 7, y: 0), count: 2)
    #expect(area.buffer.selectedText == "naïve")
    area.click(Point(x: 99, y: 99))
    #expect(area.buffer.caret == area.buffer.end)
  }

  @Test func `what another editor made of it is one undo`() {
    var area = area("old text", 20, 2)
    area.rewrite("new\ntext")
    #expect(area.text == "new\ntext")
    area.perform(.undo)
    #expect(area.text == "old text")
  }
}
