package import Kernel
internal import Life
internal import Storage
package import TUI

/// The versions of an entry, newest first, each with what it changed; any of them can be taken back.
package struct JournalHistoryScreen: Screen {
  let desk: Desk
  let id: EntryID
  private var versions: [JournalVersion] = []
  private var selected = 0
  private var lines: [(text: SafeText, role: Role)] = []
  private var top = 0
  private var size = Size(width: 0, height: 0)

  package init(id: EntryID, desk: Desk) {
    self.id = id
    self.desk = desk
  }

  package static let context = "journal.history"
  package var title: String { "History" }
  package var reads: Set<Kind> { [JournalEntry.kind] }
  package var headline: (text: SafeText, figure: SafeText) {
    ("What this entry was.", SafeText(counted(versions.count, "version", "versions")))
  }

  private var isWide: Bool { size.width >= 80 }
  private var listWidth: Int { isWide ? 30 : size.width }

  package mutating func load(_ size: Size) throws {
    self.size = size
    versions = try JournalVersions.all(of: id, desk: desk)
    selected = min(selected, max(0, versions.count - 1))
    compare()
  }

  /// The diff from the version before to the selected one.
  private mutating func compare() {
    lines = []
    top = 0
    guard versions.indices.contains(selected) else { return }
    let new = versions[selected].text
    let old = versions.indices.contains(selected + 1) ? versions[selected + 1].text : ""
    let diff = TextDiff(from: old, to: new)
    let width = isWide ? size.width - listWidth - 3 : size.width - 2
    for line in diff.excerpt(context: 3) {
      guard let line else {
        lines.append((SafeText("⋯"), .faint))
        continue
      }
      let (sign, role): (String, Role) =
        switch line.change {
        case .same: ("  ", .muted)
        case .added: ("+ ", .added)
        case .removed: ("− ", .removed)
        }
      for (index, part) in Wrap.lines(SafeText(lines: line.text), width: max(8, width - 2))
        .enumerated()
      {
        lines.append((SafeText((index == 0 ? sign : "  ") + part.string), role))
      }
    }
  }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, versions.count - 1))
    compare()
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    let listHeight = isWide ? rect.height : min(versions.count, max(1, rect.height / 3))
    let list = Rect(x: rect.x, y: rect.y, width: listWidth, height: listHeight)
    let start = max(0, selected - listHeight + 1)
    for (row, index) in versions.indices.dropFirst(start).prefix(listHeight).enumerated() {
      let place = list.row(row)
      let version = versions[index]
      if index == selected {
        surface.ground(.selection, in: place)
        surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
        surface.cursor = Point(x: place.x, y: place.y)
      }
      let civil = desk.world.zone().civil(version.moment)
      let text = "\(Dates.medium(civil.day)) \(civil.clock)"
      let x = surface.put(
        SafeText(text), version.isCurrent ? .strong : .text, at: Point(x: place.x + 1, y: place.y),
        in: place)
      let mark = version.isCurrent ? "now" : "+\(version.added) −\(version.removed)"
      surface.fit(SafeText(mark), .muted, at: Point(x: x + 2, y: place.y), in: place)
    }
    let page =
      isWide
      ? rect.split(left: listWidth, gap: 3).right
      : rect.inset(left: 1, top: listHeight + 1)
    for (row, line) in lines.dropFirst(top).prefix(page.height).enumerated() {
      surface.fit(line.text, line.role, at: Point(x: page.x, y: page.y + row), in: page)
    }
  }

  package mutating func scroll(_ count: Int) throws {
    top = min(max(0, top + count), max(0, lines.count - 1))
  }

  package static let commands: [Command<JournalHistoryScreen>] = [
    Command("history.move.down", "Older", keys: ["j", "<down>"], help: "The version before.") {
      $0.move(1)
      return .stay
    },
    Command("history.move.up", "Newer", keys: ["k", "<up>"], help: "The version after.") {
      $0.move(-1)
      return .stay
    },
    Command(
      "history.move.textdown", "Scroll", keys: ["J", "<pagedown>", "<space>"], hint: "scroll",
      help: "Scrolls the text."
    ) {
      try $0.scroll(5)
      return .stay
    },
    Command(
      "history.move.textup", "Scroll back", keys: ["K", "<pageup>"], help: "Scrolls the text back."
    ) {
      try $0.scroll(-5)
      return .stay
    },
    Command(
      "history.restore", "Take this one back", keys: ["r", "<enter>"], hint: "restore",
      help: "Makes this version the entry's text again; the present one stays in the history.",
      offer: { screen in
        guard screen.versions.indices.contains(screen.selected) else {
          return .no(because: "there is no version")
        }
        return screen.versions[screen.selected].isCurrent
          ? .no(because: "this is the text as it stands") : .yes
      }
    ) { screen in
      try JournalVersions.restore(
        screen.versions[screen.selected], of: screen.id, desk: screen.desk)
      screen.selected = 0
      return .say(Notice("The older text stands again. u undoes", tone: .good))
    },
    Command("history.copy", "Copy", keys: ["c"], help: "Copies this version to the clipboard.") {
      screen in
      guard screen.versions.indices.contains(screen.selected) else { return .stay }
      return .copy(screen.versions[screen.selected].text, Notice("Copied.", tone: .good))
    },
  ]
}
