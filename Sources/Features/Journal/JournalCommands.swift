package import ArgumentParser
internal import Kernel
internal import Life
internal import Storage

/// `lifeos journal`.
package struct JournalCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Write, read and change journal entries.",
    subcommands: [
      JournalAddCommand.self, JournalListCommand.self, JournalShowCommand.self,
      JournalEditCommand.self, JournalDeleteCommand.self, JournalHistoryCommand.self,
      JournalRestoreCommand.self,
    ])
  package init() {}
  package func run(on console: Console) throws { throw CleanExit.helpRequest(self) }
}

struct JournalListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List entries, the newest first.")

  @Option(help: "Only this type: note, morning, reflection, review.")
  var type: String?
  @Option(help: ArgumentHelp("Only entries with this tag; may be repeated.", valueName: "tag"))
  var tag: [String] = []
  @Option(parsing: .unconditional, help: ArgumentHelp("Only from this date on.", valueName: "date"))
  var from: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Only up to this date.", valueName: "date"))
  var to: String?
  @Flag(help: "Only starred entries.")
  var starred = false
  @Option(help: "Show at most so many; 0 for all.")
  var limit = 50
  @OptionGroup var json: JsonOption

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is 0 or more.") }
  }

  func run(on console: Console) throws {
    let range = try JournalArguments.range(from: from, to: to, console.world)
    let type = try type.map { try JournalArguments.type($0) }
    let tags = try tag.map { try JournalArguments.tag($0) }
    let most = limit == 0 ? Int.max : limit
    let listing = JournalListing(
      type: type, tags: tags, from: range.from, to: range.to, isStarred: starred)
    let store = try console.store()
    if json.isOn {
      console.output.openList("entries")
      let more = try listing.forEach(in: store, limit: most) {
        console.output.element(JournalReport.json($0, tags: $1))
      }
      return console.output.closeList([("more", .flag(more))])
    }
    let report = JournalReport(console: console)
    var isEmpty = true
    let more = try listing.forEach(in: store, limit: most) {
      isEmpty = false
      report.line($0, tags: $1)
    }
    if isEmpty { console.remark("No entries.") }
    if more { console.remark("There are older ones; --limit 0 shows all.") }
  }
}

struct JournalShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one entry, or all of a day.")

  @Argument(help: ArgumentHelp("An id, a date, or “last”.", valueName: "which"))
  var which: [String]
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let found = try JournalArguments.entries(which.joined(separator: " "), console)
    if json.isOn {
      let shapes = found.map { JournalReport.json($0.entry, tags: $0.tags) }
      return console.output.json(.object([("entries", .list(shapes))]))
    }
    let report = JournalReport(console: console)
    for (index, each) in found.enumerated() {
      if index > 0 { console.output.line("") }
      report.page(each.entry, tags: each.tags)
    }
  }
}
