package import Kernel
package import Life
internal import Storage
package import TUI

/// One's own weeks, newest first, each with its score as a bar; beside it the whole of the chosen one.
package struct CheckInHistoryScreen: Screen {
  let desk: Desk
  private var rows: [CheckIn] = []
  /// The place of the first row, of the chosen one, and how many there are.
  private var top = 0
  private(set) var selected = 0
  private(set) var total = 0
  /// The week that is to be chosen by the first load.
  private var wanted: String?
  private var detail = CheckInDetail()
  private var size = Size(width: 0, height: 0)

  package init(desk: Desk, week: Period? = nil) {
    self.desk = desk
    wanted = week?.key
  }

  package static let context = "checkins.history"
  package var title: String { "Weeks" }
  package var reads: Set<Kind> {
    [CheckIn.kind, CheckInReaction.kind, CheckInComment.kind, GroupInfo.kind, Membership.kind]
  }
  package var headline: (text: SafeText, figure: SafeText) {
    total == 0
      ? ("No week is answered yet.", "")
      : ("Your weeks.", SafeText(counted(total, "check-in", "check-ins")))
  }

  private var isWide: Bool { size.width >= 97 }
  private var listWidth: Int { isWide ? 50 : size.width }
  /// The rows of the list below its head.
  private var height: Int { max(1, size.height - 1) }
  var current: CheckIn? { rows.indices.contains(selected - top) ? rows[selected - top] : nil }

  package mutating func load(_ size: Size) throws {
    self.size = size
    try desk.store.read { db in
      total = try CheckInQueries.ownCount(db)
      if let wanted { selected = try CheckInQueries.ownPosition(db, of: wanted) }
    }
    wanted = nil
    try show()
    try loadDetail()
  }

  /// Reads the rows in sight.
  private mutating func show() throws {
    selected = min(max(0, selected), max(0, total - 1))
    if selected < top { top = selected }
    if selected >= top + height { top = selected - height + 1 }
    top = min(top, max(0, total - height))
    let (from, limit) = (top, height)
    rows = try desk.store.read { try CheckInQueries.ownPage($0, from: from, limit: limit) }
  }

  private mutating func loadDetail() throws {
    guard isWide else { return }
    try detail.load(
      current, desk: desk, size: Size(width: size.width - listWidth - 4, height: size.height))
  }

  private mutating func move(_ count: Int) throws {
    let before = selected
    selected = min(max(0, selected + count), max(0, total - 1))
    if selected != before { try show() }
  }

  // The chosen week follows when the cursor comes to rest.
  package var restDelay: Int? { isWide && current?.id != detail.checkIn?.id ? 40 : nil }
  package mutating func rest() throws -> Step {
    try loadDetail()
    return .stay
  }

  package mutating func scroll(_ lines: Int) throws { try move(lines) }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let row = point.y - rect.y - 1
    guard rows.indices.contains(row), point.x < rect.x + listWidth else { return .stay }
    try move(top + row - selected)
    return count > 1 ? open() : .stay
  }

  private func open() -> Step {
    guard let current else { return .stay }
    return .push(CheckInEntryScreen(checkIn: current, desk: desk))
  }

  // MARK: - Drawing

  package func draw(on surface: inout Surface, in rect: Rect) {
    guard total > 0 else {
      surface.fit(
        "Esc goes back; four digits and Enter answer the first week.", .muted,
        at: Point(x: rect.x + 1, y: rect.y), in: rect)
      surface.cursor = Point(x: rect.x + 1, y: rect.y)
      return
    }
    let list = Rect(x: rect.x, y: rect.y, width: listWidth, height: rect.height)
    drawHead(on: &surface, in: list.row(0))
    for (row, checkIn) in rows.enumerated() {
      draw(checkIn, isSelected: top + row == selected, on: &surface, in: list.row(row + 1))
    }
    let body = list.inset(top: 1)
    Scrollbar(total: total, first: top).draw(
      on: &surface, in: body, isASCII: desk.preferences.isASCII)
    if isWide {
      detail.draw(on: &surface, in: rect.inset(left: listWidth + 3))
    }
  }

  private func drawHead(on surface: inout Surface, in row: Rect) {
    surface.put("WEEK", .strong, at: Point(x: row.x + 1, y: row.y), in: row)
    surface.put("score", .muted, at: Point(x: row.x + 10, y: row.y), in: row)
    guard row.width >= 44 else { return }
    surface.put("answers", .muted, at: Point(x: row.x + 28, y: row.y), in: row)
  }

  private func draw(
    _ checkIn: CheckIn, isSelected: Bool, on surface: inout Surface, in row: Rect
  ) {
    if isSelected {
      surface.ground(.selection, in: row.inset(left: 1, right: 1))
      surface.put("▌", .accent, at: Point(x: row.x, y: row.y), in: row)
      surface.cursor = Point(x: row.x, y: row.y)
    }
    let isASCII = desk.preferences.isASCII
    surface.put(SafeText(checkIn.key), .text, at: Point(x: row.x + 1, y: row.y), in: row)
    let score = checkIn.score(by: .hucares)
    surface.right(
      SafeText(ScoreWords.text(score, by: .hucares)), .strong, y: row.y,
      in: Rect(x: row.x, y: row.y, width: 15, height: 1))
    let isNarrow = row.width < 44
    if let score {
      let part = Double(score + 7) / 36
      BarTrack.draw(
        part, on: &surface, in: Rect(x: row.x + 17, y: row.y, width: isNarrow ? 6 : 9, height: 1),
        isASCII: isASCII)
    }
    var x = row.x + (isNarrow ? 25 : 28)
    if !isNarrow {
      let answers = checkIn.scores?.all.map(String.init).joined(separator: " ") ?? ""
      surface.put(SafeText(answers), .muted, at: Point(x: x, y: row.y), in: row)
      x += 10
    }
    let words = [checkIn.mood] + CheckInWords.marks(checkIn)
    surface.fit(
      SafeText(words.filter { !$0.isEmpty }.joined(separator: " ")),
      isSelected ? .text : .muted, at: Point(x: x, y: row.y), in: row.inset(right: 1))
  }

  // MARK: - Commands

  private static func needsOne(_ screen: borrowing CheckInHistoryScreen) -> Offer {
    screen.total == 0 ? .no(because: "there is no week yet") : .yes
  }

  package static let commands: [Command<CheckInHistoryScreen>] = [
    step("down", "The week before", ["j", "<down>"]) { _ in 1 },
    step("up", "The week after", ["k", "<up>"]) { _ in -1 },
    step("pagedown", "Page down", ["<pagedown>", "<space>", "C-f"]) { $0.height - 1 },
    step("pageup", "Page up", ["<pageup>", "C-b"]) { 1 - $0.height },
    step("year", "A year back", ["["]) { _ in 52 },
    step("nextyear", "A year on", ["]"]) { _ in -52 },
    step("first", "The newest", ["g g", "<home>"]) { -$0.total },
    step("last", "The oldest", ["G", "<end>"]) { $0.total },
    Command(
      "weeks.open", "Open", keys: ["<enter>"], hint: "open", help: "The whole week, to read.",
      offer: { needsOne($0) }
    ) { $0.open() },
    Command(
      "weeks.copy", "Copy", keys: ["c"], hint: "copy", help: "Copies the week as text.",
      offer: { needsOne($0) }
    ) { screen in
      guard let current = screen.current else { return .stay }
      return .copy(CheckInWords.text(of: current), Notice("Copied.", tone: .good))
    },
    Command(
      "weeks.delete", "Delete", keys: ["d d", "<delete>"],
      help: "Deletes the week’s check-in, and what groups see of it.", offer: { needsOne($0) }
    ) { screen in
      guard let key = screen.current?.key else { return .stay }
      let me = try screen.desk.store.account()?.id
      try CheckInWriting.delete(week: key, of: me, desk: screen.desk)
      return .say(Notice("Deleted, also for the groups. u undoes", tone: .good))
    },
  ]

  private static func step(
    _ id: String, _ title: String, _ keys: [String],
    _ count: @escaping @Sendable (borrowing CheckInHistoryScreen) -> Int
  ) -> Command<CheckInHistoryScreen> {
    Command("weeks.move.\(id)", title, keys: keys, help: "\(title).") {
      try $0.move(count($0))
      return .stay
    }
  }
}
