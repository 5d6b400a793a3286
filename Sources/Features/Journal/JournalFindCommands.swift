package import ArgumentParser
internal import Kernel
internal import Life
internal import Storage

/// `lifeos search`.
package struct SearchCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find entries by their words.",
    discussion: """
      Words, "phrases", light*, tag:work, type:review, from:2026-03, to:fri, starred. Put quotes \
      around the whole where your shell would read it; behind -- a word may begin with a dash.
      """)

  @Option(help: "Show at most so many; 0 for all.")
  var limit = 50
  @OptionGroup var json: JsonOption
  @Argument(help: "What to look for.")
  var query: [String]
  package init() {}

  package func validate() throws {
    if limit < 0 { throw ValidationError("--limit is 0 or more.") }
  }

  package func run(on console: Console) throws {
    let line = query.joined(separator: " ")
    guard !line.allSatisfy(\.isWhitespace) else {
      throw Failure(.wrongUsage, "there is no word to look for; see `lifeos manual search`")
    }
    // A blank behind the last word: it is whole, nobody is typing it.
    let question = JournalSearch(line + " ", today: console.world.today)
    let most = limit == 0 ? 1_000_000 : limit
    let hits =
      question.isEmpty ? [] : try console.store().search(SearchQuery(question), limit: most)
    if json.isOn { return console.output.json(list: "hits", hits.lazy.map(\.json)) }
    if hits.isEmpty { return console.remark("Nothing found.") }
    for hit in hits {
      console.output.line(
        .dim(hit.id.short), .plain("  \(hit.day)  "), .bold(hit.title))
      console.output.line([.plain("          ")] + hit.phrases)
    }
  }
}

extension SearchHit {
  /// The shape in which `--json` prints a hit.
  var json: Json {
    .object([
      ("id", .id(id)), ("kind", .text(kind.name)), ("date", .day(day)),
      ("title", title.isEmpty ? .null : .text(title)),
      (
        "snippet",
        .text(snippet.replacing("\u{E000}", with: "«").replacing("\u{E001}", with: "»"))
      ),
    ])
  }

  /// The snippet in one line, the hits in bold.
  var phrases: [Phrase] {
    var phrases: [Phrase] = []
    var text = ""
    var isHit = false
    for scalar in snippet.unicodeScalars {
      switch scalar.value {
      case 0xE000, 0xE001:
        phrases.append(Phrase(text, isHit ? .bold : .plain))
        text = ""
        isHit = scalar.value == 0xE000
      case 0x0A, 0x0D, 0x09: text.append(" ")
      default: text.unicodeScalars.append(scalar)
      }
    }
    return phrases + [Phrase(text, isHit ? .bold : .plain)]
  }
}

/// `lifeos streak`.
package struct StreakCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "streak", abstract: "Show how many days in a row you have written.",
    discussion: """
      Today never breaks a streak while it lasts, a few missed days in any 30 are forgiven, and \
      skipped days neither count nor break. --explain gives the reason for each day.
      """)

  @Option(help: "Only this type counts: note, morning, reflection, review.")
  var type: String?
  @Flag(help: "Say why each day counts, waits or breaks.")
  var explain = false
  @Option(help: "With --explain: so many days back; 0 for all.")
  var days = 30
  @OptionGroup var json: JsonOption
  package init() {}

  package func validate() throws {
    if days < 0 { throw ValidationError("--days is 0 or more.") }
  }

  package func run(on console: Console) throws {
    let type = try type.map { try JournalArguments.type($0) }
    let streak = try JournalStreaks.streak(type: type, desk: console.desk())
    let explained = !explain ? [] : days == 0 ? streak.days : Array(streak.days.suffix(days))
    if json.isOn {
      var members: [(String, Json)] = [
        ("unit", .text(streak.unit == .days ? "days" : "weeks")),
        ("current", .number(streak.current)), ("longest", .number(streak.longest)),
        ("is_pending", .flag(streak.isPending)),
      ]
      if explain { members.append(("days", .list(explained.map(\.json)))) }
      return console.output.json(.object(members))
    }
    console.output.line(
      .bold(streak.phrase),
      .plain(streak.isPending && streak.current > 0 ? ", today still open" : ""))
    console.output.line(.dim("The longest was \(streak.longest)."))
    for day in explained.reversed() {
      console.output.line(.dim("  \(day.day)  "), .plain(day.reason))
    }
  }
}

extension Streak {
  /// `12 days in a row`.
  var phrase: String {
    let noun = unit == .days ? "day" : "week"
    return current == 1 ? "1 \(noun)" : "\(current) \(noun)s in a row"
  }
}

extension StreakDay {
  /// The shape in which `--json` prints a day.
  var json: Json {
    let name =
      switch state {
      case .done: "done"
      case .backfilled: "backfilled"
      case .skipped: "skipped"
      case .paused: "paused"
      case .grace: "grace"
      case .travel: "travel"
      case .missed: "missed"
      case .pending: "pending"
      case .notDue: "not_due"
      }
    return .object([("date", .day(day)), ("state", .text(name)), ("reason", .text(reason))])
  }
}
