internal import Kernel
internal import TUI
internal import Terminal
internal import TestKit
internal import Testing

extension PainterTests {
  /// The bytes that a list of 120 by 40 costs, with 24-bit colours.
  @Suite struct ByteCounts {
    private let size = Size(width: 120, height: 40)
    private let theme: Theme = {
      var theme = PainterTests.theme
      theme.styles[Int(Role.accent.rawValue)] = Style(.indexed(110))
      theme.styles[Int(Role.muted.rawValue)] = Style(.rgb(0x9e, 0x9e, 0x9e))
      return theme
    }()
    private static let words = [
      "fog", "over", "the", "water", "slept", "badly", "wind", "again", "finished", "quote", "for",
      "roof", "walked", "home", "along", "quay",
    ]

    private static func sentence(_ seed: Int, _ count: Int) -> String {
      (0..<count).map { words[(seed * 7 + $0 * 5 + seed / 3) % words.count] }.joined(separator: " ")
    }

    /// A list at the left with the entry beside it; without `detail` the list alone.
    private func frame(selected: Int, first: Int = 0, detail: Bool = false) -> Surface {
      var surface = Surface(size: size)
      let all = surface.bounds
      surface.put("1 Today  2 Journal", .title, at: Point(x: 2, y: 0), in: all)
      surface.put("━━━━━━━━━", .accent, at: Point(x: 11, y: 1), in: all)
      let list = Rect(x: 0, y: 4, width: 54, height: 33)
      for row in 0..<list.height {
        let entry = first + row
        let y = list.y + row
        let line = list.row(row)
        surface.put("Fri 20", .muted, at: Point(x: 2, y: y), in: line)
        surface.put("note", .muted, at: Point(x: 10, y: y), in: line)
        surface.fit(SafeText(Self.sentence(entry, 9)), at: Point(x: 19, y: y), in: line)
        if entry == selected {
          surface.ground(.selection, in: line)
          surface.put("▌", .accent, at: Point(x: 1, y: y), in: line)
          surface.cursor = Point(x: 2, y: y)
        }
      }
      if detail {
        let entry = Rect(x: 57, y: 4, width: 61, height: 30)
        surface.put("Thursday 19 November", .title, at: Point(x: 57, y: 4), in: entry)
        for row in 2..<16 {
          let text = Self.sentence(selected * 3 + row, 11)
          surface.fit(SafeText(text), at: Point(x: 57, y: 4 + row), in: entry)
        }
      }
      surface.put("j k move   n new   f filter", .muted, at: Point(x: 2, y: 39), in: all)
      return surface
    }

    private func painter(_ colour: Bool = true) throws -> Painter {
      var environment = ["TERM": "xterm-256color", "LANG": "C.UTF-8"]
      if colour { environment["COLORTERM"] = "truecolor" }
      return try Painter(Capabilities(environment: environment), size: size)
    }

    @Test(arguments: [true, false])
    func `a cursor move takes at most 200 bytes`(_ isDirect: Bool) throws {
      let painter = try painter(isDirect)
      _ = painter.paint(frame(selected: 0), theme)
      for selected in 1..<33 {
        let count = painter.paint(frame(selected: selected), theme).count
        #expect(count > 0 && count <= 200)
      }
    }

    @Test(arguments: [true, false])
    func `a page takes at most 6 kB and the whole screen 10`(_ isDirect: Bool) throws {
      let painter = try painter(isDirect)
      let first = painter.paint(frame(selected: 0, detail: true), theme).count
      #expect(first <= 10_000)
      for page in 1..<8 {
        let start = page * 33
        let surface = frame(selected: start, first: start, detail: true)
        #expect(painter.paint(surface, theme).count <= 6_000)
      }
    }

    @Test func `an equal surface takes no byte`() throws {
      let painter = try painter()
      _ = painter.paint(frame(selected: 3), theme)
      #expect(painter.paint(frame(selected: 3), theme).isEmpty)
    }

    @Test func `what the cursor left looks as if it had never been there`() throws {
      let screen = VirtualScreen(rows: 40, columns: 120)
      let painter = try painter()
      for selected in [0, 5, 6, 32, 0] {
        _ = screen.write(painter.paint(frame(selected: selected, detail: true), theme))
      }
      let fresh = VirtualScreen(rows: 40, columns: 120)
      _ = fresh.write(
        try self.painter().paint(frame(selected: 0, detail: true), theme))
      for (row, wanted) in zip(screen.grid.rows, fresh.grid.rows) {
        for (cell, other) in zip(row, wanted) {
          #expect(cell.text == other.text && cell.background == other.background)
          #expect(cell.text == " " || cell == other)
        }
      }
    }
  }
}
