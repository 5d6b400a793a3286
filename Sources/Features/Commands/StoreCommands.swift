package import ArgumentParser
internal import Kernel
internal import Storage

/// `lifeos undo`.
package struct UndoCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back the last change, and say what it was.",
    discussion: "Works across restarts, and as often as there are changes. `lifeos redo` goes back."
  )

  @Flag(name: .customLong("list"), help: "Say what would be undone and redone; change nothing.")
  var isListing = false
  @OptionGroup var json: JsonOption
  package init() {}

  package func run(on console: Console) throws {
    if isListing { return try UndoReport.labels(console, json: json.isOn) }
    guard let undone = try console.store().undo() else {
      throw Failure(.notFound, "there is nothing to undo")
    }
    UndoReport.print(undone, verb: "Undone", console, json: json.isOn)
  }
}

/// `lifeos redo`.
package struct RedoCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "redo", abstract: "Do again what the last undo took back.")

  @Flag(name: .customLong("list"), help: "Say what would be undone and redone; change nothing.")
  var isListing = false
  @OptionGroup var json: JsonOption
  package init() {}

  package func run(on console: Console) throws {
    if isListing { return try UndoReport.labels(console, json: json.isOn) }
    guard let redone = try console.store().redo() else {
      throw Failure(.notFound, "there is nothing to redo: the last change was not an undo")
    }
    UndoReport.print(redone, verb: "Done again", console, json: json.isOn)
  }
}

/// What undo and redo say.
private enum UndoReport {
  static func labels(_ console: Console, json: Bool) throws {
    let labels = try console.store().undoLabels()
    if json {
      console.output.json(.object([("undo", .text(labels.undo)), ("redo", .text(labels.redo))]))
    } else {
      console.output.line("Undo: ", .plain(labels.undo ?? "nothing"))
      console.output.line("Redo: ", .plain(labels.redo ?? "nothing"))
    }
  }

  static func print(_ undone: Undone, verb: String, _ console: Console, json: Bool) {
    if json {
      let leftAlone = undone.leftAlone.map { Json.text($0) }
      console.output.json(
        .object([("label", .text(undone.label)), ("left_alone", .list(leftAlone))]))
      return
    }
    console.output.line(.plain("\(verb): "), .bold(undone.label))
    if !undone.leftAlone.isEmpty {
      console.remark(
        "Left alone, because it was changed since: " + undone.leftAlone.joined(separator: ", "))
    }
  }
}

/// `lifeos trash`.
package struct TrashCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "trash", abstract: "Show what was deleted, and bring it back.",
    subcommands: [TrashListCommand.self, TrashRestoreCommand.self],
    defaultSubcommand: TrashListCommand.self)
  package init() {}
  package func run(on console: Console) throws { throw CleanExit.helpRequest(self) }
}

struct TrashListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show deleted entries, the latest first.")

  @Option(help: "Show at most so many; 0 for all.")
  var limit = 50
  @OptionGroup var json: JsonOption

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit is 0 or more.") }
  }

  func run(on console: Console) throws {
    let rows = try Trash.rows(console.store(), limit: limit == 0 ? .max : limit)
    if json.isOn {
      return console.output.json(list: "trash", rows.lazy.map(\.json))
    }
    if rows.isEmpty { return console.remark("The trash is empty.") }
    for row in rows {
      let deleted = console.world.zone().civil(row.row.deletedAt)
      console.output.line(
        .dim(row.row.id.short), .plain("  \(deleted.day) \(deleted.clock)  "), .plain(row.text))
    }
  }
}

struct TrashRestoreCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring deleted entries back.")

  @Argument(help: "Ids, or the end or beginning of them.")
  var ids: [String]

  func run(on console: Console) throws {
    let store = try console.store()
    let rows = try Trash.rows(store, limit: .max)
    var found: [Trash.Line] = []
    for typed in ids { found.append(try Trash.find(typed, in: rows)) }
    try Trash.restore(found, in: store)
    for row in found { console.output.line(.plain("Restored: "), .bold(row.text)) }
  }
}

/// `lifeos backup`.
package struct BackupCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the database, and check the copy.",
    discussion: """
      The newest copy of each of 7 days is kept, and the newest of each of 4 weeks. lifeos makes one \
      by itself on the first start of a day.
      """)

  @Flag(name: .customLong("list"), help: "Show the backups there are; make none.")
  var isListing = false
  @Flag(
    name: .customLong("automatic"),
    help: ArgumentHelp(
      "Do nothing where today has a backup.", visibility: .hidden))
  var isAutomatic = false
  @OptionGroup var json: JsonOption
  package init() {}

  package func run(on console: Console) throws {
    let folder = console.places.backups
    if isListing {
      let backups = Store.backups(in: folder)
      if json.isOn { return console.output.json(list: "backups", backups.lazy.map(\.json)) }
      if backups.isEmpty { console.remark("There is no backup yet; `lifeos backup` makes one.") }
      for backup in backups { print(backup, console) }
      return
    }
    let store = try console.store()
    if isAutomatic, !store.needsBackup(in: folder) { return }
    let backup = try store.backUp(into: folder)
    if json.isOn { console.output.json(backup.json) } else { print(backup, console) }
  }

  private func print(_ backup: Backup, _ console: Console) {
    console.output.line(
      .bold(backup.day.description), .plain("  \((backup.size + 1023) / 1024) kB  "),
      .plain(backup.path))
  }
}

extension Backup {
  /// The shape in which `--json` prints a backup.
  var json: Json {
    .object([("path", .text(path)), ("day", .day(day)), ("size", .number(size))])
  }
}

/// `lifeos restore`.
package struct RestoreCommand: ConsoleCommand {
  package static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Put a backup in the database's place.",
    discussion: """
      What stands there is moved aside, never deleted. Close other lifeos windows first. For one \
      entry's older text see `lifeos journal restore`.
      """)

  @Argument(help: "The path or day of a backup, or “latest”.")
  var backup = "latest"
  @Flag(name: [.customLong("yes"), .customShort("y")], help: "Do not ask.")
  var isSure = false
  package init() {}

  package func run(on console: Console) throws {
    let chosen = try choose(console)
    if !isSure {
      guard console.isInteractive else {
        throw Failure(
          .wrongUsage, "restoring replaces the database; say --yes where nobody can be asked")
      }
      guard console.confirm("Put the backup of \(chosen.name) in the database's place?") else {
        throw Failure(.failed, "nothing was changed")
      }
    }
    try console.places.make()
    let aside: String?
    do {
      aside = try Store.restore(chosen.path, to: console.places.database, world: console.world)
    } catch StoreError.locked {
      throw Failure(
        .failed, "another lifeos has the database open; close it, then restore again")
    }
    console.output.line(.plain("Restored: "), .bold(chosen.path))
    if let aside { console.output.line(.plain("What stood there is now "), .bold(aside)) }
  }

  private func choose(_ console: Console) throws(Failure) -> (path: String, name: String) {
    let backups = Store.backups(in: console.places.backups)
    if backup == "latest" {
      guard let newest = backups.first else {
        throw Failure(.notFound, "there is no backup in \(console.places.backups)")
      }
      return (newest.path, newest.day.description)
    }
    if let day = Day(backup) {
      guard let hit = backups.first(where: { $0.day == day }) else {
        throw Failure(
          .notFound,
          "there is no backup of \(day); `lifeos backup --list` names those that there are")
      }
      return (hit.path, day.description)
    }
    if backup.contains("/") { return (backup, backup) }
    guard let hit = backups.first(where: { $0.path.hasSuffix("/" + backup) }) else {
      throw Failure(
        .notFound,
        "there is no backup “\(backup)”; `lifeos backup --list` names those that there are")
    }
    return (hit.path, hit.day.description)
  }
}
