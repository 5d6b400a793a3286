internal import ArgumentParser
internal import Kernel
internal import Life
internal import Storage
internal import TUI

struct CheckInListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List your weeks, the newest first.")

  @Option(help: "Show at most so many; 0 for all.")
  var limit = 52
  @OptionGroup var json: JsonOption

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is 0 or more.") }
  }

  func run(on console: Console) throws {
    let most = limit == 0 ? Int.max - 1 : limit
    let found = try console.store().read {
      try CheckInQueries.ownPage($0, from: 0, limit: most + 1)
    }
    let shown = found.prefix(most)
    if json.isOn {
      return console.output.json(
        list: "checkins", shown.lazy.map { CheckInReport.json($0) },
        rest: [("more", .flag(found.count > shown.count))])
    }
    if shown.isEmpty { return console.remark("No week is answered yet: lifeos checkin 8 7 6 3") }
    let report = CheckInReport(console: console)
    console.output.line(.dim("week      score  p s b c"))
    for checkIn in shown { report.line(checkIn) }
    console.output.line(.dim(ScoreWords.formula(.hucares)))
    if found.count > shown.count { console.remark("There are older ones; --limit 0 shows all.") }
  }
}

struct CheckInShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a week: yours, and what the groups have of it.")

  @Argument(help: ArgumentHelp("2026-W46, 46, last, or a date in it.", valueName: "week"))
  var week = "this"
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let key = try CheckInArguments.week(week, console.world)
    guard let period = Period(.weekly, key: key) else { throw CheckInRefusal.noSuchWeek(key) }
    let desk = try console.desk()
    let me = try desk.store.account()?.id
    let now = desk.world.now()
    let (own, blocks, posts) = try desk.store.read { db in
      (
        try CheckInQueries.own(db, key: key),
        try CheckInQueries.groups(db, me: me).filter { !$0.isLeft }.map {
          try CheckInQueries.block(
            db, of: $0, period: $0.period(of: period, at: now), now: now, depth: 1)
        }, try me.map { try CheckInQueries.shown(db, of: $0, period) } ?? []
      )
    }
    if json.isOn {
      return console.output.json(
        .object([
          ("week", .text(key)), ("checkin", own.map { CheckInReport.json($0) } ?? .null),
          ("groups", .list(blocks.map { Self.json($0) })),
        ]))
    }
    if let own {
      CheckInReport(console: console).page(own)
      for post in posts { console.output.line(.dim(CheckInWords.line(post))) }
    } else {
      console.output.line(.bold("Week \(key)"), .plain("  not answered"))
      if period.standing(on: console.world.today) != .closed {
        console.remark("lifeos checkin 8 7 6 3 answers it: productive, satisfied, body, care.")
      }
    }
    for block in blocks { tell(block, console) }
  }

  private func tell(_ block: GroupBlock, _ console: Console) {
    console.output.line("")
    console.output.line(
      .bold(block.group.info.name), .dim("  \(block.periodWords.string)  \(block.summary)"))
    for line in block.lines {
      let score = line.scoreText(by: block.group.rule, isASCII: false).string
      let mood = line.checkIn.map(\.mood) ?? ""
      let echo = line.echo(width: 40, isASCII: false).string
      let rest = [mood, echo].filter { !$0.isEmpty }.joined(separator: "  ")
      console.output.line(
        .plain("  " + line.shownName.string.padding(to: 16)),
        .bold(String(repeating: " ", count: max(0, 4 - score.count)) + score), .plain("  \(rest)"))
      if let note = line.checkIn?.note, !note.isEmpty, !line.isMe {
        console.output.text(note, indent: "      ")
      }
      for comment in line.comments {
        console.output.line(
          .dim("      \(block.group.name(of: comment.member)): "), .plain(comment.text))
      }
    }
    if !block.figures.isEmpty { console.output.line(.dim("  " + block.figures.string)) }
  }

  private static func json(_ block: GroupBlock) -> Json {
    .object([
      ("group", .text(block.group.info.name)), ("id", .id(block.group.space)),
      ("period", .text(block.period.key)), ("in", .number(block.inCount)),
      ("members", .number(block.lines.count)),
      (
        "lines",
        .list(
          block.lines.map { line in
            .object([
              ("user", .text(line.name.string)), ("is_me", .flag(line.isMe)),
              (
                "checkin",
                line.checkIn.map { CheckInReport.json($0, rule: block.group.rule) }
                  ?? .null
              ),
              ("reactions", .object(line.signCounts.map { ($0.sign, .number($0.count)) })),
              (
                "comments",
                .list(
                  line.comments.map {
                    .object([
                      ("user", .text(block.group.name(of: $0.member))), ("text", .text($0.text)),
                      ("at", CheckInReport.moment($0.at)),
                    ])
                  })
              ),
            ])
          })
      ),
    ])
  }
}

struct CheckInStatsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Trend, usual range, strengths, streak, best and hardest weeks.",
    discussion: "All from your own check-ins on this machine; nobody is ranked.")

  @Option(help: "Look at so many weeks; 0 for all.")
  var weeks = 12
  @OptionGroup var json: JsonOption

  func validate() throws {
    if weeks < 0 { throw ValidationError("--weeks is 0 or more.") }
  }

  func run(on console: Console) throws {
    let analysis = try Self.analysis(console)
    let count = weeks == 0 ? nil : weeks
    if json.isOn { return console.output.json(analysis.json(last: count)) }
    guard !analysis.points.isEmpty else {
      return console.remark("No week is answered yet: lifeos checkin 8 7 6 3")
    }
    for part in [CheckInPart.score] + CheckInPart.answers {
      let trend = analysis.trend(of: part, last: count)
      let bars = Sparkline.text(trend.values.map { $0.value.map(Double.init) })
      console.output.line(
        .plain(part.title.padding(to: 12)), .plain(bars.string + "  "), .dim(trend.sentence))
    }
    func line(_ name: String, _ text: String) {
      if !text.isEmpty { console.output.line(.dim(name.padding(to: 12)), .plain(text)) }
    }
    line("Usual", analysis.baseline()?.sentence.sentence ?? "")
    line("Strengths", analysis.strengths(last: count).map(\.text).joined(separator: ", "))
    line("Slips", analysis.slips(last: count).map(\.text).joined(separator: ", "))
    let streak = analysis.streak()
    line("Streak", "\(streak.sentence), the longest \(streak.longest)")
    line("Answered", analysis.participation(last: count).text)
    line("Best", Self.names(analysis.best(last: count)))
    line("Hardest", Self.names(analysis.hardest(last: count)))
  }

  static func analysis(_ console: Console) throws -> CheckInAnalysis {
    let read = try console.store().read { db in
      (try CheckInQueries.own(db), try CheckInQueries.skippedWeeks(db))
    }
    let world = console.world
    return CheckInAnalysis(
      points: CheckInPoint.own(read.0, zone: world.zone(), dayStartHour: world.dayStartHour),
      skips: read.1, today: world.today)
  }

  private static func names(_ points: [CheckInPoint]) -> String {
    points.map { "\($0.period.key) (\(ScoreWords.text($0.score, by: .hucares)))" }
      .joined(separator: ", ")
  }
}

extension CheckInAnalysis {
  /// The shape in which `checkin stats --json` prints it.
  func json(last count: Int?) -> Json {
    func tenths(_ average: Average) -> Json {
      average.value.map { .number(Int(($0 * 10).rounded())) } ?? .null
    }
    func weeks(_ points: [CheckInPoint]) -> Json {
      .list(
        points.map {
          .object([
            ("week", .text($0.period.key)), ("score", CheckInReport.number($0.score)),
            ("note", CheckInReport.text($0.note)),
          ])
        })
    }
    let parts = ([CheckInPart.score] + CheckInPart.answers).map { part -> (String, Json) in
      let trend = trend(of: part, last: count)
      return (
        part.rawValue,
        .object([
          (
            "values",
            .list(
              trend.values.map {
                .object([
                  ("week", .text($0.period.key)), ("value", CheckInReport.number($0.value)),
                ])
              })
          ), ("recent_tenths", tenths(trend.recent)), ("earlier_tenths", tenths(trend.earlier)),
          ("sentence", .text(trend.sentence)),
        ])
      )
    }
    let usual = baseline().map { baseline in
      Json.object([
        ("from", .number(baseline.usual.lowerBound)), ("to", .number(baseline.usual.upperBound)),
      ])
    }
    let streak = streak()
    let answered = participation(last: count)
    return .object([
      ("trend", .object(parts)), ("usual", usual ?? .null),
      ("strengths", .list(strengths(last: count).map { .text($0.part.rawValue) })),
      ("slips", .list(slips(last: count).map { .text($0.part.rawValue) })),
      (
        "streak",
        .object([
          ("current", .number(streak.current)), ("longest", .number(streak.longest)),
          ("is_pending", .flag(streak.isPending)),
        ])
      ),
      (
        "participation",
        .object([("answered", .number(answered.answered)), ("due", .number(answered.due))])
      ), ("best", weeks(best(last: count))), ("hardest", weeks(hardest(last: count))),
    ])
  }
}

struct CheckInExplainCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say where the score is from, and each week of the streak.")

  @Option(help: "So many weeks back; 0 for all.")
  var weeks = 26
  @OptionGroup var json: JsonOption

  func validate() throws {
    if weeks < 0 { throw ValidationError("--weeks is 0 or more.") }
  }

  func run(on console: Console) throws {
    let analysis = try CheckInStatsCommand.analysis(console)
    let streak = analysis.streak()
    let told = weeks == 0 ? streak.periods : Array(streak.periods.suffix(weeks))
    if json.isOn {
      return console.output.json(
        .object([
          ("formula", .text(ScoreWords.formula(.hucares))),
          ("explanation", .text(ScoreWords.explanationLine(.hucares))),
          ("current", .number(streak.current)), ("longest", .number(streak.longest)),
          (
            "weeks",
            .list(
              told.map {
                .object([
                  ("week", .text($0.period.key)), ("counts", .flag($0.isDone)),
                  ("reason", .text($0.reason)),
                ])
              })
          ),
        ]))
    }
    console.output.line(.bold(ScoreWords.formula(.hucares)))
    console.output.line(.plain(ScoreWords.explanationLine(.hucares)))
    console.output.line(.dim("A score is \(ScoreWords.possible(.hucares))."))
    if let baseline = analysis.baseline() {
      console.output.line(.plain(baseline.sentence.sentence + "."))
    }
    console.output.line("")
    console.output.line(.bold(streak.sentence), .dim("  the longest \(streak.longest)"))
    for period in told.reversed() {
      console.output.line(.dim("  \(period.period.key)  "), .plain(period.reason))
    }
  }
}
