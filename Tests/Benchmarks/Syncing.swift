internal import Features
internal import Glibc
internal import Kernel
internal import Life
internal import Net
internal import Storage
internal import Synchronization
internal import Sync
internal import Wire

/// A device of the benchmarks: a store on the disk, signed in to a real server.
final class BenchDevice: Sendable {
  let store: Store
  let remote: CountingRemote
  let world: World

  init(folder: String, url: String, user: String, isNew: Bool) throws {
    world = Stopwatch.world
    mkdir(folder, 0o700)
    store = try Store(path: folder + "/lifeos.sqlite", schema: .lifeos, world: world)
    let tokens = TokenFile(folder: folder)
    let client = APIClient(
      address: try ServerAddress(url), trust: .system, tokens: .file(tokens), app: "lifeos/0.2.0",
      world: world)
    remote = CountingRemote(client)
    let signIn = SignIn(store: store, remote: remote, url: url)
    let device = DeviceInfo(id: try store.deviceID(), name: "bench", app: "lifeos/0.2.0")
    let reply =
      isNew
      ? try signIn.register(user: user, email: nil, password: "Correct-Horse-7", device: device)
      : try signIn.login(user: user, password: "Correct-Horse-7", device: device)
    try signIn.join(reply) { reply in
      try tokens.save(
        Credentials(
          url: url, user: user, account: reply.me.id, serverID: reply.me.serverID,
          tokens: reply.tokens))
    }
  }

  func engine(_ report: @escaping @Sendable (SyncStatus) -> Void = { _ in }) -> SyncEngine {
    let remote = remote
    return SyncEngine(
      store: store, world: world, app: "lifeos/0.2.0",
      connect: { _ in SyncEngine.Line(calls: remote, events: remote) }, report: report)
  }

  /// Entries of some words, `count` of them, in writes of a hundred.
  func write(_ count: Int) throws {
    for start in stride(from: 0, to: count, by: 100) {
      try store.write("Entries") { edit in
        for number in start..<min(start + 100, count) {
          try edit.save(Self.entry(number, world))
        }
      }
    }
  }

  static func entry(_ number: Int, _ world: World) -> JournalEntry {
    let entry = JournalEntry(
      id: world.newID(), type: .note, day: Day(number: 20_000 - number % 3_000), at: world.now(),
      zone: "UTC", title: "Entry \(number)",
      sections: [
        "body": "Walked to the lake, wrote a letter home and read until late; rain, then sun."
      ])
    return entry
  }
}

/// Counts what goes to the server.
final class CountingRemote: Remote {
  private let inner: any Remote
  private let counts = Mutex((calls: 0, exchanges: 0, up: 0, down: 0))

  init(_ inner: any Remote) { self.inner = inner }

  var calls: Int { counts.withLock { $0.calls } }
  /// Bytes of the bodies of the last exchange, both ways, packed as they go over the wire.
  var lastBytes: (up: Int, down: Int) { counts.withLock { ($0.up, $0.down) } }

  func call<Query, Reply>(
    _ route: Route<Query, Reply>, _ query: Query
  ) throws(APIError) -> Reply {
    counts.withLock { $0.calls += 1 }
    let reply = try inner.call(route, query)
    if let request = query as? ExchangeRequest, let answer = reply as? ExchangeReply {
      counts.withLock {
        $0.up = Gzip.pack(request.bytes)?.count ?? 0; $0.down = Gzip.pack(answer.bytes)?.count ?? 0
      }
    }
    return reply
  }

  func listen(_ hear: (ServerEvent) -> Bool) throws(APIError) { try inner.listen(hear) }
  func interrupt() { inner.interrupt() }
}
