internal import ArgumentParser
internal import Kernel
internal import Life
internal import Storage

struct JournalHistoryCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show how an entry came to be what it is, the newest first.")

  @Argument(help: ArgumentHelp("An id, or “last”.", valueName: "id"))
  var id: String
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let store = try console.store()
    let id = try JournalHistory.id(id, console)
    let states = try JournalChanges(of: id, in: store).states
    if json.isOn {
      let shapes = states.map { $0.json(isCurrent: $0.number == states.count) }
      return console.output.json(list: "versions", shapes)
    }
    for state in states.reversed() {
      JournalHistory.print(state, isCurrent: state.number == states.count, console)
    }
  }
}

struct JournalRestoreCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Make an older version the entry's text again.",
    discussion: """
      Versions are numbered as `journal history` shows them; without a number it is the one before \
      the last change. What stands now becomes a version itself.
      """)

  @Argument(help: ArgumentHelp("An id, or “last”.", valueName: "id"))
  var id: String
  @Argument(help: "A version's number.")
  var version: Int?
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let found = try JournalArguments.entry(id, console)
    let store = try console.store()
    let states = try JournalChanges(of: found.entry.id, in: store).states
    let wanted = version ?? states.count - 1
    guard let state = states.first(where: { $0.number == wanted }) else {
      throw Failure(
        .notFound,
        states.count < 2
          ? "the entry has only one version"
          : "the entry has no version \(wanted); it has 1 to \(states.count)")
    }
    var revision = JournalRevision(of: found.entry)
    revision.entry = JournalEntry(id: found.entry.id, values: state.values)
    let isChanged = try revision.save(
      in: store, label: "Restore version \(wanted) of \(JournalReport.name(found.entry))")
    guard let after = try JournalListing.entry(found.entry.id, in: store) else {
      throw JournalError.notFound(found.entry.id)
    }
    if json.isOn { console.output.json(JournalReport.json(after.entry, tags: after.tags)) }
    if !isChanged { return console.remark("Version \(wanted) stands already.") }
    if !json.isOn {
      console.output.line(
        .plain("Version \(wanted) stands again: "), .bold(JournalReport.name(after.entry)))
    }
  }
}

/// How versions are shown.
private enum JournalHistory {
  /// Also of deleted entries: their history stays readable.
  static func id(_ text: String, _ console: Console) throws -> EntryID {
    if text.lowercased() == "last" { return try JournalArguments.entry(text, console).entry.id }
    return try IdentityQueries(console.store()).id(of: JournalEntry.kind, text, in: .all)
  }

  static func print(_ state: JournalChanges.State, isCurrent: Bool, _ console: Console) {
    let when = console.world.zone().civil(state.at)
    console.output.line(
      .bold("Version \(state.number)"), .dim(" · \(when.day) \(when.clock)"),
      .dim(isCurrent ? " · stands now" : ""))
    for change in state.changes where !quiet.contains(change.field) { print(change, console) }
    console.output.line("")
  }

  /// Facts that say nothing about what was written.
  private static let quiet: Set = ["type", "at", "zone", "source", "source_id", "source_raw"]

  private static func print(_ change: JournalChanges.Change, _ console: Console) {
    let field = JournalEntry.fields.first { $0.name == change.field }
    let name = change.field.replacing("_", with: " ")
    guard field?.isLong == true else {
      let old = plain(change.from, change.field, console)
      let new = plain(change.to, change.field, console)
      console.output.line(
        .dim("  \(name): "), .plain(old.isEmpty ? new : "\(old) → \(new.isEmpty ? "(none)" : new)"))
      return
    }
    console.output.line(.dim("  \(name):"))
    guard change.from.text != nil else {
      for line in LineText.lines(change.to.text ?? "") {
        console.output.line(Phrase("  + " + line, .added))
      }
      return
    }
    let diff = TextDiff(from: change.from.text ?? "", to: change.to.text ?? "")
    for line in diff.excerpt(context: 2) {
      guard let line else {
        console.output.line(.dim("    ⋯"))
        continue
      }
      switch line.change {
      case .same: console.output.line(.plain("    " + line.text))
      case .added: console.output.line(Phrase("  + " + line.text, .added))
      case .removed: console.output.line(Phrase("  - " + line.text, .removed))
      }
    }
  }

  private static func plain(_ value: Value, _ field: String, _ console: Console) -> String {
    switch value {
    case .null: return ""
    case .flag(let flag): return flag ? "yes" : "no"
    case .text(let text): return text
    case .number(let number) where field == "at":
      let civil = console.world.zone().civil(Moment(milliseconds: number))
      return "\(civil.day) \(civil.clock)"
    case .number(let number): return String(number)
    }
  }
}
