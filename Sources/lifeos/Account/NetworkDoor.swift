internal import Features
internal import Glibc
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Synchronization
internal import Wire

/// The screens' way to the network: the same steps as the commands take.
final class NetworkDoor: AccountDoor {
  private let access: Access
  private let engine: SyncEngine
  /// What servers have shown, until a person has compared it.
  private let shown = Mutex<[String: ServerCertificate]>([:])

  init(_ access: Access, _ engine: SyncEngine) {
    self.access = access
    self.engine = engine
  }

  func meet(_ url: String) throws -> FirstContact {
    let address = try ServerWay.address(url)
    return try inWords {
      switch try Trust.firstContact(address) {
      case .trusted: return .trusted
      case .plain: return address.isPrivate ? .trusted : .plain
      case .unknown(let certificate, _):
        shown.withLock { $0[address.text] = certificate }
        let print = certificate.fingerprint
        return .selfSigned(hex: print.hex, words: print.words)
      }
    }
  }

  func signIn(_ form: SignInForm) throws -> String {
    let address = try ServerWay.address(form.url)
    let certificate = shown.withLock { $0[address.text] }
    let wish = SigningIn.Wish(
      address: address, user: form.user, password: form.password,
      email: form.email.isEmpty ? nil : form.email, isNew: form.isNew,
      certificate: certificate?.fingerprint.hex == form.fingerprint ? certificate : nil,
      allowsPlain: form.allowsPlain)
    let arrival = try inWords {
      try SigningIn(ground: access.ground, store: access.store).run(wish)
    }
    guard !arrival.isOtherProfile else {
      try arrival.access.store.close()
      throw Failure(
        .needsPerson,
        "\(arrival.me.user) has a journal of its own: leave lifeos and start it again to open it")
    }
    engine.reconnect()
    return arrival.me.user
  }

  func signOut() throws -> String {
    let said = try Leaving.run(access)
    engine.reconnect()
    return said
  }

  func devices() throws -> [DeviceLine] {
    try inWords {
      try Devices.all(access).map {
        DeviceLine(
          session: $0.id, name: $0.name, app: $0.app, lastUsed: $0.lastUsed,
          isThisOne: $0.isCurrent)
      }
    }
  }

  func revoke(_ session: EntryID) throws {
    try inWords { _ = try access.way().remote().call(Routes.revoke, IDQuery(id: session)) }
  }

  var hasSession: Bool {
    Glibc.access(access.ground.places.tokens, F_OK) == 0
      || !(access.ground.environment["LIFEOS_TOKEN"] ?? "").isEmpty
  }

  var state: SyncStatus.State? { engine.latest?.state }

  func nudge() { engine.hurry() }

  /// Errors of the network as the sentences that the screens show.
  private func inWords<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch {
      guard let words = Words.network(error) else { throw error }
      throw Failure(.failed, words)
    }
  }
}
