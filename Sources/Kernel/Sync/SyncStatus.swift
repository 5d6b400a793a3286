/// How a device stands with its server: what the status line, `lifeos status` and the screens tell.
package struct SyncStatus: Hashable, Sendable {
  /// The outcome of the last exchange.
  package enum State: Hashable, Sendable {
    /// No account: the journal lies on this machine alone.
    case alone
    /// Nothing was tried yet since the program began.
    case starting
    case online
    /// An exchange is under way.
    case syncing
    /// The server cannot be reached; `reason` is for people, one short sentence.
    case offline(reason: String)
    /// The session has ended: nothing is lost, but nothing is sent either.
    case needsSignIn
    /// The server no longer takes this version of lifeos.
    case upgrade(oldest: String)
    /// Two histories that giving back did not bring together.
    case diverged
    /// Not enough room on this machine's disk to take in more.
    case full
    /// Something waits that a person must agree to first; `reason` is one short sentence.
    case paused(reason: String)
    /// The server's certificate, or the server itself, is another one: a person must look.
    case untrusted(reason: String)
  }

  package var state: State
  /// Operations that wait to be sent.
  package var waiting: Int
  /// Operations that the server refused for good; they are kept and shown.
  package var quarantined: Int
  /// Overwritten texts that nobody has looked at.
  package var conflicts: Int
  /// When an exchange last succeeded; nil for never.
  package var lastSuccess: Moment?
  /// `https://life.example.org`
  package var server: String?
  package var user: String?
  /// Milliseconds that this machine's clock is behind the server's (negative: ahead).
  package var clockOffset: Int64

  package init(
    state: State, waiting: Int = 0, quarantined: Int = 0, conflicts: Int = 0,
    lastSuccess: Moment? = nil, server: String? = nil, user: String? = nil, clockOffset: Int64 = 0
  ) {
    self.state = state
    self.waiting = waiting
    self.quarantined = quarantined
    self.conflicts = conflicts
    self.lastSuccess = lastSuccess
    self.server = server
    self.user = user
    self.clockOffset = clockOffset
  }
}
