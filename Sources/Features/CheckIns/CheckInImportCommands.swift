package import ArgumentParser
internal import Kernel
internal import Life
internal import Storage

/// `lifeos checkin import`.
package struct CheckInImportCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring in check-ins from a file, Daylio's CSV or lifeos's own.",
    discussion: """
      Daylio's daily moods become one check-in a week: the median mood, and the entries as its note. \
      What is here is never overwritten, importing again adds nothing, and one `lifeos undo` takes \
      all of it back.
      """)

  @Argument(help: "A file.", completion: .file())
  var path: String
  @Option(help: "json or daylio; without it the file's beginning decides.")
  var format: String?
  @Option(
    help: ArgumentHelp(
      "What a mood's name means, 1 (awful) to 5 (great): --map rad=5. May be repeated.",
      valueName: "name=rank"))
  var map: [String] = []
  @Flag(name: .customLong("dry-run"), help: "Count and check; change nothing.")
  var isDry = false
  @OptionGroup var json: JsonOption
  package init() {}

  package func run(on console: Console) throws {
    let format = try format.map { name throws(Failure) in
      guard let format = CheckInImport.Format(rawValue: name.lowercased()) else {
        throw Failure(.wrongUsage, "“\(name)” is no format of check-ins; there are json and daylio")
      }
      return format
    }
    var moods = try Self.moods(map)
    var source = try CheckInImport(
      path: path, format: format, moods: moods, world: console.world)
    if !source.unknownMoods.isEmpty, !isDry {
      guard console.isInteractive, !json.isOn else { throw Self.failure(source.unknownMoods) }
      for mood in source.unknownMoods { moods[mood.name] = try Self.ask(mood, console) }
      source = try CheckInImport(path: path, format: format, moods: moods, world: console.world)
    }
    let report = try source.run(into: console.desk(), isDry: isDry)
    if json.isOn {
      console.output.json(report.json(source, isDry: isDry))
    } else {
      report.print(source, isDry: isDry, console)
    }
    if report.checkIns == 0, report.others == 0, !report.issues.isEmpty {
      throw Failure(.failed, "nothing could be imported from \(path)")
    }
  }

  static func moods(_ pairs: [String]) throws(Failure) -> [String: Int] {
    var moods: [String: Int] = [:]
    for pair in pairs {
      guard let sign = pair.lastIndex(of: "="), sign > pair.startIndex,
        let rank = rank(String(pair[pair.index(after: sign)...]))
      else {
        throw Failure(
          .wrongUsage, "“\(pair)” is no meaning of a mood; write --map rad=5, with 1 to 5")
      }
      moods[String(pair[..<sign]).bare] = rank
    }
    return moods
  }

  /// A digit, or a word that is known.
  private static func rank(_ text: String) -> Int? {
    let text = text.bare
    if let number = Int(text) { return (1...5).contains(number) ? number : nil }
    return MoodNames.rank(text)
  }

  private static func failure(_ unknown: [(name: String, count: Int)]) -> Failure {
    let names = unknown.prefix(10).map { "\($0.name) (\($0.count)×)" }.joined(separator: ", ")
    let example = unknown.first.map { "--map \"\($0.name)=3\"" } ?? "--map rad=5"
    return Failure(
      .wrongUsage,
      "nobody knows what these moods mean: \(names)\(unknown.count > 10 ? ", …" : ""); "
        + "say it with \(example), 1 for awful to 5 for great")
  }

  private static func ask(
    _ mood: (name: String, count: Int), _ console: Console
  ) throws(Failure) -> Int {
    let question = "What does “\(mood.name)” mean (used \(mood.count)×)? 1 awful … 5 great"
    for _ in 0..<5 {
      console.remark(question)
      guard let answer = readLine() else { break }
      if let rank = rank(answer) { return rank }
    }
    throw failure([mood])
  }
}

/// `lifeos checkin export`.
package struct CheckInExportCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write your own check-ins as JSON Lines.",
    discussion: """
      Your notes are part of it; what friends showed you is not. `lifeos checkin import` reads it \
      again.
      """)

  @Argument(help: "Where to; - for standard output.", completion: .file())
  var path: String
  @Flag(help: "Overwrite what stands there.")
  var replace = false
  package init() {}

  package func run(on console: Console) throws {
    let store = try console.store()
    if path == "-" {
      try CheckInExport.write(of: store) { console.output.own($0) }
      return
    }
    let count = try CheckInExport.run(of: store, to: path, replacing: replace)
    console.output.line(
      .plain("\(count) \(count == 1 ? "check-in" : "check-ins") written to "), .bold(path))
  }
}

extension CheckInImportReport {
  fileprivate func print(_ source: CheckInImport, isDry: Bool, _ console: Console) {
    let output = console.output
    let weeks = firstWeek.flatMap { first in lastWeek.map { " from \(first) to \($0)" } } ?? ""
    let title = source.format == .daylio ? "Daylio" : "Check-ins"
    output.line(
      .bold("\(title): \(entries) \(entries == 1 ? "entry" : "entries")"),
      .plain("\(weeks)\(isDry ? ", nothing written" : "")"))
    let counts: [(Int, String)] = [
      (fresh, isDry ? "check-ins would be added" : "check-ins added"),
      (filled, "here already, filled where something was missing"), (known, "here already"),
      (different, "here already but different, left alone"),
      (others, "weeks left out and choices of groups"), (issues.count, "problems"),
    ]
    for (count, words) in counts where count > 0 { output.line(.plain("  \(count) \(words)")) }
    output.flush()
    for mood in source.unknownMoods {
      console.errors.line(
        .plain(
          "  “\(mood.name)” (\(mood.count)×) is no mood that is known: --map \"\(mood.name)=3\""))
    }
    for issue in issues.prefix(20) {
      console.errors.line(.plain("  line \(issue.line): \(issue.reason)"))
    }
    if issues.count > 20 {
      console.errors.line(.plain("  … and \(issues.count - 20) more; --json lists them"))
    }
    console.errors.flush()
  }

  /// The shape in which `--json` prints it.
  fileprivate func json(_ source: CheckInImport, isDry: Bool) -> Json {
    .object([
      ("format", .text(source.format.rawValue)), ("dry_run", .flag(isDry)),
      ("entries", .number(entries)), ("added", .number(fresh)), ("filled", .number(filled)),
      ("unchanged", .number(known)), ("different", .number(different)),
      ("others", .number(others)), ("from", .text(firstWeek)), ("to", .text(lastWeek)),
      (
        "unknown_moods",
        .list(
          source.unknownMoods.map {
            .object([("name", .text($0.name)), ("count", .number($0.count))])
          })
      ),
      (
        "problems",
        .list(
          issues.map { .object([("line", .number($0.line)), ("message", .text($0.reason))]) })
      ),
    ])
  }
}
