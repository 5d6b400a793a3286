#if Server
  internal import Hummingbird
  internal import HummingbirdCore
  internal import HummingbirdHTTP2
  internal import HummingbirdTLS
  package import Kernel
  package import Ledger
  package import Logging
  internal import NIOCore
  internal import NIOSSL
  internal import ServiceLifecycle
  internal import Synchronization

  /// The server: everything put together, listening until it is told to stop.
  package final class WebServer: Sendable {
    package let database: ServerDatabase
    package let accounts: Accounts
    package let hub: EventHub
    private let settings: ServerSettings
    private let ledger: Ledger
    private let world: World
    private let log: Logger
    private let tls: TLSFiles?
    private let backups: String?
    private let state = Mutex(State())

    private struct State {
      var group: ServiceGroup?
      var isStopping = false
    }

    /// `backups`: the folder for the nightly backups; nil for none.
    package init(
      database: ServerDatabase, accounts: Accounts, ledger: Ledger = Ledger(),
      settings: ServerSettings, world: World, log: Logger, tls: TLSFiles? = nil,
      backups: String? = nil
    ) {
      self.database = database
      self.accounts = accounts
      self.ledger = ledger
      self.settings = settings
      self.world = world
      self.log = log
      self.tls = tls
      self.backups = backups
      hub = EventHub(mostStreams: settings.limits.streams)
      accounts.onEnd { [hub] session in hub.end(session: session) }
      accounts.onNews { [hub] news in hub.take(news, by: nil) }
    }

    /// Listens until `stop`; then requests that are under way end, streams close, and the database is
    /// let go. `onReady` is told the port. Throws what keeps it from listening.
    package func run(onReady: @escaping @Sendable (Int) async -> Void) async throws {
      let quiet = loggerOfParts
      let app = Application(
        responder: responder, server: try builder(),
        configuration: ApplicationConfiguration(
          address: .hostname(settings.listen.host, port: settings.listen.port), backlog: 1_024),
        onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) },
        logger: quiet)
      let beat = EventBeat(
        hub: hub, accounts: accounts, seconds: settings.limits.heartbeatSeconds,
        backUp: { [self] in await backUpWhereDue() })
      var configuration = ServiceGroupConfiguration(services: [app, beat], logger: quiet)
      configuration.maximumGracefulShutdownDuration = .seconds(20)
      let group = ServiceGroup(configuration: configuration)
      let isStopping = state.withLock { state in
        state.group = group
        return state.isStopping
      }
      defer { database.close() }
      guard !isStopping else { return }
      try await group.run()
    }

    /// Stops, from any thread; `run` returns when all is done.
    package func stop() {
      let group = state.withLock { state in
        state.isStopping = true
        return state.group
      }
      guard let group else { return }
      Task { await group.triggerGracefulShutdown() }
    }

    private var responder: WebApp {
      let start = ContinuousClock.now
      let buckets = TokenBuckets(settings.limits) {
        let passed = (ContinuousClock.now - start).components
        return passed.seconds * 1_000 + passed.attoseconds / 1_000_000_000_000_000
      }
      let endpoints = Endpoints(
        database: database, accounts: accounts, ledger: ledger, settings: settings,
        buckets: buckets,
        hub: hub, world: world)
      return WebApp(
        endpoints: endpoints.all, accounts: accounts, buckets: buckets, settings: settings,
        clients: ClientAddress(proxies: settings.proxies), origins: Origins(settings.origins),
        world: world, log: log)
    }

    /// What the parts of the server have to say matters only where something is wrong.
    private var loggerOfParts: Logger {
      var logger = log
      logger.logLevel = max(.warning, log.logLevel)
      return logger
    }

    private func builder() throws -> HTTPServerBuilder {
      let connections = ConnectionCount(most: settings.limits.connections)
      let limits = settings.limits
      let http1 = HTTP1Channel.Configuration(
        additionalChannelHandlers: [RequestGuard()],
        idleTimeout: .seconds(Int64(limits.idleSeconds)),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 16 << 10, maxHeaderFieldCount: 64))
      guard let configuration = try tls?.configuration() else {
        return HTTPServerBuilder { responder in
          GuardedChannel(
            inner: HTTP1Channel(responder: responder, configuration: http1), limits: limits,
            connections: connections)
        }
      }
      return HTTPServerBuilder { responder in
        GuardedChannel(
          inner: try HTTP2UpgradeChannel(
            tlsConfiguration: configuration,
            configuration: .init(
              idleTimeout: .seconds(limits.idleSeconds), gracefulCloseTimeout: .seconds(5),
              streamConfiguration: http1),
            responder: responder),
          limits: limits, connections: connections)
      }
    }

    private func backUpWhereDue() async {
      guard settings.backsUpNightly, let backups, database.needsBackup(in: backups),
        world.clock.hour >= settings.backupHour
      else { return }
      do {
        let backup = try await database.backUp(into: backups)
        log.info("backup", metadata: ["path": .string(backup.path)])
      } catch {
        log.error("backup failed", metadata: ["error": .string("\(error)")])
      }
    }
  }
#endif
