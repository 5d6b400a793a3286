package import Kernel

/// Every route, on one line: what the client calls, the server answers and the documentation shows.
package enum Routes {
  package static let health = Route<Nothing, HealthReply>(
    .get, "/api/health", .anyone, summary: "Whether the server and its database work.")
  package static let register = Route<RegisterQuery, SessionReply>(
    .post, "/api/v1/auth/register", .anyone, summary: "Makes an account and signs in.")
  package static let login = Route<LoginQuery, SessionReply>(
    .post, "/api/v1/auth/login", .anyone, summary: "Signs in.")
  package static let refresh = Route<RefreshQuery, Tokens>(
    .post, "/api/v1/auth/refresh", .anyone, summary: "Renews both tokens.")
  package static let logout = Route<Nothing, Nothing>(
    .post, "/api/v1/auth/logout", .signedIn, summary: "Ends this session.")
  package static let me = Route<Nothing, MeReply>(
    .get, "/api/v1/auth/me", .signedIn, summary: "Who has signed in, and their spaces.")
  package static let changePassword = Route<ChangePasswordQuery, Nothing>(
    .post, "/api/v1/auth/change-password", .signedIn,
    summary: "Changes the password and ends all other sessions.")
  package static let sessions = Route<Nothing, SessionsReply>(
    .get, "/api/v1/auth/sessions", .signedIn, summary: "All sessions of the account.")
  package static let revoke = Route<IDQuery, Nothing>(
    .delete, "/api/v1/auth/sessions/{id}", .signedIn, summary: "Ends a session.")
  package static let deleteAccount = Route<DeleteAccountQuery, Nothing>(
    .post, "/api/v1/account/delete", .signedIn,
    summary: "Deletes the account with everything that hangs on it.")
  package static let exportAccount = Route<Nothing, AccountExport>(
    .get, "/api/v1/account/export", .signedIn,
    summary: "Everything that the server holds of the account.")
  package static let exchange = Route<ExchangeRequest, ExchangeReply>(
    .post, "/api/v1/sync/exchange", .signedIn, mostBytes: ExchangeRequest.mostBytes + (64 << 10),
    summary: "Sends operations and reads the log on, in one round trip.")
  package static let snapshot = Route<SnapshotQuery, SnapshotPage>(
    .get, "/api/v1/sync/snapshot", .signedIn, summary: "A page of a space's current registers.")
  /// Not a call: a stream of server-sent events.
  package static let events = "/api/v1/sync/events"
}
