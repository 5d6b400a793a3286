internal import Kernel
package import Storage
package import Wire

/// Signing in, in the order that a crash at any step survives: the tokens are stored before the file
/// belongs to the account, and each step may be done again.
package struct SignIn: Sendable {
  private let store: Store
  private let remote: any Remote
  /// `https://life.example.org:8480`, without a path.
  private let url: String

  /// `remote` needs no credentials for the first question.
  package init(store: Store, remote: any Remote, url: String) {
    self.store = store
    self.remote = remote
    self.url = url
  }

  /// Makes an account.
  package func register(
    user: String, email: String?, password: String, device: DeviceInfo
  ) throws(APIError) -> SessionReply {
    try remote.call(
      Routes.register, RegisterQuery(user: user, email: email, password: password, device: device))
  }

  /// Signs in to an account that is there.
  package func login(
    user: String, password: String, device: DeviceInfo
  ) throws(APIError) -> SessionReply {
    try remote.call(Routes.login, LoginQuery(user: user, password: password, device: device))
  }

  /// Joins the store to the account, once `keep` has the tokens on the disk. What the store holds
  /// already is offered to the server, and merges with what is there.
  package func join(_ reply: SessionReply, keep: (SessionReply) throws -> Void) throws {
    try keep(reply)
    try join(reply.me)
    try store.setNote(Self.note, to: reply.tokens.session.description)
  }

  /// Goes on where a crash came between the tokens and the joining.
  package func resume() throws {
    try join(try remote.call(Routes.me, Nothing()))
  }

  private func join(_ me: MeReply) throws {
    guard let space = me.spaces.first(where: { $0.kind == "personal" }) else {
      throw APIError(
        status: 200, code: .notLifeos, message: "the server named no personal space")
    }
    let account = SyncAccount(id: me.id, user: me.user, serverID: me.serverID, url: url)
    try store.join(account, personalSpace: space.id)
  }

  private static let note = "signed_in"

  /// Another one after each sign-in, by which a running program notices it.
  static func mark(of store: Store) -> String? {
    // Without it a sign-in is noticed some minutes later.
    try? store.note(note)
  }
}
