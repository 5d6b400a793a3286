internal import ArgumentParser
internal import Features
internal import Kernel
internal import Storage

/// `lifeos quarantine`.
struct QuarantineCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "quarantine", abstract: "Show changes that the server has refused for good.",
    discussion: "They stand in your journal on this machine, and on no other.",
    subcommands: [
      QuarantineListCommand.self, QuarantineRetryCommand.self, QuarantineDropCommand.self,
    ],
    defaultSubcommand: QuarantineListCommand.self)
  func run(on console: Console) throws { throw CleanExit.helpRequest(self) }
}

struct QuarantineListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List refused changes, the oldest first.")

  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let refused = try console.store().quarantine()
    if json.isOn { return console.output.json(list: "quarantine", refused.lazy.map(\.json)) }
    if refused.isEmpty { return console.remark("The server has refused nothing.") }
    let zone = console.world.zone()
    for change in refused {
      let civil = zone.civil(change.born)
      let fields = change.op.fields.keys.sorted().joined(separator: ", ")
      console.output.line(
        .dim(change.op.id.description),
        .plain("  \(civil.day) \(civil.clock)  \(change.op.kind.name): \(fields)  "),
        .plain(RefusedScreen.words(for: change.reason)))
    }
  }
}

struct QuarantineRetryCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Send refused changes once more.")

  @Argument(help: "Ids as the list prints them, or “all”.")
  var ids: [String]

  func run(on console: Console) throws {
    let store = try console.store()
    let refused = try Quarantine.find(ids, store)
    for change in refused { try store.retry(quarantined: change.op.id) }
    console.output.line(.plain("Waiting to be sent again: \(refused.count)"))
  }
}

struct QuarantineDropCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "drop", abstract: "Send refused changes no more; they stay on this machine.")

  @Argument(help: "Ids as the list prints them, or “all”.")
  var ids: [String]

  func run(on console: Console) throws {
    let store = try console.store()
    let refused = try Quarantine.find(ids, store)
    for change in refused { try store.drop(quarantined: change.op.id) }
    console.output.line(.plain("Not to be sent any more: \(refused.count)"))
  }
}

private enum Quarantine {
  static func find(_ ids: [String], _ store: Store) throws -> [QuarantinedOp] {
    let all = try store.quarantine()
    if ids == ["all"] { return all }
    return try ids.map { typed in
      let text = typed.lowercased()
      let hits = all.filter { $0.op.id.description.hasSuffix(text) }
      guard let hit = hits.first, hits.count == 1, text.count >= 6 else {
        throw Failure(
          .notFound, "“\(typed)” names no single refused change; see `lifeos quarantine`")
      }
      return hit
    }
  }
}

extension QuarantinedOp {
  /// The shape in which `--json` prints it.
  var json: Json {
    .object([
      ("op", .id(op.id)), ("kind", .text(op.kind.name)), ("entry", .id(op.row)),
      ("fields", .list(op.fields.keys.sorted().map { .text($0) })), ("reason", .text(reason)),
      ("born", .moment(born)),
    ])
  }
}
