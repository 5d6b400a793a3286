#if Server
  internal import ArgumentParser
  internal import Dispatch
  internal import Glibc
  internal import Kernel
  internal import Server
  internal import Wire

  /// `lifeosd serve`.
  struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "serve", abstract: "Start the server; SIGTERM or Ctrl-C stop it in good order.")

    @OptionGroup var options: DataOptions
    @Option(help: "Where to listen; port 0 takes a free one. The default is 127.0.0.1:8480.")
    var listen: String?
    @Option(help: "A certificate with its chain, a PEM file.")
    var tlsCert: String?
    @Option(help: "The certificate's key, a PEM file.")
    var tlsKey: String?
    @Flag(help: "Make and keep a certificate for a server at home.")
    var selfSigned = false
    @Option(help: "One more name or address for that certificate. May be repeated.")
    var hostName: [String] = []
    @Flag(help: "Allow plain http beyond this machine: everyone on the way can read along.")
    var insecureHttp = false
    @Option(help: "Write the address here as soon as the server listens.")
    var readyFile: String?

    func run() async throws {
      let settings = try merged()
      try await Complaint.from { try await serve(settings) }
    }

    /// Flags, before the environment, before the file.
    private func merged() throws -> ServerSettings {
      var settings = try options.settings()
      if let listen {
        guard let address = ListenAddress(listen) else {
          throw Complaint("--listen must be an address such as 127.0.0.1:8480", code: 2)
        }
        settings.listen = address
      }
      if tlsCert != nil || tlsKey != nil {
        settings.certificate = tlsCert
        settings.key = tlsKey
        settings.isSelfSigned = false
      }
      if selfSigned {
        guard tlsCert == nil, tlsKey == nil else {
          throw Complaint("--self-signed and --tls-cert exclude each other", code: 2)
        }
        settings.isSelfSigned = true
        settings.certificate = nil
        settings.key = nil
      }
      settings.hostNames += hostName
      settings.allowsPlainHTTP = settings.allowsPlainHTTP || insecureHttp
      try check(settings)
      return settings
    }

    private func check(_ settings: ServerSettings) throws {
      guard (settings.certificate == nil) == (settings.key == nil) else {
        throw Complaint("--tls-cert and --tls-key belong together", code: 2)
      }
      let isPlain = settings.certificate == nil && !settings.isSelfSigned
      guard isPlain, !settings.listen.isLoopback else { return }
      guard settings.allowsPlainHTTP else {
        throw Complaint(
          "\(settings.listen) can be reached from other machines, and plain http hides nothing.",
          "Use --self-signed at home, --tls-cert and --tls-key elsewhere, or a proxy with TLS before "
            + "127.0.0.1. (--insecure-http allows it all the same.)",
          code: 2)
      }
      Say.error("lifeosd: WARNING: plain http: everyone on the way can read passwords and lives")
    }

    private func serve(_ settings: ServerSettings) async throws {
      raiseFileLimit()
      let world = World.live(options.environment)
      let opened = try options.open(settings, world: world, beside: false)
      let tls = try prepareTLS(settings, world)
      let log = JSONLog.logger(settings, world)
      let server = WebServer(
        database: opened.database, accounts: opened.accounts, settings: settings, world: world,
        log: log, tls: tls, backups: options.places.backups)
      let signals = [SIGTERM, SIGINT].map { stop(server, on: $0) }
      defer { for signal in signals { signal.cancel() } }
      let (scheme, host) = (tls == nil ? "http" : "https", settings.listen.host)
      let readyFile = readyFile
      try await server.run { port in
        let url = "\(scheme)://\(ListenAddress(host: host, port: port))"
        Say.line("lifeosd: listening on \(url)")
        if let readyFile { Self.tell(url, to: readyFile) }
      }
    }

    private func prepareTLS(_ settings: ServerSettings, _ world: World) throws -> TLSFiles? {
      let files: TLSFiles
      if let certificate = settings.certificate, let key = settings.key {
        files = TLSFiles(certificate: certificate, key: key)
      } else if settings.isSelfSigned {
        files = try TLSFiles.selfSigned(
          folder: options.places.folder, names: settings.hostNames, now: world.now())
      } else {
        return nil
      }
      let fingerprint = try files.fingerprint()
      Say.line("lifeosd: fingerprint \(fingerprint.hex)")
      Say.line("lifeosd: in words    \(fingerprint.words)")
      return files
    }

    /// The first signal stops in good order, the second at once.
    private func stop(_ server: WebServer, on number: Int32) -> any DispatchSourceSignal {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      var isSecond = false
      source.setEventHandler {
        if isSecond { _exit(128 + number) }
        isSecond = true
        server.stop()
      }
      source.resume()
      return source
    }

    /// A descriptor a stream: the usual 1,024 would not do.
    private func raiseFileLimit() {
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
      limit.rlim_cur = min(limit.rlim_max, 65_536)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Whole or not at all: whoever waits for the file reads it as soon as it is there.
    private static func tell(_ url: String, to path: String) {
      do {
        try SecureFile.write(Array((url + "\n").utf8), to: path)
      } catch {
        Say.error("lifeosd: \(error)")
      }
    }
  }
#endif
