/// One line of the settings: its key in the file, its meaning, and how it is set.
///
/// In the environment the same key stands in capitals behind `LIFEOSD_`.
package struct ServerOption: Sendable {
  package let key: String
  /// For people, one sentence.
  package let summary: String
  let kind: Kind

  /// What a setting holds. A text's setter returns false for one that it can't use.
  enum Kind: Sendable {
    case text(allowed: String, @Sendable (inout ServerSettings, String) -> Bool)
    case number(ClosedRange<Int>, @Sendable (inout ServerSettings, Int) -> Void)
    case flag(@Sendable (inout ServerSettings, Bool) -> Void)
    case list(allowed: String, @Sendable (inout ServerSettings, [String]) -> Bool)
  }

  package var variable: String { "LIFEOSD_" + key.uppercased() }

  /// All of them, in the order of the documentation.
  package static let all: [ServerOption] = [
    text("listen", "Where the server listens.", allowed: "an address such as 127.0.0.1:8480") {
      guard let address = ListenAddress($1) else { return false }
      $0.listen = address
      return true
    },
    text("tls_cert", "The certificate with its chain, a PEM file.", allowed: "a path") {
      $0.certificate = $1
      return !$1.isEmpty
    },
    text("tls_key", "The certificate's key, a PEM file.", allowed: "a path") {
      $0.key = $1
      return !$1.isEmpty
    },
    flag("self_signed", "Whether the server makes a certificate of its own.") {
      $0.isSelfSigned = $1
    },
    list(
      "host_names", "More names for the certificate of its own.", allowed: "names or addresses"
    ) {
      $0.hostNames = $1
      return $1.allSatisfy(isHostName)
    },
    flag("insecure_http", "Whether plain http is allowed beyond this machine.") {
      $0.allowsPlainHTTP = $1
    },
    flag("registration", "Whether strangers may make accounts.") { $0.allowsRegistration = $1 },
    text(
      "min_client", "The oldest lifeos that may still sync.", allowed: "a version such as 1.4.0"
    ) {
      $0.oldestClient = $1
      return ClientVersion($1) != nil
    },
    number("poll_seconds", "Seconds between polls without hints.", 5...86_400) {
      $0.pollSeconds = $1
    },
    list(
      "origins", "Web origins that may call the server from a browser.",
      allowed: "origins such as https://example.org"
    ) {
      $0.origins = $1
      return $1.allSatisfy(isOrigin)
    },
    list(
      "proxies", "Proxies whose X-Forwarded-For is believed.",
      allowed: "addresses such as 10.0.0.1 or 10.0.0.0/8"
    ) {
      $0.proxies = $1
      return $1.allSatisfy { NetworkRange($0) != nil }
    },
    number("limit_user", "Requests of a user a minute; 0 for no limit.", rates) {
      $0.limits.userRequests = $1
    },
    number("limit_sync", "Exchanges of a user a minute.", rates) { $0.limits.syncRequests = $1 },
    number("limit_guest", "Requests of an address without an account, a minute.", rates) {
      $0.limits.guestRequests = $1
    },
    number("limit_auth", "Sign-ins of an address and an account, a minute.", rates) {
      $0.limits.passwordAttempts = $1
    },
    number("limit_refresh", "Renewals by one token a minute.", rates) { $0.limits.refreshes = $1 },
    number("limit_group_make", "Groups that a user makes an hour; 0 for no limit.", rates) {
      $0.limits.groupsMade = $1
    },
    number("limit_group_join", "Codes that a user tries an hour to join a group.", rates) {
      $0.limits.groupJoins = $1
    },
    number("limit_connections", "Open connections of an address; 0 for no limit.", 0...1_000_000) {
      $0.limits.connections = $1
    },
    number("limit_streams", "Open event streams of a user; 0 for no limit.", 0...1_000_000) {
      $0.limits.streams = $1
    },
    number("header_seconds", "Seconds for a request's headers to come.", 1...3_600) {
      $0.limits.headerSeconds = $1
    },
    number("idle_seconds", "Seconds without a request until a connection ends.", 1...86_400) {
      $0.limits.idleSeconds = $1
    },
    number("heartbeat_seconds", "Seconds between signs of life in a stream.", 1...60) {
      $0.limits.heartbeatSeconds = $1
    },
    flag("backups", "Whether a backup is made every night; 14 are kept.") {
      $0.backsUpNightly = $1
    },
    number("backup_hour", "The hour of the nightly backup.", 0...23) { $0.backupHour = $1 },
    text("log_level", "What is logged.", allowed: "debug, info, warning or error") {
      guard let level = ServerSettings.LogLevel(rawValue: $1) else { return false }
      $0.logLevel = level
      return true
    },
  ]

  private static let rates = 0...10_000_000

  private static func isHostName(_ text: String) -> Bool {
    NetworkAddress(text) != nil
      || !text.isEmpty && text.utf8.count <= 253
        && text.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
          default: false
          }
        }
  }

  /// A scheme and a host, without a path: what browsers send.
  private static func isOrigin(_ text: String) -> Bool {
    for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
      let rest = text.dropFirst(scheme.count)
      return !rest.isEmpty && !rest.contains { "/?#* ,".contains($0) }
    }
    return false
  }

  private static func text(
    _ key: String, _ summary: String, allowed: String,
    _ set: @escaping @Sendable (inout ServerSettings, String) -> Bool
  ) -> ServerOption { ServerOption(key: key, summary: summary, kind: .text(allowed: allowed, set)) }

  private static func number(
    _ key: String, _ summary: String, _ range: ClosedRange<Int>,
    _ set: @escaping @Sendable (inout ServerSettings, Int) -> Void
  ) -> ServerOption { ServerOption(key: key, summary: summary, kind: .number(range, set)) }

  private static func flag(
    _ key: String, _ summary: String,
    _ set: @escaping @Sendable (inout ServerSettings, Bool) -> Void
  ) -> ServerOption { ServerOption(key: key, summary: summary, kind: .flag(set)) }

  private static func list(
    _ key: String, _ summary: String, allowed: String,
    _ set: @escaping @Sendable (inout ServerSettings, [String]) -> Bool
  ) -> ServerOption { ServerOption(key: key, summary: summary, kind: .list(allowed: allowed, set)) }
}
