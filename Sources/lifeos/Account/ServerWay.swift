internal import Features
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Wire

/// The way from a profile to its server: the address, who vouches for it, and the session.
struct ServerWay: Sendable {
  /// What all ways of this program share.
  struct Ground: Sendable {
    let places: Places
    let environment: [String: String]
    let world: World
  }

  let ground: Ground
  let address: ServerAddress
  /// A person has agreed to a way that others can read.
  let allowsPlain: Bool

  /// To a server that nobody of this profile has signed in to yet.
  init(_ ground: Ground, to address: ServerAddress, allowsPlain: Bool) {
    self.ground = ground
    self.address = address
    self.allowsPlain = allowsPlain
  }

  /// To the server of the account that the profile belongs to.
  init(_ ground: Ground, to account: SyncAccount) throws {
    self.ground = ground
    address = try ServerWay.address(account.url)
    allowsPlain = try TokenFile(folder: ground.places.folder).load()?.allowsPlainHTTP ?? false
  }

  /// `typed` as an address, or why it is none.
  static func address(_ typed: String) throws(Failure) -> ServerAddress {
    do throws(ServerAddress.Problem) {
      return try ServerAddress(typed)
    } catch {
      let reason =
        switch error {
        case .empty: "the server's address is missing"
        case .scheme(let scheme): "a server is reached by https, not by \(scheme)"
        case .host(let host): "“\(host)” is no name of a server"
        case .port(let port): "“\(port)” is no port"
        case .extras: "a server's address has no user, question or part in it"
        }
      throw Failure(.wrongUsage, reason + "; write it like https://home.example.org:8480")
    }
  }

  /// Lines with the profile's session: one for calls, one for hints.
  func line() throws -> SyncEngine.Line {
    SyncEngine.Line(calls: try remote(), events: try remote())
  }

  /// One line with the profile's session.
  func remote() throws -> APIClient { try client(source) }

  /// One line without a session.
  func stranger() throws -> APIClient { try client(.none) }

  private func client(_ tokens: TokenSource) throws -> APIClient {
    APIClient(
      address: address, trust: try TrustFile(folder: places.folder).load(), tokens: tokens,
      app: Access.app, world: ground.world, allowsPlainHTTP: allowsPlain)
  }

  private var source: TokenSource {
    TokenSource(environment: ground.environment, file: TokenFile(folder: places.folder))
  }

  private var places: Places { ground.places }

  /// Keeps the session: on disk when it returns.
  func keep(_ reply: SessionReply) throws {
    try TokenFile(folder: places.folder).save(
      Credentials(
        url: address.text, user: reply.me.user, account: reply.me.id, serverID: reply.me.serverID,
        tokens: reply.tokens, received: ground.world.now(), allowsPlainHTTP: allowsPlain))
  }

  /// From now on the profile trusts this certificate, or only this machine's authorities.
  func trust(_ certificate: ServerCertificate?) throws {
    let file = TrustFile(folder: places.folder)
    if let certificate { try file.save(certificate) } else { try file.delete() }
  }
}
