package import Kernel
package import TUI

/// A group's period as a text that can be copied.
package struct GroupDigestScreen: Screen {
  let desk: Desk
  private let block: GroupBlock
  private var lines: [SafeText] = []
  private var top = 0
  private var height = 1

  package init(desk: Desk, block: GroupBlock) {
    self.desk = desk
    self.block = block
  }

  package static let context = "groups.digest"
  package var title: String { "Digest" }
  package var reads: Set<Kind> { [.presence] }
  package var headline: (text: SafeText, figure: SafeText) {
    (SafeText("\(block.group.info.name)  \(block.periodWords)"), SafeText(block.participation))
  }

  package mutating func load(_ size: Size) throws {
    height = size.height
    lines = Wrap.lines(
      SafeText(lines: GroupPeriodText(block).text), width: max(10, min(76, size.width - 2)))
    move(0)
  }

  private mutating func move(_ count: Int) {
    top = min(max(0, top + count), max(0, lines.count - height))
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    for (row, line) in lines.dropFirst(top).prefix(rect.height).enumerated() {
      surface.put(line, .text, at: Point(x: rect.x + 1, y: rect.y + row), in: rect)
    }
    Scrollbar(total: lines.count, first: top).draw(
      on: &surface, in: rect, isASCII: desk.preferences.isASCII)
    surface.cursor = Point(x: rect.x + 1, y: rect.y)
  }

  package mutating func scroll(_ lines: Int) throws { move(lines) }

  package static let commands: [Command<GroupDigestScreen>] = [
    Command(
      "groups.digest.copy", "Copy", keys: ["y", "c"], hint: "copy",
      help: "Copies the text to the terminal's clipboard."
    ) { .copy(GroupPeriodText($0.block).text, Notice("Copied.", tone: .good)) },
    move("groups.digest.move.down", "Down", ["j", "<down>"], "A line on.") { _ in 1 },
    move("groups.digest.move.up", "Up", ["k", "<up>"], "A line back.") { _ in -1 },
    move("groups.digest.move.first", "First", ["g g", "<home>"], "The first line.") {
      -$0.lines.count
    },
    move("groups.digest.move.last", "Last", ["G", "<end>"], "The last line.") { $0.lines.count },
    move("groups.digest.move.pagedown", "Page down", ["<pagedown>", "<space>"], "A page on.") {
      $0.height
    },
    move("groups.digest.move.pageup", "Page up", ["<pageup>"], "A page back.") { -$0.height },
  ]

  private static func move(
    _ id: String, _ title: String, _ keys: [String], _ help: String,
    _ count: @escaping @Sendable (GroupDigestScreen) -> Int
  ) -> Command<GroupDigestScreen> {
    Command(id, title, keys: keys, help: help) { screen in
      screen.move(count(screen))
      return .stay
    }
  }
}
