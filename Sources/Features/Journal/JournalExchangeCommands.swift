package import ArgumentParser
internal import Kernel
internal import Storage

/// `lifeos import`.
package struct ImportCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring in a journal from another program.",
    discussion: """
      Importing the same source again adds nothing. What cannot be read is reported and does not \
      stop the rest. One `lifeos undo` takes a whole import back.
      """)

  @Argument(help: "auto, jrnl, jrnl-json, dayone, markdown or jsonl.")
  var format: String
  @Argument(help: "A file or a folder.", completion: .file())
  var path: String
  @Flag(name: .customLong("dry-run"), help: "Count and check; change nothing.")
  var isDry = false
  @Flag(help: "Also write entries that are here already but differ.")
  var update = false
  @Flag(help: "Mend letters that were decoded wrongly, such as Ã© for é.")
  var repair = false
  @OptionGroup var json: JsonOption
  package init() {}

  package func run(on console: Console) throws {
    let wanted = try JournalExchange.format(format, orAuto: true)
    let options = JournalImport.Options(repairsText: repair, updatesChanged: update)
    let source = try JournalImport(
      format: wanted, path: path, zone: console.world.zone(), options: options)
    let store = try console.store()
    let report = isDry ? try source.plan(for: store) : try source.run(into: store)
    if json.isOn {
      console.output.json(report.json(source.format, isDry: isDry))
    } else {
      JournalExchange.print(report, source.format, isDry: isDry, console)
    }
    if report.entries == 0, report.others == 0, report.issueCount > 0 {
      throw Failure(.failed, "nothing could be imported from \(path)")
    }
  }
}

/// `lifeos export`.
package struct ExportCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the journal as files that anybody can read.",
    discussion: "`lifeos import` turns either back into an equal journal.")

  @Argument(help: "markdown (a folder, a file a day) or jsonl (a file, or - for standard output).")
  var format: String
  @Argument(help: "Where to.", completion: .file())
  var path: String
  @Flag(help: "Overwrite what stands there.")
  var replace = false
  package init() {}

  package func run(on console: Console) throws {
    guard let format = try JournalExchange.format(format, orAuto: false), format.canExport else {
      throw Failure(.wrongUsage, "“\(format)” is only read; lifeos writes markdown and jsonl")
    }
    let store = try console.store()
    if path == "-" {
      guard format == .jsonLines else {
        throw Failure(.wrongUsage, "markdown is a folder; name one, or export jsonl to -")
      }
      try JournalExport.jsonLines(of: store) { console.output.own($0) }
      return
    }
    guard let export = JournalExport(format: format, store: store) else {
      preconditionFailure("a format that can be exported has an export")
    }
    let count = try export.run(to: path, replacing: replace)
    console.output.line(.plain("\(count) entries written to "), .bold(path))
  }
}

/// What import and export say.
private enum JournalExchange {
  /// nil for `auto`.
  static func format(_ text: String, orAuto: Bool) throws(Failure) -> JournalFormat? {
    if orAuto, text.lowercased() == "auto" { return nil }
    let names = ["md": "markdown", "json": "jrnl-json", "day-one": "dayone", "json-lines": "jsonl"]
    let name = names[text.lowercased()] ?? text.lowercased()
    guard let format = JournalFormat(rawValue: name) else {
      let known = JournalFormat.allCases.filter { orAuto || $0.canExport }.map(\.rawValue)
      throw Failure(
        .wrongUsage,
        "“\(text)” is no format; the formats are "
          + ((orAuto ? ["auto"] : []) + known).joined(separator: ", "))
    }
    return format
  }

  static func print(
    _ report: ImportReport, _ format: JournalFormat, isDry: Bool, _ console: Console
  ) {
    let output = console.output
    let days = report.firstDay.flatMap { first in report.lastDay.map { " from \(first) to \($0)" } }
    output.line(
      .bold("\(format.title): \(report.entries) entries"),
      .plain("\(days ?? "")\(isDry ? ", nothing written" : "")"))
    let added = isDry ? "would be added" : "added"
    let counts: [(Int, String)] = [
      (report.fresh, added), (report.revived, "taken out of the trash"),
      (report.known, "here already"),
      (
        report.changed,
        report.isUpdating ? "updated" : "here already but different, left alone (--update)"
      ),
      (report.others, "prompts, templates and skipped days"),
      (
        report.garbled - report.repaired,
        "with letters that look wrongly decoded (--repair mends them)"
      ),
      (report.repaired, "with letters mended"),
      (report.foreignLines, "lines read as Windows-1252"),
      (report.attachments, "photos and other files, which stay where they are"),
      (report.issueCount, "problems"),
    ]
    for (count, words) in counts where count > 0 { output.line(.plain("  \(count) \(words)")) }
    output.flush()
    for issue in report.issues.prefix(20) {
      let place = issue.file.isEmpty ? "line \(issue.line)" : "\(issue.file):\(issue.line)"
      console.errors.line(.plain("  \(place): \(issue.reason)"))
    }
    if report.issueCount > 20 {
      console.errors.line(.plain("  … and \(report.issueCount - 20) more; --json lists them"))
    }
    console.errors.flush()
  }
}

extension ImportReport {
  /// The shape in which `--json` prints it.
  func json(_ format: JournalFormat, isDry: Bool) -> Json {
    let problems = issues.map { issue in
      Json.object([
        ("file", issue.file.isEmpty ? .null : .text(issue.file)), ("line", .number(issue.line)),
        ("message", .text(issue.reason)),
      ])
    }
    return .object([
      ("format", .text(format.rawValue)), ("dry_run", .flag(isDry)), ("entries", .number(entries)),
      ("added", .number(fresh)), ("revived", .number(revived)), ("unchanged", .number(known)),
      ("different", .number(isUpdating ? 0 : changed)),
      ("updated", .number(isUpdating ? changed : 0)),
      ("others", .number(others)), ("garbled", .number(garbled)), ("repaired", .number(repaired)),
      ("attachments", .number(attachments)), ("from", .day(firstDay)), ("to", .day(lastDay)),
      ("failed", .number(issueCount)), ("problems", .list(problems)),
    ])
  }
}
