package import Kernel
internal import Storage
package import TUI

/// Deleted things of all areas, the latest first; Enter takes one back.
package struct TrashScreen: Screen {
  let desk: Desk
  private var rows: [Trash.Line] = []
  private var selected = 0
  private var top = 0
  private var height = 1
  private static let most = 500

  package init(desk: Desk) { self.desk = desk }

  package static let context = "trash"
  package var title: String { "Trash" }
  package var reads: Set<Kind> { [] }
  package var headline: (text: SafeText, figure: SafeText) {
    ("Deleted things are kept here.", SafeText(counted(rows.count, "thing", "things")))
  }

  package mutating func load(_ size: Size) throws {
    height = size.height
    rows = try Trash.rows(desk.store, limit: Self.most)
    move(0)
  }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, rows.count - 1))
    top = min(top, selected)
    if selected >= top + height { top = selected - height + 1 }
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    if rows.isEmpty {
      surface.fit(
        "The trash is empty. What you delete comes here and can be taken back.", .muted,
        at: Point(x: rect.x + 1, y: rect.y), in: rect)
      surface.cursor = Point(x: rect.x + 1, y: rect.y)
    }
    for (line, index) in rows.indices.dropFirst(top).prefix(rect.height).enumerated() {
      let place = rect.row(line)
      if index == selected {
        surface.ground(.selection, in: place)
        surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
        surface.cursor = Point(x: place.x, y: place.y)
      }
      let civil = desk.world.zone().civil(rows[index].row.deletedAt)
      let when = SafeText("deleted \(Dates.short(civil.day)) \(civil.clock)")
      let right = surface.right(when, .muted, y: place.y, in: place) - 2
      surface.fit(
        SafeText(rows[index].text), .text, at: Point(x: place.x + 1, y: place.y),
        in: Rect(x: place.x, y: place.y, width: right - place.x, height: 1))
    }
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let index = top + point.y - rect.y
    guard rows.indices.contains(index) else { return .stay }
    selected = index
    return count > 1 ? try revive() : .stay
  }

  package mutating func scroll(_ lines: Int) throws { move(lines) }

  private mutating func revive() throws -> Step {
    guard rows.indices.contains(selected) else { return .stay }
    let line = rows[selected]
    try Trash.restore([line], in: desk.store)
    return .all([
      .command("app.redraw"), .say(Notice(SafeText("Taken back: \(line.text)"), tone: .good)),
    ])
  }

  package static let commands: [Command<TrashScreen>] = [
    Command("trash.move.down", "Down", keys: ["j", "<down>"], help: "The next row.") {
      $0.move(1)
      return .stay
    },
    Command("trash.move.up", "Up", keys: ["k", "<up>"], help: "The row before.") {
      $0.move(-1)
      return .stay
    },
    Command(
      "trash.move.pagedown", "Page down", keys: ["<pagedown>", "<space>"], help: "A page on."
    ) {
      $0.move($0.height)
      return .stay
    },
    Command("trash.move.pageup", "Page up", keys: ["<pageup>"], help: "A page back.") {
      $0.move(-$0.height)
      return .stay
    },
    Command(
      "trash.restore", "Take back", keys: ["<enter>", "r"], hint: "take back",
      help: "Puts it back where it was.",
      offer: { $0.rows.isEmpty ? .no(because: "the trash is empty") : .yes }
    ) { try $0.revive() },
  ]
}
