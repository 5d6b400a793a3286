internal import ArgumentParser
internal import Features
internal import Kernel
internal import Net
internal import Storage
internal import Sync

/// A command that syncs by itself: none is started behind it.
protocol SyncsItself {}

/// `lifeos sync`.
struct SyncCommand: ConsoleCommand, SyncsItself {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Send what waits, and read what other devices wrote.",
    discussion: """
      The screens do so by themselves, and so does each command that writes. Ends with 0 where all \
      was sent and read, 4 where the server can't be reached, 5 where it wants you to act.
      """)

  @OptionGroup var json: JsonOption
  @Flag(help: "Say nothing; for scripts and for lifeos itself.")
  var quiet = false
  @Flag(
    name: .customLong("allow-deletions"),
    help: "Take in what other devices have deleted, even if it is a great part of the journal.")
  var allowsDeletions = false

  func run(on console: Console) throws {
    let access = try Access(console)
    _ = try access.account()
    let report = access.engine().round(
      patience: Self.patience, want: Self.page, allowsDeletions: allowsDeletions
    ) { tally in
      guard !quiet, !json.isOn, console.errors.isTerminal else { return }
      console.remark("… \(tally.sent) sent, \(tally.received) received")
    }
    if json.isOn {
      console.output.json(report.json)
    } else if !quiet, report.trouble == nil {
      Self.show(report, console)
    }
    guard let trouble = report.trouble else { return }
    if quiet { throw Failure(Words.networkCode(of: trouble) ?? .failed, "") }
    throw trouble
  }

  static func show(_ report: SyncReport, _ console: Console) {
    var words = ["\(report.tally.sent) sent", "\(report.tally.received) received"]
    let texts = report.status.conflicts
    if texts > 0 { words.append("\(texts) overwritten (`lifeos conflicts`)") }
    let refused = report.status.quarantined
    if refused > 0 { words.append("\(refused) refused (`lifeos quarantine`)") }
    console.output.line(.bold("Synced: "), .plain(words.joined(separator: ", ")))
  }

  /// How long it waits for another process's turn, in milliseconds.
  private static let patience = 10_000
  /// Nobody looks at a screen meanwhile: large pages.
  private static let page = 5000
}

/// `lifeos status`.
struct StatusCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how this device stands with its server.",
    discussion: "Looks at the database alone; `lifeos sync` asks the server.")

  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let store = try console.store()
    let status = try store.syncStatus()
    let account = try store.account()
    if json.isOn { return console.output.json(status.json) }
    guard let account else {
      console.output.line("No account: everything is on this machine alone.")
      return console.output.line(
        .dim("`lifeos register URL` or `lifeos login URL` joins it to a server."))
    }
    func line(_ name: String, _ value: String) {
      let gap = String(repeating: " ", count: max(1, 14 - name.count))
      console.output.line(.dim(name), .plain(gap), .plain(value))
    }
    line("account", "\(account.user) on \(account.url)")
    // An address that cannot be read any more is not asked either.
    if let address = try? ServerAddress(account.url), !address.isPrivate {
      line("", "NOT ENCRYPTED: everybody on the way can read along")
    }
    let zone = console.world.zone()
    line(
      "last success",
      status.lastSuccess.map { moment in
        let civil = zone.civil(moment)
        return "\(civil.day) \(civil.clock)"
      } ?? "never")
    line("waiting", "\(status.waiting)")
    line("overwritten", "\(status.conflicts)")
    line("refused", "\(status.quarantined)")
    let words = SyncWords(status, now: console.world.now(), zone: zone)
    if let clock = words.clock { line("clock", clock.string) }
  }
}

extension SyncStatus {
  /// The shape in which `--json` prints it.
  var json: Json { .object(members) }

  var members: [(String, Json)] {
    var name: String
    var reason: String?
    switch state {
    case .alone: name = "alone"
    case .starting: name = "unknown"
    case .online: name = "online"
    case .syncing: name = "syncing"
    case .offline(let why): (name, reason) = ("offline", why)
    case .needsSignIn: name = "needs_sign_in"
    case .upgrade(let oldest): (name, reason) = ("upgrade", oldest)
    case .diverged: name = "diverged"
    case .full: name = "full"
    case .paused(let why): (name, reason) = ("paused", why)
    case .untrusted(let why): (name, reason) = ("untrusted", why)
    }
    return [
      ("state", .text(name)), ("reason", .text(reason)), ("server", .text(server)),
      ("user", .text(user)), ("waiting", .number(waiting)), ("conflicts", .number(conflicts)),
      ("quarantined", .number(quarantined)),
      ("last_success", lastSuccess.map { .moment($0) } ?? .null),
      ("clock_offset_ms", .number(clockOffset)),
    ]
  }
}

extension SyncReport {
  /// The shape in which `--json` prints it.
  var json: Json {
    .object(
      [
        ("sent", .number(tally.sent)), ("received", .number(tally.received)),
        ("restamped", .number(tally.restamped)), ("requests", .number(tally.exchanges)),
        ("error", .text(trouble.map { Words.of($0) })),
      ] + status.members)
  }
}
