package import Kernel
internal import Storage
package import TUI

/// Changes that the server refused for good: they are on this device, and can be sent once more.
package struct RefusedScreen: Screen {
  let desk: Desk
  private var refused: [(op: QuarantinedOp, name: SafeText)] = []
  private var selected = 0
  private var top = 0
  private var height = 1

  package init(desk: Desk) { self.desk = desk }

  package static let context = "refused"
  package var title: String { "Refused changes" }
  package var reads: Set<Kind> { [] }
  package var headline: (text: SafeText, figure: SafeText) {
    refused.isEmpty
      ? ("The server has taken everything.", "")
      : (
        "These changes are on this machine alone.",
        SafeText(counted(refused.count, "change", "changes"))
      )
  }

  package mutating func load(_ size: Size) throws {
    height = size.height
    refused = try desk.store.quarantine().map { op in
      let fields = try desk.store.fields(op.op.kind, op.op.row)
      let words = Area.all.lazy.compactMap { $0.describe(op.op.kind, fields) }.first
      return (op, SafeText(words ?? "\(op.op.kind.name) \(op.op.row.short)"))
    }
    move(0)
  }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, refused.count - 1))
    top = min(top, selected)
    if selected >= top + height { top = selected - height + 1 }
  }

  /// Why, in words.
  package static func words(for reason: String) -> String {
    switch Verdict.Refusal(rawValue: reason) {
    case .invalid: "not in a form the server takes"
    case .tooLarge: "too large"
    case .forbidden: "not allowed to you there"
    case .quota: "your space on the server is full"
    case .conflictID: "its id is taken by another change"
    case nil: reason == "left" ? "you are no longer in the group; kept here" : reason
    }
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    if refused.isEmpty {
      let text: SafeText =
        "What the server refuses comes here, with the reason, and can be sent once more. All else "
        + "goes on meanwhile."
      for (row, line) in Wrap.lines(text, width: max(10, min(72, rect.width - 2))).enumerated() {
        surface.put(line, .muted, at: Point(x: rect.x + 1, y: rect.y + row), in: rect)
      }
      surface.cursor = Point(x: rect.x + 1, y: rect.y)
    }
    for (line, index) in refused.indices.dropFirst(top).prefix(rect.height).enumerated() {
      let place = rect.row(line)
      if index == selected {
        surface.ground(.selection, in: place)
        surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
        surface.cursor = Point(x: place.x, y: place.y)
      }
      let reason = SafeText(Self.words(for: refused[index].op.reason))
      let right =
        surface.right(
          reason, .warn, y: place.y, in: place.inset(left: place.width / 3, right: 1)) - 2
      surface.fit(
        refused[index].name, .text, at: Point(x: place.x + 1, y: place.y),
        in: Rect(x: place.x, y: place.y, width: right - place.x, height: 1))
    }
    Scrollbar(total: refused.count, first: top).draw(
      on: &surface, in: rect, isASCII: desk.preferences.isASCII)
  }

  package mutating func scroll(_ lines: Int) throws { move(lines) }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let index = top + point.y - rect.y
    guard refused.indices.contains(index) else { return .stay }
    selected = index
    return count > 1 ? try sendAgain() : .stay
  }

  private mutating func sendAgain() throws -> Step {
    guard refused.indices.contains(selected) else { return .stay }
    try desk.store.retry(quarantined: refused[selected].op.op.id)
    desk.account?.nudge()
    return .all([.command("app.redraw"), .say(Notice("It is sent once more."))])
  }

  private static func needsOne(_ screen: borrowing RefusedScreen) -> Offer {
    screen.refused.isEmpty ? .no(because: "nothing was refused") : .yes
  }

  package static let commands: [Command<RefusedScreen>] = [
    Command("refused.move.down", "Down", keys: ["j", "<down>"], help: "The next change.") {
      $0.move(1)
      return .stay
    },
    Command("refused.move.up", "Up", keys: ["k", "<up>"], help: "The change before.") {
      $0.move(-1)
      return .stay
    },
    Command("refused.move.first", "First", keys: ["g g", "<home>"], help: "The first change.") {
      $0.move(-$0.refused.count)
      return .stay
    },
    Command("refused.move.last", "Last", keys: ["G", "<end>"], help: "The last change.") {
      $0.move($0.refused.count)
      return .stay
    },
    Command(
      "refused.move.pagedown", "Page down", keys: ["<pagedown>", "<space>"], help: "A page on."
    ) {
      $0.move($0.height)
      return .stay
    },
    Command("refused.move.pageup", "Page up", keys: ["<pageup>"], help: "A page back.") {
      $0.move(-$0.height)
      return .stay
    },
    Command(
      "refused.retry", "Send once more", keys: ["r", "<enter>"], hint: "send once more",
      help: "Offers the change to the server again, as a new one.", offer: { needsOne($0) }
    ) { try $0.sendAgain() },
    Command(
      "refused.drop", "Keep it here alone", keys: ["x", "<delete>"], hint: "keep it here alone",
      help: "Forgets that it was to be sent; what you wrote stays on this machine.",
      offer: { needsOne($0) }
    ) { screen in
      guard screen.refused.indices.contains(screen.selected) else { return .stay }
      try screen.desk.store.drop(quarantined: screen.refused[screen.selected].op.op.id)
      return .all([.command("app.redraw"), .say(Notice("It stays on this machine alone."))])
    },
  ]
}
