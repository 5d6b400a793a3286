internal import Glibc
internal import Synchronization

/// A proxy for plain HTTP on loopback that delays, cuts, loses and repeats, as bad networks do.
///
/// Each client connection and each stream has a thread of its own. What happens to a request is drawn
/// from a seeded generator, by the order in which requests come.
package final class FaultyProxy: Sendable {
  /// How likely each fault is, from 0 to 1; what is left passes.
  package struct Faults: Sendable {
    /// The request never reaches the server.
    package var loseRequest = 0.0
    /// Only half of the request reaches the server.
    package var cutRequest = 0.0
    /// The server executes the request; its reply is lost.
    package var loseReply = 0.0
    /// Half of the reply comes through.
    package var cutReply = 0.0
    /// The server gets the request twice; the second reply comes through.
    package var repeatRequest = 0.0
    /// The request waits for up to 200 ms.
    package var delay = 0.0
    /// A stream ends after at most two seconds.
    package var cutStream = 0.0
    /// A stream never begins.
    package var loseStream = 0.0

    /// Nothing comes through, neither requests nor streams: the server can't be reached.
    package static let unreachable: Faults = {
      var faults = Faults()
      faults.loseRequest = 1
      faults.loseStream = 1
      return faults
    }()

    package init() {}

    /// Half of all requests meet a fault.
    package static let bad: Faults = {
      var faults = Faults()
      faults.loseRequest = 0.08
      faults.cutRequest = 0.06
      faults.loseReply = 0.1
      faults.cutReply = 0.06
      faults.repeatRequest = 0.1
      faults.delay = 0.1
      faults.cutStream = 0.5
      return faults
    }()
  }

  /// What was done so far, by the fault's name; `passed` for the rest.
  package var counts: [String: Int] { state.withLock { $0.counts } }
  package let port: UInt16
  /// The requests that came so far, streams among them; kept where `keepsRequests`.
  package var requests: [[UInt8]] { state.withLock { $0.requests } }

  private let keepsRequests: Bool
  private let listener: Int32
  private let state: Mutex<State>

  private struct State: Sendable {
    var target: UInt16
    var faults: Faults
    var random: Draw
    var counts: [String: Int] = [:]
    var isOpen = true
    var connections: Set<Int32> = []
    var requests: [[UInt8]] = []
  }

  /// SplitMix64 (Steele et al., 2014).
  private struct Draw: RandomNumberGenerator, Sendable {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }

  /// Listens on a free port of 127.0.0.1 for what is meant for `target` there.
  package init(
    to target: UInt16, faults: Faults = Faults(), seed: UInt64 = 1, keepsRequests: Bool = false
  ) throws {
    self.keepsRequests = keepsRequests
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Self.closeOnExec, 0)
    var address = Self.loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 64) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard listener >= 0, bound else { throw TimedOut(description: "no port for a proxy") }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    state = Mutex(State(target: target, faults: faults, random: Draw(state: seed)))
    thread { proxy in proxy.accepting() }
  }

  /// Sends all that comes from now on to another port: a server that was started again.
  package func turn(to target: UInt16) { state.withLock { $0.target = target } }

  /// Other faults from now on.
  package func set(_ faults: Faults) { state.withLock { $0.faults = faults } }

  /// Ends every connection at once, as a cable that is pulled; new ones are taken.
  package func cutAll() {
    for connection in state.withLock({ $0.connections }) { shutdown(connection, Int32(SHUT_RDWR)) }
  }

  /// Takes no more connections and ends those there are.
  package func close() {
    let isFirst = state.withLock { state in
      defer { state.isOpen = false }
      return state.isOpen
    }
    guard isFirst else { return }
    shutdown(listener, Int32(SHUT_RDWR))
    cutAll()
  }

  // MARK: Connections

  private func accepting() {
    while true {
      let client = accept(listener, nil, nil)
      if client < 0 {
        if errno == EINTR { continue }
        Glibc.close(listener)
        return
      }
      thread { $0.serve(client) }
    }
  }

  private func serve(_ client: Int32) {
    remember(client)
    defer { forget(client) }
    var rest: [UInt8] = []
    // One request a connection: the server is asked to close behind its reply, and says so in it.
    guard let request = Self.message(from: client, &rest) else { return }
    if keepsRequests { state.withLock { $0.requests.append(request) } }
    if request.starts(with: Array("GET /api/v1/sync/events".utf8)) {
      stream(request, client)
    } else {
      carry(request, client)
    }
  }

  /// One request and its reply.
  private func carry(_ request: [UInt8], _ client: Int32) {
    switch draw() {
    case "loseRequest": break
    case "cutRequest": _ = exchange(Array(request.prefix(request.count / 2)), isWhole: false)
    case "loseReply": _ = exchange(request, isWhole: true)
    case "cutReply":
      let reply = exchange(request, isWhole: true) ?? []
      Self.send(Array(reply.prefix(reply.count / 2)), to: client)
    case "repeatRequest":
      _ = exchange(request, isWhole: true)
      fallthrough
    default:
      Self.send(exchange(request, isWhole: true) ?? [], to: client)
    }
  }

  private func draw() -> String {
    let (fault, wait) = state.withLock { state -> (String, Int32) in
      var point = Double.random(in: 0..<1, using: &state.random)
      let wait = Int32.random(in: 1...200, using: &state.random)
      let faults = state.faults
      let table = [
        ("loseRequest", faults.loseRequest), ("cutRequest", faults.cutRequest),
        ("loseReply", faults.loseReply), ("cutReply", faults.cutReply),
        ("repeatRequest", faults.repeatRequest), ("delay", faults.delay),
      ]
      var name = "passed"
      for (fault, chance) in table {
        if point < chance {
          name = fault
          break
        }
        point -= chance
      }
      state.counts[name, default: 0] += 1
      return (name, wait)
    }
    if fault == "delay" { poll(nil, 0, wait) }
    return fault
  }

  /// Sends a request on a connection of its own; all that the server answers, or nil.
  private func exchange(_ request: [UInt8], isWhole: Bool) -> [UInt8]? {
    let server = connect()
    guard server >= 0 else { return nil }
    remember(server)
    defer { forget(server) }
    guard Self.send(Self.closing(request), to: server), isWhole else { return nil }
    var reply: [UInt8] = []
    while let bytes = Self.receive(server) { reply += bytes }
    return reply.isEmpty ? nil : reply
  }

  /// A stream of events, passed on as it comes.
  private func stream(_ request: [UInt8], _ client: Int32) {
    let isLost = state.withLock { state in
      Double.random(in: 0..<1, using: &state.random) < state.faults.loseStream
    }
    if isLost { return }
    let server = connect()
    guard server >= 0 else { return }
    remember(server)
    defer { forget(server) }
    let patience: Int32? = state.withLock { state in
      let isCut = Double.random(in: 0..<1, using: &state.random) < state.faults.cutStream
      state.counts[isCut ? "cutStream" : "stream", default: 0] += 1
      return isCut ? Int32.random(in: 50...2_000, using: &state.random) : nil
    }
    let end = patience.map { Self.now() + Int64($0) }
    guard Self.send(request, to: server) else { return }
    while true {
      var ends = [
        pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        pollfd(fd: client, events: Int16(POLLIN), revents: 0),
      ]
      let left = end.map { Int32(clamping: max(0, $0 - Self.now())) } ?? -1
      let ready = poll(&ends, 2, left)
      if ready == 0 { return }
      if ready < 0 { continue }
      if ends[1].revents != 0 { return }
      guard let bytes = Self.receive(server), Self.send(bytes, to: client) else { return }
    }
  }

  private func connect() -> Int32 {
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Self.closeOnExec, 0)
    var address = Self.loopback(state.withLock { $0.target })
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result == 0 { return server }
    Glibc.close(server)
    return -1
  }

  private func remember(_ connection: Int32) {
    _ = state.withLock { $0.connections.insert(connection) }
  }

  private func forget(_ connection: Int32) {
    state.withLock { state in
      state.connections.remove(connection)
      // A program that another test has started meanwhile may hold the number too: closing it here alone
      // would leave the other end waiting for minutes.
      _ = shutdown(connection, Int32(SHUT_RDWR))
      // Closed under the lock: `cutAll` must not meet the number of another file.
      _ = Glibc.close(connection)
    }
  }

  private func thread(_ body: @escaping @Sendable (FaultyProxy) -> Void) {
    let errand = Unmanaged.passRetained(Errand { [self] in body(self) })
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Errand>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, errand.toOpaque())
    precondition(failure == 0, "the system has a thread for a test")
    pthread_detach(thread)
  }

  private final class Errand {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
