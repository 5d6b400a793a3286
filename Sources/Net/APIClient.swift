package import Kernel
package import Wire

/// A lifeos server, reached by libcurl. Calls and the stream of events have a connection each, so
/// that two threads can use them at once; calls wait for one another.
package final class APIClient: Remote {
  private let calls: Endpoint
  private let events: Endpoint
  private let keeper: TokenKeeper

  /// `app` is `lifeos/1.4.0`. Without `allowsPlainHTTP` nothing goes out unencrypted but to this
  /// machine itself. Nothing is connected, and libcurl is not loaded, before the first call.
  package init(
    address: ServerAddress, trust: ServerTrust, tokens: TokenSource, app: String, world: World,
    allowsPlainHTTP: Bool = false
  ) {
    let calls = Endpoint(
      address: address, trust: trust, app: app, allowsPlainHTTP: allowsPlainHTTP)
    self.calls = calls
    events = Endpoint(address: address, trust: trust, app: app, allowsPlainHTTP: allowsPlainHTTP)
    keeper = TokenKeeper(tokens, world: world) { query throws(APIError) in
      try calls.ask(Routes.refresh, query, token: nil)
    }
  }

  package func call<Query, Reply>(
    _ route: Route<Query, Reply>, _ query: Query
  ) throws(APIError) -> Reply {
    guard route.access == .signedIn else { return try calls.ask(route, query, token: nil) }
    return try signedIn { token throws(APIError) in try calls.ask(route, query, token: token) }
  }

  /// Returns also where `hear` was false. A stream that ends or stays silent for 60 s is an error.
  package func listen(_ hear: (ServerEvent) -> Bool) throws(APIError) {
    try signedIn { token throws(APIError) in try listen(token, hear) }
  }

  package func interrupt() {
    calls.transport.interrupt()
    events.transport.interrupt()
  }

  /// Once more with another token after a refused one.
  private func signedIn<Result>(
    _ ask: (String) throws(APIError) -> Result
  ) throws(APIError) -> Result {
    let token = try keeper.token()
    do throws(APIError) {
      return try ask(token)
    } catch {
      guard error.isAboutToken else { throw error }
    }
    let next = try keeper.token(insteadOf: token)
    do throws(APIError) {
      return try ask(next)
    } catch {
      guard error.isAboutToken else { throw error }
      throw .needsSignIn("The session has ended.", details: ["reason": error.code.text])
    }
  }

  private func listen(
    _ token: String, _ hear: (ServerEvent) -> Bool
  ) throws(APIError) {
    var call = try events.newCall(token)
    call.path = Routes.events
    call.headers += [("Accept", API.eventType), ("Cache-Control", "no-cache")]
    call.timeout = nil
    var listening = Listening(events.address)
    do throws(TransportProblem) {
      try events.transport.stream(call) { head, bytes in listening.take(head, bytes, hear) }
    } catch {
      if case .interrupted = error { return }
      throw events.explained(error)
    }
    try listening.end()
  }
}

extension APIError {
  /// A refused token, and not a password that was wrong.
  fileprivate var isAboutToken: Bool {
    status == 401 && code != .invalidCredentials && code != .notLifeos
  }
}

/// A stream of events under way.
private struct Listening {
  private let address: ServerAddress
  private var reader = EventReader()
  private var isConnected = false
  private var isEnough = false
  private var problem: APIError?
  private var head: HTTPHead?
  /// Of an answer that is no stream.
  private var body: [UInt8] = []

  init(_ address: ServerAddress) { self.address = address }

  /// False where no more is wanted.
  mutating func take(_ head: HTTPHead?, _ bytes: [UInt8], _ hear: (ServerEvent) -> Bool) -> Bool {
    guard let head else { return true }
    self.head = head
    guard head.status == 200, head.type == API.eventType else {
      body += bytes
      return body.count <= 64 << 10
    }
    if !isConnected {
      isConnected = true
      guard hear(.connected) else { return enough() }
    }
    guard let events = reader.feed(bytes) else {
      problem = TransportProblem.foreign("\(address.host) sends no stream of hints")
      return false
    }
    for event in events where !hear(event) { return enough() }
    return true
  }

  /// Why the stream has ended; nothing where it was the listener's wish.
  func end() throws(APIError) {
    if isEnough { return }
    if let problem { throw problem }
    guard let head, !isConnected else {
      throw TransportProblem.unreachable("\(address.host) has ended the stream")
    }
    throw Answer.error(HTTPAnswer(head: head, body: body), address)
  }

  private mutating func enough() -> Bool {
    isEnough = true
    return false
  }
}
