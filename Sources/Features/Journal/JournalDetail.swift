internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// One entry as it is read: its lines for a width, and how far they are scrolled.
struct JournalDetail {
  /// One line of the page.
  struct Line: Equatable {
    var text: SafeText
    var role: Role = .text
    /// At the right edge, muted.
    var figure: SafeText = ""
  }

  private(set) var entry: JournalEntry?
  private(set) var tags: [String] = []
  private(set) var revisions = 1
  private(set) var hasDraft = false
  private(set) var yearAgo: (day: Day, text: String)?
  private(set) var lines: [Line] = []
  private(set) var top = 0
  private var size = Size(width: 0, height: 0)

  var id: EntryID? { entry?.id }

  /// Longer texts are shown to here; the editor has the whole of them.
  static let mostCharacters = 200_000

  /// Reads the entry and lays it out; another entry starts at its top.
  mutating func load(_ id: EntryID?, desk: Desk, size: Size) throws {
    if id != entry?.id { top = 0 }
    self.size = size
    guard let id else {
      self = JournalDetail()
      return
    }
    let found = try desk.store.read { db in
      (
        try JournalQueries.entry(db, id: id), try JournalQueries.tags(db, of: id),
        try JournalQueries.revisions(db, of: id)
      )
    }
    entry = found.0
    tags = found.1
    revisions = found.2
    hasDraft = try desk.store.draft(of: id) != nil
    yearAgo = nil
    if let day = entry?.day {
      let then = day.adding(months: -12)
      yearAgo = try desk.store.read { try JournalQueries.firstWords($0, on: then) }.map {
        (then, $0)
      }
    }
    lay(out: size.width, desk: desk)
    scroll(0)
  }

  mutating func scroll(_ count: Int) {
    top = min(max(0, top + count), max(0, lines.count - size.height))
  }

  private mutating func lay(out width: Int, desk: Desk) {
    lines = []
    guard let entry, width > 0 else { return }
    let civil = Zone(named: entry.zone)?.civil(entry.at) ?? desk.world.zone().civil(entry.at)
    lines.append(
      Line(
        text: SafeText(Dates.long(entry.day)), role: .strong,
        figure: SafeText("\(JournalLabels.word(entry.type)) · \(civil.clock)")))
    lines.append(Line(text: SafeText(facts(of: entry)), role: .muted))
    lines.append(Line(text: ""))
    if hasDraft {
      lines.append(Line(text: "! An unsaved draft is kept. ⏎ goes on with it.", role: .warn))
      lines.append(Line(text: ""))
    }
    if !entry.title.isEmpty {
      for line in Wrap.lines(SafeText(lines: entry.title), width: width) {
        lines.append(Line(text: line, role: .title))
      }
      lines.append(Line(text: ""))
    }
    let titles = Dictionary(
      (entry.type?.sections ?? []).map { ($0.name, $0.title) }, uniquingKeysWith: { a, _ in a })
    for name in JournalEntry.sectionNames {
      guard let text = entry.sections[name], !text.isEmpty else { continue }
      let heading = titles[name] ?? name
      let indent = heading.isEmpty ? 0 : 2
      if !heading.isEmpty { lines.append(Line(text: SafeText(heading), role: .strong)) }
      let shown = text.count > Self.mostCharacters ? String(text.prefix(Self.mostCharacters)) : text
      for line in Wrap.lines(SafeText(lines: shown), width: max(8, width - indent)) {
        lines.append(Line(text: SafeText(String(repeating: " ", count: indent) + line.string)))
      }
      lines.append(Line(text: ""))
      if shown.count < text.count {
        lines.append(Line(text: "… the editor shows the rest.", role: .muted))
      }
    }
    if let yearAgo, size.height > 14 {
      lines.append(Line(text: "A year ago", role: .strong))
      for line in Wrap.lines(SafeText("“\(yearAgo.text)”"), width: max(8, width - 2)).prefix(3) {
        lines.append(Line(text: SafeText("  " + line.string), role: .muted))
      }
    }
    while lines.last?.text.isEmpty == true { lines.removeLast() }
  }

  private func facts(of entry: JournalEntry) -> String {
    var parts = [counted(entry.wordCount, "word", "words")]
    if entry.isStarred { parts.append("★ starred") }
    if let mood = entry.mood { parts.append("mood " + JournalLabels.mood(mood)) }
    if !tags.isEmpty { parts.append(tags.map { "#" + $0 }.joined(separator: " ")) }
    if revisions > 1 { parts.append("revision \(revisions)") }
    return parts.joined(separator: " · ")
  }

  func draw(on surface: inout Surface, in rect: Rect) {
    for (row, line) in lines.dropFirst(top).prefix(rect.height).enumerated() {
      let place = rect.row(row)
      var right = place.maxX
      if !line.figure.isEmpty, Width.of(line.text) + Width.of(line.figure) + 2 <= place.width {
        right = surface.right(line.figure, .muted, y: place.y, in: place) - 2
      }
      surface.fit(
        line.text, line.role, at: Point(x: place.x, y: place.y),
        in: Rect(x: place.x, y: place.y, width: right - place.x, height: 1))
    }
    if lines.count > rect.height, rect.width > 4 {
      let text = SafeText(top + rect.height >= lines.count ? " end " : " more below ")
      surface.right(text, .muted, y: rect.maxY - 1, in: rect)
    }
  }
}

/// The words and glyphs of types and moods.
enum JournalLabels {
  /// In the list: `morning`, `evening`, `review`, `note`.
  static func word(_ type: JournalType?) -> String {
    switch type {
    case .note: "note"
    case .morning: "morning"
    case .reflection: "evening"
    case .review: "review"
    case nil: "entry"
    }
  }

  /// In a narrow list.
  static func short(_ type: JournalType?) -> String {
    switch type {
    case .note: "  "
    case .morning: "am"
    case .reflection: "pm"
    case .review: "wk"
    case nil: "··"
    }
  }

  static func mood(_ mood: Int) -> String {
    ["terrible", "poor", "neutral", "good", "excellent"][min(max(mood, 1), 5) - 1]
  }
}
