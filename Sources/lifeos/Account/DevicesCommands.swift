internal import ArgumentParser
internal import Features
internal import Kernel
internal import Net
internal import Storage
internal import Wire

/// `lifeos devices`.
struct DevicesCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices", abstract: "Show the machines that are signed in to your account.",
    subcommands: [DevicesListCommand.self, DevicesRevokeCommand.self],
    defaultSubcommand: DevicesListCommand.self)
  func run(on console: Console) throws { throw CleanExit.helpRequest(self) }
}

struct DevicesListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List them, the latest used first.")

  @OptionGroup var json: JsonOption

  func run(on console: Console) throws {
    let sessions = try Devices.all(Access(console))
    if json.isOn { return console.output.json(list: "devices", sessions.lazy.map(\.json)) }
    let zone = console.world.zone()
    for session in sessions {
      let used = zone.civil(session.lastUsed)
      console.output.line(
        .dim(session.id.description), .plain("  \(used.day) \(used.clock)  "), .bold(session.name),
        .plain("  \(session.app)\(session.isCurrent ? "  (this one)" : "")"))
    }
  }
}

struct DevicesRevokeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Sign a machine out; what it holds stays there.")

  @Argument(help: "The id that the list prints, or its end.")
  var id: String

  func run(on console: Console) throws {
    let access = try Access(console)
    let hits = try Devices.all(access).filter { $0.id.description.hasSuffix(id.lowercased()) }
    guard let hit = hits.first, hits.count == 1, id.count >= 6 else {
      throw Failure(.notFound, "“\(id)” names no single device; see `lifeos devices`")
    }
    _ = try access.way().remote().call(Routes.revoke, IDQuery(id: hit.id))
    console.output.line(.plain("Signed out: "), .bold(hit.name))
  }
}

/// The account's sessions.
enum Devices {
  /// The latest used first.
  static func all(_ access: Access) throws -> [SessionInfo] {
    try access.way().remote().call(Routes.sessions, Nothing()).sessions
      .sorted { $0.lastUsed > $1.lastUsed }
  }
}

extension SessionInfo {
  /// The shape in which `--json` prints it.
  var json: Json {
    .object([
      ("id", .id(id)), ("device", .id(device)), ("name", .text(name)), ("app", .text(app)),
      ("created", .moment(created)), ("last_used", .moment(lastUsed)),
      ("is_current", .flag(isCurrent)),
    ])
  }
}
