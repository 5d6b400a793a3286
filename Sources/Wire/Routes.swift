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
  package static let groups = Route<Nothing, GroupsReply>(
    .get, "/api/v1/groups", .signedIn, summary: "The groups that the account is in.")
  package static let makeGroup = Route<GroupSettings, GroupReply>(
    .post, "/api/v1/groups", .signedIn, summary: "Makes a group; who makes it is its admin.")
  package static let joinGroup = Route<JoinQuery, GroupReply>(
    .post, "/api/v1/groups/join", .signedIn, summary: "Joins the group that has this code.")
  package static let group = Route<IDQuery, GroupReply>(
    .get, "/api/v1/groups/{id}", .signedIn, summary: "A group with its members.")
  package static let changeGroup = Route<GroupChange, GroupReply>(
    .patch, "/api/v1/groups/{id}", .signedIn, summary: "Changes a group's settings.")
  package static let deleteGroup = Route<IDQuery, Nothing>(
    .delete, "/api/v1/groups/{id}", .signedIn, summary: "Deletes a group for all its members.")
  package static let leaveGroup = Route<IDQuery, Nothing>(
    .post, "/api/v1/groups/{id}/leave", .signedIn, summary: "Leaves a group.")
  package static let renewCode = Route<IDQuery, GroupReply>(
    .post, "/api/v1/groups/{id}/code", .signedIn,
    summary: "Gives a group another code; the one before is void.")
  package static let invite = Route<InviteQuery, Nothing>(
    .post, "/api/v1/groups/{id}/invitations", .signedIn,
    summary: "Invites somebody by name; says nothing of whether there is somebody of that name.")
  package static let changeRole = Route<RoleQuery, GroupReply>(
    .patch, "/api/v1/groups/{id}/members/{account}", .signedIn, summary: "Gives a member a role.")
  package static let removeMember = Route<MemberQuery, GroupReply>(
    .delete, "/api/v1/groups/{id}/members/{account}", .signedIn,
    summary: "Takes a member out of a group and renews its code.")
  package static let acceptInvitation = Route<IDQuery, GroupReply>(
    .post, "/api/v1/invitations/{id}/accept", .signedIn, summary: "Follows an invitation.")
  package static let declineInvitation = Route<IDQuery, Nothing>(
    .delete, "/api/v1/invitations/{id}", .signedIn, summary: "Declines an invitation.")
  /// Not a call: a stream of server-sent events.
  package static let events = "/api/v1/sync/events"
}
