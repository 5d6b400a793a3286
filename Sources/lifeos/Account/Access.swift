internal import Features
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Wire

/// The account of the profile in use, and the ways to its server.
struct Access: Sendable {
  let ground: ServerWay.Ground
  let store: Store

  init(_ console: Console) throws {
    self.init(ground: ServerWay.Ground(console), store: try console.store())
  }

  init(ground: ServerWay.Ground, store: Store) {
    self.ground = ground
    self.store = store
  }

  /// The account; throws where nobody has signed in.
  func account() throws -> SyncAccount {
    if let account = try store.account() { return account }
    if let account = try resume() { return account }
    throw SyncTrouble.alone
  }

  /// The way to the account's server.
  func way() throws -> ServerWay { try ServerWay(ground, to: try account()) }

  /// An engine whose threads have not started.
  func engine(
    presence: @escaping @Sendable ([EntryID: Set<EntryID>]) -> Void = { _ in },
    report: @escaping @Sendable (SyncStatus) -> Void = { _ in }
  ) -> SyncEngine {
    SyncEngine(
      store: store, world: ground.world, app: Access.app,
      connect: { [ground] account in try ServerWay(ground, to: account).line() },
      presence: presence, report: report)
  }

  /// A sign-in that was cut off between the tokens and the joining is ended now.
  private func resume() throws -> SyncAccount? {
    guard let held = try TokenFile(folder: ground.places.folder).load() else { return nil }
    let address = try ServerWay.address(held.url)
    let way = ServerWay(ground, to: address, allowsPlain: held.allowsPlainHTTP)
    try SignIn(store: store, remote: try way.remote(), url: address.text).resume()
    return try store.account()
  }

  /// `lifeos/1.4.0`
  static let app = "lifeos/\(LifeosVersion.current)"
}

extension ServerWay.Ground {
  init(_ console: Console) {
    self.init(places: console.places, environment: console.environment, world: console.world)
  }

  /// The same with another profile.
  func with(_ places: Places) -> Self {
    Self(places: places, environment: environment, world: world)
  }
}
