package import Kernel
internal import Life
internal import Storage
package import TUI

/// A year of writing as a heatmap, with its streaks in words.
package struct JournalYearScreen: Screen {
  let desk: Desk
  private var day: Day
  private var levels: [Day: Int] = [:]
  private var counts: [Day: Int] = [:]
  /// It takes a look at every day, so it is counted aside.
  private var streak: Streak?
  private var streakIsStale = true
  private var entries: [JournalRow] = []
  private var size = Size(width: 0, height: 0)

  package init(desk: Desk, day: Day) {
    self.desk = desk
    self.day = day
  }

  package static let context = "journal.year"
  package var title: String { "Year" }
  package var reads: Set<Kind> { [JournalEntry.kind, StreakSkip.kind] }
  package var headline: (text: SafeText, figure: SafeText) {
    let written = counts.count
    let text = "\(day.year): written on \(counted(written, "day", "days"))."
    guard let streak else { return (SafeText(text), "") }
    return (SafeText(text), SafeText("streak \(streak.current), longest \(streak.longest)"))
  }

  package mutating func load(_ size: Size) throws {
    self.size = size
    streakIsStale = true
    try loadYear()
    try loadDay()
  }

  private mutating func loadYear() throws {
    let year = day.year
    counts = try desk.store.read { try JournalQueries.yearCounts($0, year: year) }
    levels = counts.mapValues { $0 < 3 ? $0 : ($0 < 5 ? 3 : 4) }
  }

  package var restDelay: Int? { streakIsStale ? 1 : nil }

  package mutating func rest() throws -> Step {
    streakIsStale = false
    return .start(
      Job("Counting streaks", isNeeded: false) { [desk] in
        try desk.aside { try JournalStreaks.any(desk: $0) }
      })
  }

  package mutating func receive(_ reply: any Sendable) throws -> Step {
    if let streak = reply as? Streak { self.streak = streak }
    return .stay
  }

  private mutating func move(_ days: Int) throws {
    let year = day.year
    let target = day + days
    guard target.year >= 1, target.year <= 9999 else { return }
    day = target
    if year != day.year { try loadYear() }
    try loadDay()
  }

  private mutating func loadDay() throws {
    let day = day
    entries = try desk.store.read {
      try JournalQueries.rows($0, JournalFilter(from: day, to: day), limit: 20)
    }
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    let map = Heatmap(
      year: day.year, levels: levels, skipped: skipped, cursor: day, today: desk.world.today,
      weekStart: desk.preferences.weekStart, isASCII: desk.preferences.isASCII)
    let inner = rect.inset(left: 1)
    let height = map.draw(on: &surface, in: inner)
    var y = inner.y + height + 1
    surface.fit(SafeText(sentence), .text, at: Point(x: inner.x, y: y), in: inner)
    y += 2
    surface.fit(
      SafeText(Dates.long(day)), .strong, at: Point(x: inner.x, y: y), in: inner)
    y += 1
    if entries.isEmpty {
      surface.fit(SafeText(why), .muted, at: Point(x: inner.x, y: y), in: inner)
    }
    for row in entries where y < inner.maxY {
      surface.put(
        SafeText(JournalLabels.word(row.type)), .muted, at: Point(x: inner.x, y: y), in: inner)
      surface.fit(SafeText(row.summary), .text, at: Point(x: inner.x + 9, y: y), in: inner)
      y += 1
    }
  }

  private var skipped: Set<Day> {
    Set(
      (streak?.days ?? []).compactMap { day in
        if case .skipped = day.state { day.day } else { nil }
      })
  }

  /// Why the day under the cursor is what it is.
  private var why: String {
    guard let state = streak?.days.first(where: { $0.day == day })?.state else {
      return "Nothing written."
    }
    return JournalStreaks.sentence(for: state)
  }

  /// The month under the cursor in words, for those who do not see the map.
  private var sentence: String {
    let first = day.firstOfMonth
    let last = min(day.lastOfMonth, max(first, desk.world.today))
    var (written, longest, run) = (0, 0, 0)
    for number in first.number...last.number {
      if counts[Day(number: number)] != nil {
        written += 1
        run += 1
        longest = max(longest, run)
      } else {
        run = 0
      }
    }
    return
      "\(Dates.months[day.month - 1]): \(written) of \(last - first + 1), longest run \(longest)."
  }

  package static let commands: [Command<JournalYearScreen>] = [
    step("year.move.left", "A week back", ["h", "<left>"], -7),
    step("year.move.right", "A week on", ["l", "<right>"], 7),
    step("year.move.up", "A day back", ["k", "<up>"], -1),
    step("year.move.down", "A day on", ["j", "<down>"], 1),
    Command(
      "year.move.lastyear", "Last year", keys: ["[", "<pageup>"], hint: "year",
      help: "The same day a year earlier."
    ) {
      try $0.move($0.day.adding(months: -12) - $0.day)
      return .stay
    },
    Command(
      "year.move.nextyear", "Next year", keys: ["]", "<pagedown>"],
      help: "The same day a year later."
    ) {
      try $0.move($0.day.adding(months: 12) - $0.day)
      return .stay
    },
    Command("year.today", "Today", keys: ["t"], hint: "today", help: "Back to today.") {
      try $0.move($0.desk.world.today - $0.day)
      return .stay
    },
    Command(
      "year.open", "Open the day", keys: ["<enter>"], hint: "open", help: "The journal at this day."
    ) { screen in
      let day = screen.day
      return .push(JournalListScreen(desk: screen.desk, day: day))
    },
    Command(
      "year.skip", "Skip this day", keys: ["s", "S"], hint: "skip",
      help: "Excuses the day in the streak, with a reason."
    ) {
      .prompt(SkipPrompt.prompt(day: $0.day, desk: $0.desk))
    },
  ]

  private static func step(
    _ id: String, _ title: String, _ keys: [String], _ days: Int
  ) -> Command<JournalYearScreen> {
    Command(id, title, keys: keys, help: "\(title).") {
      try $0.move(days)
      return .stay
    }
  }
}
