#if Server
  internal import ArgumentParser
  internal import Foundation
  internal import Glibc
  internal import Kernel
  internal import Server

  /// Where the server's data and settings are: the same for every command.
  struct DataOptions: ParsableArguments {
    @Option(help: "The folder of the server's data (LIFEOSD_DATA, or ~/.local/share/lifeosd).")
    var data: String?
    @Option(help: "The file of the settings (LIFEOSD_CONFIG, or lifeosd.toml in the data folder).")
    var config: String?

    var environment: [String: String] { ProcessInfo.processInfo.environment }

    var places: ServerPlaces {
      data.map { ServerPlaces(folder: $0) } ?? ServerPlaces(environment: environment)
    }

    /// The settings of the file and of the environment. Throws every problem, with its line.
    func settings() throws -> ServerSettings {
      let named = config ?? environment["LIFEOSD_CONFIG"]
      let path = named ?? places.settings
      let bytes = FileManager.default.contents(atPath: path)
      if bytes == nil, named != nil || access(path, F_OK) == 0 {
        throw Complaint("\(path) can't be read", code: 2)
      }
      let read = ServerSettings.read(
        toml: bytes.map { String(decoding: $0, as: UTF8.self) }, path: path,
        environment: environment)
      guard read.problems.isEmpty else { throw Complaint(lines: read.problems, code: 2) }
      return read.settings
    }

    /// What is decided about accounts. In debug builds tests make tokens short and passwords cheap.
    func accountSettings(_ settings: ServerSettings) -> AccountSettings {
      var accounts = AccountSettings()
      accounts.isRegistrationOpen = settings.allowsRegistration
      #if DEBUG
        if let seconds = environment["LIFEOSD_TEST_ACCESS_SECONDS"].flatMap({ Int64($0) }) {
          accounts.accessSeconds = seconds
        }
        if let cost = environment["LIFEOSD_TEST_BCRYPT_COST"].flatMap({ Int($0) }) {
          accounts.bcryptCost = cost
        }
      #endif
      return accounts
    }

    /// The database and the accounts. `beside`: this is a tool, and a server may run.
    func open(
      _ settings: ServerSettings, world: World, beside: Bool
    ) throws -> (database: ServerDatabase, accounts: Accounts) {
      try places.prepare()
      let database = try ServerDatabase(path: places.database, world: world, beside: beside)
      let accounts = Accounts(
        database: database, secrets: try Secrets(folder: places.folder), world: world,
        settings: accountSettings(settings))
      return (database, accounts)
    }

    /// Does `body` with the accounts of the data folder, beside a server that may run.
    func withAccounts<T>(
      _ body: (Accounts, ServerDatabase) async throws -> T
    ) async throws -> T {
      let settings = try settings()
      return try await Complaint.from {
        let opened = try open(settings, world: .live(environment), beside: true)
        defer { opened.database.close() }
        return try await body(opened.accounts, opened.database)
      }
    }
  }
#endif
