package import ArgumentParser
internal import Kernel
internal import Life
internal import Storage

/// `lifeos checkin`.
package struct CheckInCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "checkin", abstract: "Answer the week in four digits, and read what was answered.",
    discussion: """
      `lifeos checkin 8 7 6 3` answers how productive the week was, how satisfied it left you, how \
      well you treated your body, and how much of your care went to things outside yourself; each \
      1 to 10. It goes to each group as you have chosen for it, and waits where there is no network.
      """,
    subcommands: [
      CheckInAddCommand.self, CheckInEditCommand.self, CheckInListCommand.self,
      CheckInShowCommand.self, CheckInStatsCommand.self, CheckInExplainCommand.self,
      CheckInDeleteCommand.self, CheckInReactCommand.self, CheckInCommentCommand.self,
      CheckInImportCommand.self, CheckInExportCommand.self,
    ], defaultSubcommand: CheckInAddCommand.self)
  package init() {}
  package func run(on console: Console) throws { throw CleanExit.helpRequest(self) }
}

/// What can be said beside the answers.
struct CheckInExtras: ParsableArguments {
  @Option(parsing: .unconditional, help: "A few lines about the week; - reads standard input.")
  var note: String?
  @Option(help: "A word or an emoji; \"\" takes it away.")
  var mood: String?
  @Option(help: "How much energy there was, 1 to 5; 0 takes it away.")
  var energy: Int?
  @Option(help: ArgumentHelp("Only for this group; may be repeated.", valueName: "group"))
  var group: [String] = []
  @Flag(inversion: .prefixedNo, help: "For yourself: no group is shown anything.")
  var `private`: Bool?
  @Flag(help: "Delete what groups see of the week and this does not change.")
  var takeBack = false
  @Flag(help: "Only say what would be written, and who would see what.")
  var dryRun = false

  var isEmpty: Bool {
    note == nil && mood == nil && energy == nil && group.isEmpty && `private` == nil && !takeBack
      && !dryRun
  }

  /// Writes `scores`, or what is there with the changes that were named.
  func write(_ scores: Scores?, week: String?, _ console: Console, json: Bool) throws {
    let desk = try console.desk()
    let key = try week.map { try CheckInArguments.week($0, console.world) }
    let period = try CheckInWriting.week(key, desk)
    let earlier = try desk.store.read { try CheckInQueries.own($0, key: period.key) }
    guard let all = scores ?? earlier?.scores else {
      throw Failure(.wrongUsage, "four answers of 1 to 10 come first: lifeos checkin 8 7 6 3")
    }
    var draft = CheckInDraft(scores: all)
    if let earlier {
      draft.mood = earlier.mood
      draft.energy = earlier.energy
      draft.note = earlier.note
      draft.isPrivate = earlier.isPrivate
    }
    if let note { draft.note = try JournalTextInput.given([note], console) ?? "" }
    if let mood { draft.mood = JournalTextInput.clean(mood) }
    if let energy { draft.energy = energy == 0 ? nil : energy }
    if let isPrivate = `private` { draft.isPrivate = isPrivate }
    guard !draft.isPrivate || group.isEmpty else {
      throw Failure(.wrongUsage, "a private check-in goes to no group; leave out one of the two")
    }
    let groups = draft.isPrivate ? [] : try CheckInArguments.targets(group, desk)
    let me = try desk.store.account()?.id
    let plan =
      dryRun
      ? try CheckInWriting.preview(draft, to: groups, of: me, week: period.key, desk: desk)
      : try CheckInWriting.post(
        draft, to: groups, of: me, week: period.key, takesBack: takeBack, desk: desk)
    if json { return console.output.json(CheckInReport.json(plan, isDryRun: dryRun)) }
    CheckInReport(console: console).tell(plan, isDryRun: dryRun)
  }
}

struct CheckInAddCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Answer a week, as `lifeos checkin 8 7 6 3` does too.",
    discussion: """
      Without answers it shows this week's. A second one of the week changes the first; what is not \
      named stays. A week stays open for seven days after its end.
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Another week: 2026-W46, 46, last, or a date in it.", valueName: "week"))
  var week: String?
  @OptionGroup var extras: CheckInExtras
  @OptionGroup var json: JsonOption
  @Argument(help: ArgumentHelp("Four answers of 1 to 10: 8 7 6 3, or 8763.", valueName: "answer"))
  var answers: [String] = []

  func run(on console: Console) throws {
    if answers.isEmpty, extras.isEmpty {
      var show = CheckInShowCommand()
      show.week = week ?? "this"
      show.json = json
      return try show.run(on: console)
    }
    let scores = answers.isEmpty ? nil : try CheckInArguments.scores(answers)
    try extras.write(scores, week: week, console, json: json.isOn)
  }
}

struct CheckInEditCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change a week that is answered and still open.",
    discussion: "What is not named stays.")

  @Argument(help: ArgumentHelp("2026-W46, 46, last, or a date in it.", valueName: "week"))
  var week = "this"
  @Option(help: ArgumentHelp("Other answers, such as \"8 7 6 3\".", valueName: "answers"))
  var answers: String?
  @OptionGroup var extras: CheckInExtras
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    guard answers != nil || !extras.isEmpty else {
      throw Failure(.wrongUsage, "say what to change: --answers, --note, --mood, --energy, …")
    }
    let key = try CheckInArguments.week(week, console.world)
    guard try console.store().read({ try CheckInQueries.own($0, key: key) }) != nil else {
      throw Failure(.notFound, "\(key) is not answered yet; `lifeos checkin 8 7 6 3` does")
    }
    let scores = try answers.map { try CheckInArguments.scores([$0]) }
    try extras.write(scores, week: key, console, json: json.isOn)
  }
}

struct CheckInDeleteCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a week's check-in, and what groups see of it.",
    discussion: "`lifeos undo` brings all of it back.")

  @Argument(help: ArgumentHelp("2026-W46, 46, last, this, or a date in it.", valueName: "week"))
  var week: String
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let key = try CheckInArguments.week(week, console.world)
    let desk = try console.desk()
    try CheckInWriting.delete(week: key, of: desk.store.account()?.id, desk: desk)
    if json.isOn { return console.output.json(.object([("deleted", .list([.text(key)]))])) }
    console.output.line(.plain("Deleted: "), .bold(key))
    console.remark("`lifeos undo` brings it back.")
  }
}

struct CheckInReactCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "react", abstract: "Put a sign under a friend's newest check-in.",
    discussion: "like, love, celebrate, support or strong; the same once more takes it away.")

  @Argument(help: ArgumentHelp("A friend's name, or a check-in's id.", valueName: "who"))
  var who: String
  @Argument(help: "like, love, celebrate, support or strong.")
  var sign: String
  @Option(help: "The group, where they are in several.")
  var group: String?
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let sign = try CheckInArguments.sign(sign)
    let desk = try console.desk()
    let (checkIn, group) = try CheckInArguments.friend(who, group: group, desk)
    guard let me = group.me else { throw CheckInRefusal.noSuchGroup(group.info.name) }
    guard checkIn.member != me else {
      throw Failure(.wrongUsage, "signs are for the others' check-ins")
    }
    try CheckInWriting.react(sign, to: checkIn.id, in: group.space, of: me, desk: desk)
    let echoes = try desk.store.read { try CheckInQueries.echoes($0, in: group.space) }
    let isOn = echoes.reactions[checkIn.id]?.contains { $0.member == me } == true
    if json.isOn {
      return console.output.json(
        .object([
          ("checkin", .id(checkIn.id)), ("group", .text(group.info.name)),
          ("sign", .text(sign.rawValue)), ("is_on", .flag(isOn)),
        ]))
    }
    console.output.line(
      .plain(isOn ? "\(sign.rawValue) for " : "No sign any more for "),
      .bold("\(group.name(of: checkIn.member)), \(checkIn.key)"))
  }
}

struct CheckInCommentCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "comment", abstract: "Write a few words under a friend's newest check-in.")

  @Argument(help: ArgumentHelp("A friend's name, or a check-in's id.", valueName: "who"))
  var who: String
  @Argument(help: "The words, or - for standard input.")
  var text: [String]
  @Option(help: "The group, where they are in several.")
  var group: String?
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let desk = try console.desk()
    let (checkIn, group) = try CheckInArguments.friend(who, group: group, desk)
    guard let me = group.me else { throw CheckInRefusal.noSuchGroup(group.info.name) }
    let text = try JournalTextInput.given(text, console) ?? ""
    try CheckInWriting.comment(text, on: checkIn.id, in: group.space, of: me, desk: desk)
    if json.isOn {
      return console.output.json(
        .object([
          ("checkin", .id(checkIn.id)), ("group", .text(group.info.name)), ("text", .text(text)),
        ]))
    }
    console.output.line(
      .plain("Written under "), .bold("\(group.name(of: checkIn.member)), \(checkIn.key)"))
  }
}
