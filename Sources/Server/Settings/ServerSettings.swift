/// Everything about the server that can be set, with what holds where nothing is set.
package struct ServerSettings: Sendable, Equatable {
  /// Where it listens.
  package var listen = ListenAddress(host: "127.0.0.1", port: 8480)
  /// PEM files: the certificate with its chain, and its key.
  package var certificate: String?
  package var key: String?
  /// Whether the server makes and keeps a certificate of its own.
  package var isSelfSigned = false
  /// More names and addresses for the certificate of its own.
  package var hostNames: [String] = []
  /// Whether plain http is allowed beyond the loopback addresses.
  package var allowsPlainHTTP = false
  /// Whether strangers may make accounts.
  package var allowsRegistration = true
  /// The oldest lifeos that may still sync.
  package var oldestClient = "0.1.0"
  /// Seconds between polls, for devices whom hints don't reach.
  package var pollSeconds = 60
  /// The web origins that may call the server from a browser: `https://example.org`.
  package var origins: [String] = []
  /// The addresses of proxies whose `X-Forwarded-For` is believed: `10.0.0.1`, `10.0.0.0/8`.
  package var proxies: [String] = []
  package var limits = ServerLimits()
  /// Whether each day's first hours bring a backup.
  package var backsUpNightly = true
  /// The hour, by the server's clock on the wall, from which the nightly backup is due.
  package var backupHour = 3
  /// The quietest messages that are logged.
  package var logLevel = LogLevel.info

  /// How much is logged.
  package enum LogLevel: String, Sendable, CaseIterable { case debug, info, warning, error }

  package init() {}
}

/// How much is too much. Rates are per minute, those of groups per hour; 0 means that there is no limit.
package struct ServerLimits: Sendable, Equatable {
  /// Requests of a user, those of syncing apart.
  package var userRequests = 100
  /// Exchanges and snapshot pages of a user.
  package var syncRequests = 600
  /// Requests without an account, of an address.
  package var guestRequests = 100
  /// Attempts to prove a password, of an address and of an account.
  package var passwordAttempts = 5
  /// Renewals by one token; an address may make ten times as many.
  package var refreshes = 30
  /// Groups that a user makes.
  package var groupsMade = 5
  /// Attempts of a user to join a group by its code; an address may make ten times as many.
  package var groupJoins = 5
  /// Open connections of an address.
  package var connections = 20
  /// Open event streams of a user: one more closes the oldest.
  package var streams = 5
  /// Seconds for a request's headers to come.
  package var headerSeconds = 10
  /// Seconds that a connection may stay open without a request.
  package var idleSeconds = 60
  /// Seconds between two signs of life in an event stream.
  package var heartbeatSeconds = 25

  package init() {}

  /// Without limits of rate and number, for tests and measurements.
  package static var none: ServerLimits {
    var limits = ServerLimits()
    limits.userRequests = 0
    limits.syncRequests = 0
    limits.guestRequests = 0
    limits.passwordAttempts = 0
    limits.refreshes = 0
    limits.groupsMade = 0
    limits.groupJoins = 0
    limits.connections = 0
    limits.streams = 0
    return limits
  }
}
