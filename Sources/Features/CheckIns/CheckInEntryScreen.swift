package import Kernel
internal import Life
internal import Storage
package import TUI

/// One week over the whole screen, to read.
package struct CheckInEntryScreen: Screen {
  let desk: Desk
  private let key: String
  private var detail = CheckInDetail()
  private var height = 1

  init(checkIn: CheckIn, desk: Desk) {
    self.desk = desk
    key = checkIn.key
  }

  package static let context = "checkins.entry"
  package var title: String { "Week" }
  package var reads: Set<Kind> {
    [CheckIn.kind, CheckInReaction.kind, CheckInComment.kind, GroupInfo.kind, Membership.kind]
  }
  package var headline: (text: SafeText, figure: SafeText) { ("", "") }

  package mutating func load(_ size: Size) throws {
    height = size.height
    let key = key
    let checkIn = try desk.store.read { try CheckInQueries.own($0, key: key) }
    try detail.load(checkIn, desk: desk, size: Size(width: size.width - 2, height: size.height))
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    let place = rect.inset(left: 1)
    if detail.checkIn == nil {
      surface.fit(
        "This check-in was deleted. u undoes.", .muted, at: Point(x: place.x, y: place.y), in: place
      )
    }
    detail.draw(on: &surface, in: place)
    surface.cursor = Point(x: place.x, y: place.y)
  }

  package mutating func scroll(_ lines: Int) throws { detail.scroll(lines) }

  package static let commands: [Command<CheckInEntryScreen>] = [
    step("down", "Scroll down", ["j", "<down>"]) { _ in 1 },
    step("up", "Scroll up", ["k", "<up>"]) { _ in -1 },
    step("pagedown", "Page down", ["<pagedown>", "<space>", "C-f"]) { $0.height - 1 },
    step("pageup", "Page up", ["<pageup>", "C-b"]) { 1 - $0.height },
    Command(
      "week.copy", "Copy", keys: ["c"], hint: "copy", help: "Copies the week as text.",
      offer: { $0.detail.checkIn == nil ? .hidden : .yes }
    ) { screen in
      guard let checkIn = screen.detail.checkIn else { return .stay }
      return .copy(CheckInWords.text(of: checkIn), Notice("Copied.", tone: .good))
    },
  ]

  private static func step(
    _ id: String, _ title: String, _ keys: [String],
    _ count: @escaping @Sendable (borrowing CheckInEntryScreen) -> Int
  ) -> Command<CheckInEntryScreen> {
    Command("week.move.\(id)", title, keys: keys, help: "\(title).") {
      $0.detail.scroll(count($0))
      return .stay
    }
  }
}
