internal import ArgumentParser
internal import Features
internal import Kernel
internal import Storage

/// `lifeos conflicts`.
struct ConflictsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "conflicts", abstract: "Show texts that another device has overwritten unseen.",
    discussion: "Every overwritten text is kept, whether you look at it or not.",
    subcommands: [
      ConflictsListCommand.self, ConflictsShowCommand.self, ConflictsTakeBackCommand.self,
      ConflictsDismissCommand.self,
    ],
    defaultSubcommand: ConflictsListCommand.self)
  func run(on console: Console) throws { throw CleanExit.helpRequest(self) }
}

struct ConflictsListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List overwritten texts, the latest first.")

  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let conflicts = try console.store().conflicts(limit: 1000)
    if json.isOn { return console.output.json(list: "conflicts", conflicts.lazy.map(\.json)) }
    if conflicts.isEmpty { return console.remark("No text was overwritten unseen.") }
    let zone = console.world.zone()
    for conflict in conflicts {
      let civil = zone.civil(conflict.lostAt)
      let line = conflict.lostText.split(whereSeparator: \.isNewline).first ?? ""
      console.output.line(
        .dim(conflict.name), .plain("  \(civil.day) \(civil.clock)  \(conflict.field)  "),
        .plain(line.prefix(60)))
    }
  }
}

struct ConflictsShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print the overwritten text, and what stands there now.")

  @Argument(help: "As the list prints it.")
  var id: String
  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let conflict = try Conflicts.find(id, console)
    if json.isOn { return console.output.json(conflict.json) }
    console.output.line(.bold("Overwritten"))
    console.output.text(conflict.lostText, indent: "  ")
    console.output.line(.bold("What stands there"))
    console.output.text(conflict.text, indent: "  ")
  }
}

struct ConflictsTakeBackCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "take-back", abstract: "Put the overwritten text back; `lifeos undo` reverses it.")

  @Argument(help: "As the list prints it.")
  var id: String

  func run(on console: Console) throws {
    let conflict = try Conflicts.find(id, console)
    try console.store().takeBack(conflict)
    console.output.line("The overwritten text stands again; the other one is in its history.")
  }
}

struct ConflictsDismissCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "dismiss", abstract: "Leave the text as it is, and tell of this one no more.")

  @Argument(help: "As the list prints them.")
  var ids: [String]

  func run(on console: Console) throws {
    let conflicts = try ids.map { try Conflicts.find($0, console) }
    for conflict in conflicts { try console.store().resolve(conflict) }
    console.output.line("Dismissed; the texts stay readable in the history.")
  }
}

private enum Conflicts {
  static func find(_ typed: String, _ console: Console) throws -> TextConflict {
    let text = typed.lowercased()
    let hits = try console.store().conflicts(limit: .max).filter {
      $0.name == text || $0.lost.op.description == text
    }
    guard let hit = hits.first else {
      throw Failure(.notFound, "there is no overwritten text “\(typed)”; see `lifeos conflicts`")
    }
    guard hits.count == 1 else {
      throw Failure(
        .notFound, "“\(typed)” names several; give the id in full, from `lifeos conflicts --json`")
    }
    return hit
  }
}

extension TextConflict {
  /// How the list names it: the end of the operation's id and the field.
  var name: String { "\(lost.op.description.suffix(8)).\(field)" }

  /// The shape in which `--json` prints it.
  var json: Json {
    .object([
      ("id", .text(name)), ("op", .id(lost.op)), ("kind", .text(kind.name)), ("entry", .id(row)),
      ("field", .text(field)), ("lost_at", .moment(lostAt)), ("lost_text", .text(lostText)),
      ("text", .text(text)),
    ])
  }
}
