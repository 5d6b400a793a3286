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
  package init(
    url: String, user: String, account: EntryID, serverID: EntryID, tokens: Tokens,
    idem: String? = nil
  ) {
    self.url = url
    self.user = user
    self.account = account
    self.serverID = serverID
    self.tokens = tokens
    self.idem = idem
  }
}
