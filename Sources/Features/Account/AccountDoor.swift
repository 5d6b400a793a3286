package import Kernel

/// What the screens ask of the network. Everything blocks: it is called from jobs, never from a key.
/// Failures are errors that `Words` has a sentence for.
package protocol AccountDoor: Sendable {
  /// Looks at the server without telling it anything.
  func meet(_ url: String) throws -> FirstContact
  /// Makes an account or signs in, joins the journal to it, and begins to sync. Returns the user.
  func signIn(_ form: SignInForm) throws -> String
  /// Ends the session here and on the server; the journal stays. A sentence that says what was done.
  func signOut() throws -> String
  /// The account's sign-ins, the latest used first.
  func devices() throws -> [DeviceLine]
  /// Signs another device out.
  func revoke(_ session: EntryID) throws
  /// False where the journal belongs to an account, and nobody is signed in to it here.
  var hasSession: Bool { get }
  /// The outcome of the last exchange; nil before the first one.
  var state: SyncStatus.State? { get }
  /// Exchanges now instead of when it is due; returns at once.
  func nudge()
}

/// What the first look at a server has found.
package enum FirstContact: Hashable, Sendable {
  /// Its certificate is known to the system, or it is on this machine.
  case trusted
  /// It has made its certificate itself: a person must compare what both sides show.
  case selfSigned(hex: String, words: String)
  /// The way to it is not encrypted, and leads over a network.
  case plain
}

/// What signing in needs.
package struct SignInForm: Hashable, Sendable {
  /// `https://life.example.org:8480`
  package var url: String
  package var user: String
  package var password: String
  /// Only for a new account; empty for none.
  package var email: String
  package var isNew: Bool
  /// The fingerprint (hex) that the person has compared and accepted.
  package var fingerprint: String?
  /// The person has agreed to a way without encryption.
  package var allowsPlain: Bool

  package init(
    url: String, user: String = "", password: String = "", email: String = "", isNew: Bool = false,
    fingerprint: String? = nil, allowsPlain: Bool = false
  ) {
    self.url = url
    self.user = user
    self.password = password
    self.email = email
    self.isNew = isNew
    self.fingerprint = fingerprint
    self.allowsPlain = allowsPlain
  }
}

/// One sign-in of the account.
package struct DeviceLine: Hashable, Sendable {
  package var session: EntryID
  package var name: String
  package var app: String
  package var lastUsed: Moment
  package var isThisOne: Bool

  package init(
    session: EntryID, name: String, app: String, lastUsed: Moment, isThisOne: Bool
  ) {
    self.session = session
    self.name = name
    self.app = app
    self.lastUsed = lastUsed
    self.isThisOne = isThisOne
  }
}
