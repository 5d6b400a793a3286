package import Kernel
internal import Life
internal import Storage
package import TUI

/// The journal's home: the list, and from 100 columns the entry under the cursor beside it.
package struct JournalListScreen: Screen {
  let desk: Desk
  var list: JournalList
  var detail = JournalDetail()
  private var size = Size(width: 0, height: 0)
  /// It takes a look at every day, so it is counted aside.
  private var streak = ""
  private var streakIsStale = true

  init(desk: Desk, filter: JournalFilter = JournalFilter()) {
    self.desk = desk
    list = JournalList(desk: desk)
    list.filter = filter
  }

  package static let context = "journal.list"
  package var title: String { "Journal" }
  package var reads: Set<Kind> { [JournalEntry.kind, Tagging.kind, StreakSkip.kind] }
  package var restDelay: Int? {
    (isWide && list.current?.id != detail.id) || streakIsStale ? 60 : nil
  }

  package var headline: (text: SafeText, figure: SafeText) {
    let filter = list.filter.words
    if !list.marked.isEmpty {
      return (SafeText("\(list.marked.count) marked"), "Esc lets go")
    }
    if !filter.isEmpty { return (SafeText("Only \(filter)"), "Esc shows all") }
    return (SafeText(month), SafeText(streak))
  }

  private var month: String {
    guard let day = list.current?.day else { return "Your journal" }
    let count = list.monthCounts[day.firstOfMonth] ?? 0
    return "\(Dates.month(day))  \(counted(count, "entry", "entries"))"
  }

  var isWide: Bool { size.width >= 97 }

  package mutating func load(_ size: Size) throws {
    self.size = size
    list.forgetCounts()
    try list.load(height: size.height)
    streakIsStale = true
    try loadDetail()
  }

  /// The entry follows the cursor when it comes to rest.
  package mutating func rest() throws -> Step {
    try loadDetail()
    guard streakIsStale else { return .stay }
    streakIsStale = false
    return .start(
      Job("Counting streaks", isNeeded: false) { [desk] in
        let pages = try desk.aside { try JournalStreaks.morning(desk: $0) }
        return StreakFigures(current: pages.current, longest: pages.longest)
      })
  }

  private struct StreakFigures: Sendable {
    let current: Int
    let longest: Int
  }

  package mutating func receive(_ reply: any Sendable) throws -> Step {
    guard let figures = reply as? StreakFigures else { return .stay }
    streak =
      figures.longest == 0
      ? "" : "morning pages: streak \(figures.current), longest \(figures.longest)"
    return .stay
  }

  private mutating func loadDetail() throws {
    guard isWide else { return }
    try detail.load(
      list.current?.id, desk: desk, size: Size(width: detailWidth, height: size.height))
  }

  private var listWidth: Int { min(64, size.width * 40 / 100) }
  private var detailWidth: Int { size.width - listWidth - 3 }

  package func draw(on surface: inout Surface, in rect: Rect) {
    if list.isEmpty {
      drawEmpty(on: &surface, in: rect)
      return
    }
    guard isWide else {
      drawList(on: &surface, in: rect)
      return
    }
    let (left, right) = rect.split(left: listWidth, gap: 3)
    drawList(on: &surface, in: left)
    detail.draw(on: &surface, in: right)
  }

  private func drawEmpty(on surface: inout Surface, in rect: Rect) {
    let lines: [(String, Role)] =
      list.filter.isEmpty
      ? [
        ("Nothing is written here yet.", .text), ("", .text),
        ("n   writes a note", .muted), ("m   writes this morning's pages", .muted),
        ("e   looks back on the day", .muted), ("w   looks back on the week", .muted),
        ("", .text), ("An old journal? lifeos import jrnl PATH brings it in.", .muted),
      ]
      : [("No entry fits.", .text), ("", .text), ("Esc   shows all again", .muted)]
    for (row, line) in lines.enumerated() {
      let place = rect.row(row).inset(left: 1)
      surface.fit(SafeText(line.0), line.1, at: Point(x: place.x, y: place.y), in: place)
    }
    surface.cursor = Point(x: rect.x + 1, y: rect.y)
  }

  private func drawList(on surface: inout Surface, in rect: Rect) {
    var lastDay: Day?
    for (row, line) in list.lines(height: rect.height).enumerated() {
      let place = rect.row(row)
      switch line {
      case .blank: lastDay = nil
      case .month(let month):
        lastDay = nil
        let count = list.monthCounts[month].map { String($0) } ?? ""
        surface.fit(
          SafeText(Dates.month(month)), .strong, at: Point(x: place.x + 1, y: place.y), in: place)
        surface.right(SafeText(count), .muted, y: place.y, in: place)
      case .row(let index):
        let entry = list.rows[index]
        draw(
          entry, isFirstOfDay: entry.day != lastDay, isSelected: index == list.selected,
          on: &surface, in: place)
        lastDay = entry.day
      }
    }
  }

  private func draw(
    _ row: JournalRow, isFirstOfDay: Bool, isSelected: Bool, on surface: inout Surface,
    in place: Rect
  ) {
    var x = place.x + 1
    let isMarked = list.marked.contains(row.id)
    if isSelected {
      // The bar stands beside the painted row, which has one colour: a move costs few bytes.
      surface.ground(.selection, in: place.inset(left: 1))
      surface.put("▌", .accent, at: Point(x: place.x, y: place.y), in: place)
      surface.cursor = Point(x: place.x, y: place.y)
    } else if isMarked {
      surface.put("•", .accent, at: Point(x: place.x, y: place.y), in: place)
    }
    let side: Role = isSelected ? .text : .muted
    if isFirstOfDay || isSelected {
      surface.put(
        SafeText(Dates.weekdayAndDay(row.day)), .text, at: Point(x: x, y: place.y), in: place)
    }
    x += 8
    let isNarrow = place.width < 42
    // A note is what needs no word: the others stand out, and a move of the cursor costs less.
    let word = row.type == .note ? "" : JournalLabels.word(row.type)
    let label = isNarrow ? JournalLabels.short(row.type) : word
    let end = surface.put(SafeText(label), side, at: Point(x: x, y: place.y), in: place)
    if row.isStarred {
      surface.put(
        "★", isSelected ? .text : .warn, at: Point(x: isNarrow ? x : end + 1, y: place.y), in: place
      )
    }
    x += isNarrow ? 3 : 9
    let summary = list.summary(of: row)
    surface.fit(
      summary.isEmpty ? "(empty)" : summary, isMarked ? .accent : (summary.isEmpty ? side : .text),
      at: Point(x: x, y: place.y), in: place)
  }

  package mutating func click(_ point: Point, in rect: Rect, count: Int) throws -> Step {
    let lines = list.lines(height: rect.height)
    guard !isWide || point.x < rect.x + listWidth, lines.indices.contains(point.y - rect.y),
      case .row(let index) = lines[point.y - rect.y]
    else { return .stay }
    try list.select(index)
    return count > 1 ? try open() : .stay
  }

  package mutating func scroll(_ lines: Int) throws { try list.move(by: lines) }

  package var bookmark: [String: String]? {
    var bookmark = list.filter.bookmark
    bookmark["cursor"] = list.current?.key.text
    return bookmark
  }

  package mutating func restore(_ bookmark: [String: String]) {
    list.filter = JournalFilter(bookmark: bookmark)
    if let key = bookmark["cursor"].flatMap({ JournalKey(text: $0) }) { list.want(key) }
  }

  /// The list at a day.
  package init(desk: Desk, day: Day) {
    self.init(desk: desk)
    list.want(JournalKey(endOf: day))
  }

  /// Reading on a narrow screen, writing on a wide one where the entry is read already.
  mutating func open() throws -> Step {
    guard let id = list.current?.id else { return .stay }
    if isWide { return .push(try JournalEditorScreen(editing: id, desk: desk)) }
    return .push(JournalEntryScreen(id: id, desk: desk))
  }
}
