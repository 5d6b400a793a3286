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
  static func words(for reason: String) -> String {
    switch Verdict.Refusal(rawValue: reason) {
    case .invalid: "not in a form the server takes"
    case .tooLarge: "too large"
    case .forbidden: "not allowed to you there"
    case .quota: "your space on the server is full"
    case .conflictID: "its id is taken by another change"
    case nil: reason
    }
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    if refused.isEmpty {
      surface.fit(
        "What the server refuses comes here, with the reason, and can be sent once more.", .muted,
        at: Point(x: rect.x + 1, y: rect.y), in: rect)
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
        surface.right(reason, .warn, y: place.y, in: place.inset(left: place.width / 3)) - 2
      surface.fit(
        refused[index].name, .text, at: Point(x: place.x + 1, y: place.y),
        in: Rect(x: place.x, y: place.y, width: right - place.x, height: 1))
    }
  }

  package mutating func scroll(_ lines: Int) throws { move(lines) }

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
    Command(
      "refused.retry", "Send once more", keys: ["r", "<enter>"], hint: "send once more",
      help: "Offers the change to the server again, as a new one.", offer: { needsOne($0) }
    ) { screen in
      guard screen.refused.indices.contains(screen.selected) else { return .stay }
      try screen.desk.store.retry(quarantined: screen.refused[screen.selected].op.op.id)
      screen.desk.account?.nudge()
      return .all([.command("app.redraw"), .say(Notice("It is sent once more."))])
    },
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
