#if Server
  internal import Glibc
  package import Kernel
  internal import Ledger
  package import Server
  internal import Synchronization
  package import TestKit

  /// The real server in the test's own process, on a free port of 127.0.0.1, with a data folder of its
  /// own, without limits of rate, and with cheap passwords.
  package final class TestServer: Sendable {
    package let folder: TemporaryFolder
    package let database: ServerDatabase
    package let accounts: Accounts
    package let server: WebServer
    package let port: Int
    /// What it has logged.
    package let log: LogLines
    private let running: Task<Void, any Error>

    /// What a test may want otherwise.
    package struct Options: Sendable {
      package var settings = ServerSettings()
      package var accounts = AccountSettings()
      package var rules = SyncRules()
      package var world = World.real
      package var isSecure = false
      /// Another server's folder, to go on with its data.
      package var folder: TemporaryFolder?
      /// 0 for a free one.
      package var port = 0

      package init() {
        settings.limits = .none
        settings.backsUpNightly = false
        accounts.bcryptCost = 4
      }
    }

    /// Starts one; returns when it listens.
    package static func start(
      _ change: (inout Options) -> Void = { _ in }
    ) async throws -> TestServer {
      var options = Options()
      change(&options)
      return try await TestServer(options)
    }

    /// Starts one for as long as `body` takes.
    package static func with<T>(
      _ change: (inout Options) -> Void = { _ in }, _ body: (TestServer) async throws -> T
    ) async throws -> T {
      let server = try await start(change)
      do {
        let result = try await body(server)
        try await server.stop()
        return result
      } catch {
        try await server.stop()
        throw error
      }
    }

    private init(_ options: Options) async throws {
      let folder = options.folder ?? TemporaryFolder()
      self.folder = folder
      let places = ServerPlaces(folder: folder.file("data"))
      try places.prepare()
      let database = try ServerDatabase(path: places.database, world: options.world)
      let accounts = Accounts(
        database: database, secrets: try Secrets(folder: places.folder), world: options.world,
        settings: options.accounts)
      let log = LogLines()
      var settings = options.settings
      settings.listen = ListenAddress(host: "127.0.0.1", port: options.port)
      let tls =
        options.isSecure
        ? try TLSFiles.selfSigned(folder: places.folder, names: [], now: options.world.now()) : nil
      let server = WebServer(
        database: database, accounts: accounts, ledger: Ledger(rules: options.rules),
        settings: settings, world: options.world,
        log: JSONLog.logger(settings, options.world, write: { log.add($0) }), tls: tls,
        backups: places.backups)
      let (ready, signal) = AsyncStream<Int>.makeStream()
      let running = Task.detached {
        defer { signal.finish() }
        try await server.run { port in signal.yield(port) }
      }
      var first: Int?
      for await port in ready {
        first = port
        break
      }
      guard let first else {
        try await running.value
        throw NotListening()
      }
      (self.database, self.accounts, self.log) = (database, accounts, log)
      (self.server, self.port, self.running) = (server, first, running)
    }

    /// The server ended before it listened.
    package struct NotListening: Error {}

    deinit { server.stop() }

    /// Stops in good order; returns when all is done.
    package func stop() async throws {
      server.stop()
      try await running.value
    }

    package var url: String { "http://127.0.0.1:\(port)" }
  }

  /// What a server has logged, a line an event.
  package final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    package var all: [String] { lines.withLock { $0 } }

    func add(_ line: [UInt8]) {
      lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }
  }

  extension World {
    /// The real clock and randomness, in UTC.
    package static var real: World {
      World(
        now: {
          var time = timespec()
          clock_gettime(CLOCK_REALTIME, &time)
          return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        zone: { .utc },
        random: {
          var generator = SystemRandomNumberGenerator()
          return generator.next()
        })
    }
  }
#endif
