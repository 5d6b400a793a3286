internal import Kernel
internal import Life
internal import Storage
internal import TUI

/// One week in full: answers, note, what groups saw of it, and what they said.
struct CheckInDetail {
  private(set) var checkIn: CheckIn?
  private var lines: [StyledText] = []
  private(set) var top = 0
  private var height = 1

  mutating func load(_ checkIn: CheckIn?, desk: Desk, size: Size) throws {
    if checkIn?.id != self.checkIn?.id { top = 0 }
    self.checkIn = checkIn
    height = size.height
    lines = []
    guard let checkIn else { return }
    let width = max(10, min(72, size.width))
    addHead(checkIn, desk: desk)
    try addAnswers(checkIn, desk: desk)
    addNote(checkIn, width: width)
    try addGroups(checkIn, desk: desk, width: width)
  }

  var rows: Int { lines.count }

  mutating func scroll(_ count: Int) {
    top = min(max(0, top + count), max(0, lines.count - height))
  }

  func draw(on surface: inout Surface, in rect: Rect) {
    for (row, line) in lines.dropFirst(top).prefix(rect.height).enumerated() {
      line.draw(on: &surface, at: Point(x: rect.x, y: rect.y + row), in: rect)
    }
  }

  private mutating func add(_ text: String = "", _ role: Role = .text) {
    lines.append(StyledText(SafeText(text), role))
  }

  private mutating func wrap(
    _ text: SafeText, width: Int, indent: String = "", _ role: Role = .text
  ) {
    for line in Wrap.lines(text, width: max(8, width - indent.count)) {
      lines.append(StyledText(SafeText(indent) + line, role))
    }
  }

  private mutating func addHead(_ checkIn: CheckIn, desk: Desk) {
    guard let week = Week(checkIn.key) else { return add(checkIn.key, .strong) }
    add(
      "Week \(week.number) of \(week.year)   \(Dates.short(week.monday)) to "
        + Dates.short(week.sunday), .strong)
    var facts: [String] = []
    let zone = Zone(named: checkIn.zone) ?? desk.world.zone()
    if let written = checkIn.written {
      let civil = zone.civil(written)
      facts.append("written \(Dates.short(civil.day)) \(civil.clock)")
    }
    facts += CheckInWords.marks(checkIn)
    if !checkIn.source.isEmpty { facts.append("from \(checkIn.source)") }
    add(facts.joined(separator: " · "), .muted)
  }

  private mutating func addAnswers(_ checkIn: CheckIn, desk: Desk) throws {
    add()
    if let scores = checkIn.scores {
      for (part, answer) in zip(CheckInPart.answers, scores.all) {
        let (bar, track) = BarTrack.parts(
          Double(answer) / 10, width: 20, isASCII: desk.preferences.isASCII)
        var line = StyledText(Width.pad(SafeText(part.title), to: 12))
        line.append(Width.pad(SafeText(String(answer)), to: 2, atRight: true) + "  ", .strong)
        line.append(bar, .accent)
        line.append(track, .faint)
        lines.append(line)
      }
    }
    if let score = checkIn.score(by: .hucares) {
      var line = StyledText(Width.pad("Score", to: 12))
      line.append(
        Width.pad(SafeText(ScoreWords.text(score, by: .hucares)), to: 2, atRight: true), .strong)
      if let all = checkIn.scores?.all {
        line.append(SafeText(" = \(all[0]) + \(all[1]) + \(all[2]) − \(all[3])"), .muted)
      }
      if let usual = try usual(before: checkIn, desk: desk)?.sentence(about: score) {
        line.append(SafeText(", \(usual)"), .muted)
      }
      lines.append(line)
    }
    if !checkIn.mood.isEmpty { add("Mood        \(checkIn.mood)") }
    if let energy = checkIn.energy { add("Energy      \(energy) of 5") }
  }

  private func usual(before checkIn: CheckIn, desk: Desk) throws -> CheckInBaseline? {
    guard let week = Period(.weekly, key: checkIn.key) else { return nil }
    let before = try desk.store.read { db in
      let place = try CheckInQueries.ownPosition(db, of: checkIn.key)
      return try CheckInQueries.ownPage(db, from: place, limit: CheckInBaseline.periods + 1)
    }
    let points = CheckInPoint.own(before, zone: desk.world.zone())
    return CheckInAnalysis(points: points, today: week.last).baseline(before: week)
  }

  private mutating func addNote(_ checkIn: CheckIn, width: Int) {
    guard !checkIn.note.isEmpty else { return }
    add()
    wrap(SafeText(lines: checkIn.note), width: width)
  }

  private mutating func addGroups(_ checkIn: CheckIn, desk: Desk, width: Int) throws {
    guard let me = try desk.store.account()?.id, let week = Period(.weekly, key: checkIn.key) else {
      return
    }
    let groups = try desk.store.read { db in
      try CheckInQueries.shown(db, of: me, week).map { post in
        (
          post, try CheckInQueries.group(db, post.space, me: me),
          try CheckInQueries.echoes(db, in: post.space, from: post.checkIn.key)
        )
      }
    }
    guard !groups.isEmpty else { return }
    add()
    add("WHAT GROUPS SAW", .strong)
    for (post, group, echoes) in groups {
      add("\(post.group): \(CheckInWords.of(post.sharing))")
      let signs = echoes.reactions[post.checkIn.id] ?? []
      if !signs.isEmpty {
        let names = signs.map { "\($0.sign) from \(group?.name(of: $0.member) ?? "somebody")" }
        wrap(SafeText(names.joined(separator: ", ")), width: width, indent: "  ", .muted)
      }
      for comment in echoes.comments[post.checkIn.id] ?? [] {
        let name = group?.name(of: comment.member) ?? "somebody"
        wrap(SafeText("\(name): \(comment.text)"), width: width, indent: "  ")
      }
    }
  }
}
