package import Kernel
internal import Life
internal import Storage
package import TUI

/// Texts that lost against another device's without its having seen them: each with what differs, and
/// a key to take it back.
package struct ConflictsScreen: Screen {
  let desk: Desk
  private var conflicts: [(conflict: TextConflict, name: SafeText)] = []
  private var selected = 0
  private var lines: [(text: SafeText, role: Role)] = []
  private var top = 0
  /// The first row of the list that is seen.
  private var start = 0
  private var total = 0
  private var size = Size(width: 0, height: 0)
  private static let most = 200

  package init(desk: Desk) { self.desk = desk }

  package static let context = "conflicts"
  package var title: String { "Overwritten texts" }
  package var reads: Set<Kind> { [] }
  package var headline: (text: SafeText, figure: SafeText) {
    conflicts.isEmpty
      ? ("No text was overwritten unseen.", "")
      : (
        "Two devices changed the same text; the later one stands.",
        SafeText(counted(total, "text", "texts"))
      )
  }

  private var isWide: Bool { size.width >= 80 }
  private var listWidth: Int { isWide ? max(30, size.width * 2 / 5) : size.width }
  private var current: TextConflict? {
    conflicts.indices.contains(selected) ? conflicts[selected].conflict : nil
  }

  package mutating func load(_ size: Size) throws {
    let (before, place, width) = (current, top, self.size.width)
    self.size = size
    conflicts = try desk.store.conflicts(limit: Self.most).map { ($0, try name(of: $0)) }
    total =
      conflicts.count < Self.most
      ? conflicts.count : try desk.store.syncStatus().conflicts
    // One more on top must not put another text under the finger.
    if let before, let index = conflicts.firstIndex(where: { $0.conflict.lost == before.lost }) {
      selected = index
    }
    move(0)
    if current == before, size.width == width { scrollTo(place) }
  }

  /// What the text belongs to, as its area describes it.
  private func name(of conflict: TextConflict) throws -> SafeText {
    let fields = try desk.store.fields(conflict.kind, conflict.row)
    let words = Area.all.lazy.compactMap { $0.describe(conflict.kind, fields) }.first
    return SafeText(words ?? "\(conflict.kind.name) \(conflict.row.short)")
  }

  /// What stands now, beside the text that lost.
  private mutating func compare() {
    lines = []
    top = 0
    guard let current else { return }
    let diff = TextDiff(from: current.text, to: current.lostText)
    let width = isWide ? size.width - listWidth - 5 : size.width - 3
    let isASCII = desk.preferences.isASCII
    for line in diff.excerpt(context: 3) {
      guard let line else {
        lines.append((SafeText(isASCII ? "..." : "⋯"), .faint))
        continue
      }
      let (sign, role): (String, Role) =
        switch line.change {
        case .same: ("  ", .muted)
        case .added: ("+ ", .added)
        case .removed: (isASCII ? "- " : "− ", .removed)
        }
      let parts = Wrap.lines(SafeText(lines: line.text), width: max(8, width - 2))
      for (index, part) in parts.enumerated() {
        lines.append((SafeText((index == 0 ? sign : "  ") + part.string), role))
      }
    }
  }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, conflicts.count - 1))
    start = min(start, selected)
    start = max(start, selected - listHeight + 1)
    compare()
  }

  private var listHeight: Int {
    isWide ? size.height : min(conflicts.count, max(1, size.height / 3))
  }

  /// The rows of the difference that are seen.
  private var pageHeight: Int { max(1, size.height - (isWide ? 0 : listHeight + 1) - 1) }

  private mutating func scrollTo(_ line: Int) {
    top = min(max(0, line), max(0, lines.count - pageHeight))
  }

  // MARK: Drawing

  package func draw(on surface: inout Surface, in rect: Rect) {
    guard !conflicts.isEmpty else { return drawEmpty(on: &surface, in: rect) }
    let today = desk.world.zone().civil(desk.world.now()).day
    let list = Rect(x: rect.x, y: rect.y, width: listWidth, height: listHeight)
    for (row, index) in conflicts.indices.dropFirst(start).prefix(listHeight).enumerated() {
      let place = list.row(row)
      if index == selected {
        surface.ground(.selection, in: place)
        surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
        surface.cursor = Point(x: place.x, y: place.y)
      }
      let civil = desk.world.zone().civil(conflicts[index].conflict.lostAt)
      let when = SafeText(civil.day == today ? civil.clock : Dates.short(civil.day))
      let right = surface.right(when, .muted, y: place.y, in: place.inset(right: 1)) - 2
      surface.fit(
        conflicts[index].name, .text, at: Point(x: place.x + 1, y: place.y),
        in: Rect(x: place.x, y: place.y, width: right - place.x, height: 1))
    }
    let isASCII = desk.preferences.isASCII
    Scrollbar(total: conflicts.count, first: start).draw(on: &surface, in: list, isASCII: isASCII)
    let page =
      isWide
      ? rect.split(left: listWidth, gap: 3).right
      : rect.inset(left: 1, top: listHeight + 1)
    guard page.height > 1 else { return }
    let legend: SafeText =
      isASCII
      ? "- what stands now   + what was overwritten" : "− what stands now   + what was overwritten"
    surface.fit(legend, .faint, at: Point(x: page.x, y: page.y), in: page)
    Scrollbar(total: lines.count, first: top).draw(
      on: &surface, in: page.inset(top: 1), isASCII: isASCII)
    for (row, line) in lines.dropFirst(top).prefix(page.height - 1).enumerated() {
      surface.fit(line.text, line.role, at: Point(x: page.x, y: page.y + row + 1), in: page)
    }
  }

  private func drawEmpty(on surface: inout Surface, in rect: Rect) {
    let text: SafeText =
      "When two devices change the same text before they meet, the later one stands and the other "
      + "comes here, to be looked at and taken back."
    for (row, line) in Wrap.lines(text, width: max(10, min(72, rect.width - 2))).enumerated() {
      surface.put(line, .muted, at: Point(x: rect.x + 1, y: rect.y + row), in: rect)
    }
    surface.cursor = Point(x: rect.x + 1, y: rect.y)
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let row = point.y - rect.y
    guard point.x < rect.x + listWidth, (0..<listHeight).contains(row),
      conflicts.indices.contains(start + row)
    else { return .stay }
    move(start + row - selected)
    return count > 1 ? try takeBack() : .stay
  }

  /// The wheel turns the text's pages; where all of it is seen, it goes through the list.
  package mutating func scroll(_ count: Int) throws {
    if lines.count > pageHeight { scrollTo(top + count) } else { move(count.signum()) }
  }

  private mutating func takeBack() throws -> Step {
    guard let current else { return .stay }
    try desk.store.takeBack(current)
    return .all([
      .command("app.redraw"),
      .say(Notice("The overwritten text stands again. u undoes", tone: .good)),
    ])
  }

  // MARK: Commands

  private static let nothing = "there is no overwritten text"

  private static func needsOne(_ screen: borrowing ConflictsScreen) -> Offer {
    screen.conflicts.isEmpty ? .no(because: nothing) : .yes
  }

  package static let commands: [Command<ConflictsScreen>] = [
    Command("conflicts.move.down", "Down", keys: ["j", "<down>"], help: "The next text.") {
      $0.move(1)
      return .stay
    },
    Command("conflicts.move.up", "Up", keys: ["k", "<up>"], help: "The text before.") {
      $0.move(-1)
      return .stay
    },
    Command("conflicts.move.first", "First", keys: ["g g", "<home>"], help: "The first text.") {
      $0.move(-$0.conflicts.count)
      return .stay
    },
    Command("conflicts.move.last", "Last", keys: ["G", "<end>"], help: "The last text.") {
      $0.move($0.conflicts.count)
      return .stay
    },
    Command(
      "conflicts.move.textdown", "Scroll", keys: ["J", "<pagedown>", "<space>"],
      help: "Scrolls the difference."
    ) {
      $0.scrollTo($0.top + $0.pageHeight - 1)
      return .stay
    },
    Command(
      "conflicts.move.textup", "Scroll back", keys: ["K", "<pageup>"],
      help: "Scrolls the difference back."
    ) {
      $0.scrollTo($0.top - $0.pageHeight + 1)
      return .stay
    },
    Command(
      "conflicts.takeback", "Take it back", keys: ["r", "<enter>"], hint: "take it back",
      help: "The overwritten text stands again, on all devices; the other stays in the history.",
      offer: { needsOne($0) }
    ) { try $0.takeBack() },
    Command(
      "conflicts.dismiss", "Leave it", keys: ["x", "<delete>"], hint: "leave it",
      help: "What stands is right; the overwritten text stays in the history.",
      offer: { needsOne($0) }
    ) { screen in
      guard let conflict = screen.current else { return .stay }
      try screen.desk.store.resolve(conflict)
      return .all([.command("app.redraw"), .say(Notice("Left as it is. u undoes"))])
    },
    Command(
      "conflicts.copy", "Copy", keys: ["c"], hint: "copy",
      help: "Copies the overwritten text to the clipboard.", offer: { needsOne($0) }
    ) { screen in
      guard let conflict = screen.current else { return .stay }
      return .copy(conflict.lostText, Notice("Copied.", tone: .good))
    },
  ]
}
