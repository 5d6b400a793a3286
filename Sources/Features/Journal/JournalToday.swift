internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// What the journal has for Today and for the palette.
enum JournalToday {
  static func cards(desk: Desk) throws -> [TodayCard] {
    let today = desk.world.today
    let (written, recent, memories, counts) = try desk.store.read { db in
      (
        try JournalQueries.rows(db, JournalFilter(from: today, to: today), limit: 50),
        try JournalQueries.rows(db, JournalFilter(), limit: 6),
        try JournalQueries.onThisDay(db, today, limit: 4),
        try JournalQueries.dayCounts(db, from: Week(of: today).monday, to: today)
      )
    }
    if recent.isEmpty { return [now(written, desk: desk), try drafts(desk: desk), welcome] }
    return [
      now(written, desk: desk), try drafts(desk: desk), lately(recent, desk: desk),
      week(counts, desk: desk), onThisDay(memories, desk: desk),
    ].filter { !$0.lines.isEmpty }
  }

  /// Streaks take a look at every day.
  static func later(reading: Desk, desk: Desk) throws -> [TodayCard] {
    let today = desk.world.today
    func line(_ name: String, _ streak: Streak) -> TodayCard.Line {
      TodayCard.Line(
        SafeText("\(name)  \(counted(streak.current, "day", "days"))"),
        figure: SafeText("longest \(streak.longest)"),
        open: { .push(JournalYearScreen(desk: desk, day: today)) })
    }
    let (any, morning) = (
      try JournalStreaks.any(desk: reading), try JournalStreaks.morning(desk: reading)
    )
    guard any.longest > 0 else { return [] }
    let pages = morning.longest > 0 ? [line("Morning pages", morning)] : []
    return [TodayCard("Streaks", isAside: true, lines: [line("Writing", any)] + pages)]
  }

  /// What a newcomer needs to know, in five lines.
  private static var welcome: TodayCard {
    func line(_ key: SafeText, _ text: SafeText) -> TodayCard.Line {
      TodayCard.Line(text, glyph: key, role: .key)
    }
    return TodayCard(
      "New here", isAside: true,
      lines: [
        line("⏎", "opens the line under the bar"), line("n", "writes a note; Esc saves it"),
        line("?", "shows every key and runs it"), line(":", "finds commands, entries and days"),
        line("u", "undoes anything, tomorrow too"), line("q", "leaves; all is saved"),
        line("3", "checks in: the week in four digits"),
        line("›", "g a signs in: other devices, friends"),
        line("›", "lifeos import brings an old journal"),
      ])
  }

  private static func now(_ written: [JournalRow], desk: Desk) -> TodayCard {
    let world = desk.world
    let hour = world.clock.hour
    func line(_ type: JournalType, from: Int, until: Int, note: String) -> TodayCard.Line {
      let isDone = written.contains { $0.type == type }
      let isDue = hour >= from && hour < until
      return TodayCard.Line(
        SafeText(type.title), glyph: isDone ? "✓" : "○",
        role: isDone ? .good : (isDue ? .accent : .muted),
        figure: SafeText(isDone ? "written" : note),
        open: { opening { try JournalEditorScreen(new: type, desk: desk) } })
    }
    var lines = [
      line(.morning, from: 4, until: 12, note: hour < 12 ? "before noon" : "still open"),
      line(.reflection, from: 18, until: 27, note: hour >= 18 ? "this evening" : "from 18:00"),
    ]
    if world.today.weekday >= 5 || written.contains(where: { $0.type == .review }) {
      lines.append(line(.review, from: 0, until: 24, note: "until Sunday"))
    }
    let notes = written.filter { $0.type == .note }.count
    lines.append(
      TodayCard.Line(
        notes == 0 ? "Note something" : "Another note", glyph: "+", role: .accent,
        figure: notes == 0 ? "" : SafeText(counted(notes, "note", "notes") + " today"),
        open: { opening { try JournalEditorScreen(new: .note, desk: desk) } }))
    return TodayCard("Now", lines: lines)
  }

  private static func opening(_ screen: () throws -> any Screen) -> Step {
    do { return .push(try screen()) } catch {
      return .say(Notice(SafeText(Words.of(error)), tone: .bad))
    }
  }

  private static func drafts(desk: Desk) throws -> TodayCard {
    let lines = try desk.store.drafts().filter { $0.kind == JournalEntry.kind }.prefix(5).map {
      draft in
      let text = draft.fields.filter { $0.key.hasPrefix("section.") }.values.first { !$0.isEmpty }
      let title = draft.fields["title"] ?? ""
      let civil = desk.world.zone().civil(draft.savedAt)
      return TodayCard.Line(
        SafeText(Summary.line(title: title, text: text ?? "", limit: 120)), glyph: "!", role: .warn,
        figure: SafeText("kept \(Dates.short(civil.day)) \(civil.clock)"),
        open: { opening { try JournalEditorScreen(editing: draft.target, desk: desk) } })
    }
    return TodayCard("Unfinished", lines: Array(lines))
  }

  private static func lately(_ rows: [JournalRow], desk: Desk) -> TodayCard {
    TodayCard(
      "Lately",
      lines: rows.map { row in
        TodayCard.Line(
          SafeText(row.summary.isEmpty ? "(empty)" : row.summary),
          glyph: row.isStarred ? "★" : "·", role: row.isStarred ? .warn : .muted,
          figure: SafeText(
            "\(JournalLabels.word(row.type)), \(Dates.relative(row.day, to: desk.world.today))"),
          open: { .push(JournalEntryScreen(id: row.id, desk: desk)) })
      })
  }

  /// The days of this week, and the streak in words.
  private static func week(_ counts: [Day: Int], desk: Desk) -> TodayCard {
    let today = desk.world.today
    let monday = Week(of: today).monday
    let days = (0..<7).map { monday + $0 }
    let names = days.map { String(Dates.weekdays[$0.weekday - 1].prefix(2)) }.joined(separator: " ")
    let marks = days.map { day in
      counts[day] != nil ? "✓ " : (day == today ? "○ " : (day > today ? "  " : "· "))
    }.joined(separator: " ")
    let done = days.filter { counts[$0] != nil }.count
    return TodayCard(
      "This week", note: SafeText("\(done) of 7"), isAside: true,
      lines: [
        TodayCard.Line(SafeText(names), role: .muted), TodayCard.Line(SafeText(marks), role: .good),
      ])
  }

  private static func onThisDay(_ rows: [JournalRow], desk: Desk) -> TodayCard {
    TodayCard(
      "On this day", isAside: true,
      lines: rows.map { row in
        TodayCard.Line(
          SafeText("\(row.day.year)  \(row.summary)"),
          open: { .push(JournalEntryScreen(id: row.id, desk: desk)) })
      })
  }

  /// Entries and days for the palette.
  static func find(desk: Desk, text: String) throws -> [Picker.Item] {
    var items: [Picker.Item] = []
    if text.count > 1, let date = try? NaturalDate(text, today: desk.world.today) {
      // Most of what is typed into a palette is no date; that is no failure.
      items.append(
        Picker.Item(SafeText(Dates.long(date.day)), detail: "the journal at this day") { _ in
          .push(JournalListScreen(desk: desk, day: date.day))
        })
    }
    guard text.count > 2 else { return items }
    let query = SearchQuery(JournalSearch(text, today: desk.world.today))
    return items
      + (try desk.store.search(query, limit: 12)).map { hit in
        Picker.Item(
          SafeText(
            hit.title.isEmpty ? SnippetRuns(hit.snippet).runs.map(\.text).joined() : hit.title),
          detail: SafeText(Dates.medium(hit.day))
        ) { _ in .push(JournalEntryScreen(id: hit.id, desk: desk)) }
      }
  }
}
