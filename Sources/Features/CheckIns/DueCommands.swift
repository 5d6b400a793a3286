package import ArgumentParser
internal import Kernel
internal import Life
internal import Storage

/// `lifeos due`.
package struct DueCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "due", abstract: "What waits for you now: a check-in, news of your groups.",
    discussion: """
      Looks at this machine alone, never at the network, and is quick enough for a prompt. See \
      `lifeos manual reminders`.
      """)

  @Flag(name: .customLong("exit-code"), help: "End with 10 where something is due, with 0 else.")
  var tellsByCode = false
  @Flag(help: "One short word such as “checkin 3”; nothing where nothing is due.")
  var short = false
  @Flag(help: "Print nothing.")
  var quiet = false
  @OptionGroup var json: JsonOption
  package init() {}

  package func run(on console: Console) throws {
    let due = try DueReport(console.desk())
    if !quiet {
      if json.isOn {
        console.output.json(due.json)
      } else if short {
        if !due.isEmpty { console.output.line(.plain(due.short)) }
      } else {
        for line in due.lines { console.output.line(.plain(line)) }
      }
    }
    if tellsByCode, !due.isEmpty { throw Failure(.due, "") }
  }
}

/// What is due now.
struct DueReport {
  private let late: Period?
  private let notices: [CheckInNotice]

  init(_ desk: Desk) throws {
    let isQuiet = desk.preferences.isQuiet(hour: desk.world.clock.hour)
    notices = try CheckInNotices.unread(desk).filter {
      if case .reminder = $0.about { !isQuiet } else { true }
    }
    late = isQuiet ? nil : try Self.late(desk)
  }

  private static func late(_ desk: Desk) throws -> Period? {
    let me = try desk.store.account()?.id
    let now = desk.world.now()
    return try desk.store.read {
      try NoticeQueries.reminders($0, desk: desk, me: me, now: now).late
    }
  }

  private var news: [CheckInNotice] {
    notices.filter { if case .reminder = $0.about { false } else { true } }
  }
  private var reminders: [CheckInNotice] {
    notices.filter { if case .reminder = $0.about { true } else { false } }
  }

  var isEmpty: Bool { late == nil && notices.isEmpty }

  /// `checkin`, `3`, `checkin 3`.
  var short: String {
    let asks = late != nil || !reminders.isEmpty
    return [asks ? "checkin" : nil, news.isEmpty ? nil : String(news.count)].compactMap { $0 }
      .joined(separator: " ")
  }

  var lines: [String] { (lateLine.map { [$0] } ?? []) + notices.map(\.text.string) }

  private var lateLine: String? {
    late.map {
      "week \(Week(of: $0.first).number) can still be answered: lifeos checkin --week \($0.key)"
    }
  }

  var json: Json {
    .object([
      ("due", .flag(!isEmpty)), ("late", .text(late?.key)),
      ("reminders", .list(reminders.map(\.json))), ("notices", .list(news.map(\.json))),
    ])
  }
}

/// `lifeos notices`.
package struct NoticesCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "notices", abstract: "What is new in your groups; read it, or clear the list.",
    subcommands: [NoticesListCommand.self, NoticesReadCommand.self, NoticesClearCommand.self],
    defaultSubcommand: NoticesListCommand.self)
  package init() {}
  package func run(on console: Console) throws { throw CleanExit.helpRequest(self) }
}

struct NoticesListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print the notices, the newest first.")

  @Flag(name: .customLong("new"), help: "Only those that are not read.")
  var onlyNew = false
  @Option(help: "Show at most so many; 0 for all.")
  var limit = 50
  @OptionGroup var json: JsonOption

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is 0 or more.") }
  }

  func run(on console: Console) throws {
    let desk = try console.desk()
    let most = limit == 0 ? Int.max : limit
    let notices =
      onlyNew
      ? try CheckInNotices.unread(desk, limit: most) : try CheckInNotices.all(desk, limit: most)
    if json.isOn { return console.output.json(list: "notices", notices.prefix(most).map(\.json)) }
    if notices.isEmpty { console.remark(onlyNew ? "Nothing new." : "No notices.") }
    for notice in notices.prefix(most) {
      let age = CheckInNotices.age(notice.at, console.world).string
      let gap = String(repeating: " ", count: max(1, 12 - age.count))
      console.output.line(
        .plain(notice.isRead ? "  " : "* "), .dim(age + gap), .plain(notice.text.string))
    }
  }
}

struct NoticesReadCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Mark all notices as read.")
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let desk = try console.desk()
    let notices = try CheckInNotices.unread(desk)
    try CheckInNotices.read(notices, desk: desk)
    NoticesReport.print("read", notices, json.isOn, console)
  }
}

struct NoticesClearCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "Take all notices off the list; `lifeos undo` brings them back."
  )
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let desk = try console.desk()
    let notices = try CheckInNotices.all(desk, limit: .max)
    try CheckInNotices.hide(notices, desk: desk)
    NoticesReport.print("cleared", notices, json.isOn, console)
  }
}

private enum NoticesReport {
  static func print(_ deed: String, _ notices: [CheckInNotice], _ isJson: Bool, _ console: Console)
  {
    if isJson {
      console.output.json(.object([(deed, .number(notices.count))]))
    } else {
      let count = notices.count
      console.output.line(.plain("\(count) \(count == 1 ? "notice" : "notices") \(deed)."))
    }
  }
}

extension CheckInNotice {
  /// The shape in which `--json` prints a notice.
  var json: Json {
    .object([
      ("subject", .text(subject)), ("kind", .text(kind)), ("text", .text(text.string)),
      ("at", .moment(at)), ("read", .flag(isRead)), ("space", space.map { .id($0) } ?? .null),
    ])
  }
}
