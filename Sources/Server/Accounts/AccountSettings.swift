/// What the person who runs the server decides about accounts.
package struct AccountSettings: Hashable, Sendable {
  /// Whether strangers may make accounts; `lifeosd user add` always may.
  package var isRegistrationOpen = true
  /// How long an access token lives, in seconds.
  package var accessSeconds: Int64 = 15 * 60
  /// How long a session lives without being renewed, in seconds.
  package var refreshSeconds: Int64 = 30 * 86_400
  /// bcrypt's work factor: 2^cost rounds. 12 takes about 0.3 s.
  package var bcryptCost = 12
  /// Threads that hash passwords, and how many passwords may wait for them.
  package var hashingThreads = 2
  package var mostWaitingHashes = 32

  package init() {}
}
