package import Kernel
package import Wire

/// What a profile keeps of its sign-in.
package struct Credentials: Hashable, Sendable {
  package var url: String
  package var user: String
  package var account: EntryID
  package var serverID: EntryID
  package var tokens: Tokens
  /// The idempotency key of a refresh that was begun and whose successor is not stored yet.
  package var idem: String?
  /// When the tokens came, by this machine's clock, which may differ from the server's.
  package var received: Moment?
  /// True where a person has allowed a connection that others can read.
  package var allowsPlainHTTP: Bool
  package init(
    url: String, user: String, account: EntryID, serverID: EntryID, tokens: Tokens,
    idem: String? = nil, received: Moment? = nil, allowsPlainHTTP: Bool = false
  ) {
    self.url = url
    self.user = user
    self.account = account
    self.serverID = serverID
    self.tokens = tokens
    self.idem = idem
    self.received = received
    self.allowsPlainHTTP = allowsPlainHTTP
  }
}
