extension DeviceInfo: ShapedMessage {
  package static let shape = MessageShape<DeviceInfo>(
    "The device that asks.",
    .init("id", .id("Made by the device, once."), \.id),
    .init("name", .text("For people.", upTo: 200), \.name),
    .init("app", .text("Program and version: lifeos/1.4.0.", upTo: 64), \.app)
  ) { DeviceInfo(id: $0, name: $1, app: $2) }
}

extension RegisterQuery: ShapedMessage {
  package static let shape = MessageShape<RegisterQuery>(
    "A new account.",
    .init("user", .text("3 to 32 of a-z, 0-9, and _ . -", upTo: 64), \.user),
    .init("email", .optional(.text("An e-mail address.", upTo: 320)), \.email),
    .init("password", .password("At least 8 characters, with upper, lower and digit."), \.password),
    .init("device", .message(), \.device)
  ) { RegisterQuery(user: $0, email: $1, password: $2, device: $3) }
}

extension LoginQuery: ShapedMessage {
  package static let shape = MessageShape<LoginQuery>(
    "Somebody who signs in.",
    .init("user", .text("A user's name or e-mail address.", upTo: 320), \.user),
    .init("password", .password("The password."), \.password),
    .init("device", .message(), \.device)
  ) { LoginQuery(user: $0, password: $1, device: $2) }
}

extension Tokens: ShapedMessage {
  package static let shape = MessageShape<Tokens>(
    "A pair of tokens; the times are the server's.",
    .init("access_token", .text("Goes with every call, as a bearer token.", upTo: 4_096), \.access),
    .init("access_expires", .moment("The end of the access token"), \.accessExpires),
    .init("refresh_token", .text("Renews both, once.", upTo: 4_096), \.refresh),
    .init("refresh_expires", .moment("The end of the refresh token"), \.refreshExpires),
    .init("session", .id("The session that both belong to."), \.session)
  ) {
    Tokens(access: $0, accessExpires: $1, refresh: $2, refreshExpires: $3, session: $4)
  }
}

extension SpaceInfo: ShapedMessage {
  package static let shape = MessageShape<SpaceInfo>(
    "A space that the account may sync.",
    .init("id", .id("The space."), \.id),
    .init("kind", .text("personal or group.", upTo: 64), \.kind),
    .init("role", .text("owner, admin, moderator, member or reader.", upTo: 64), \.role)
  ) { SpaceInfo(id: $0, kind: $1, role: $2) }
}

extension MeReply: ShapedMessage {
  package static let shape = MessageShape<MeReply>(
    "Who has signed in, and what they may sync.",
    .init("id", .id("The account."), \.id),
    .init("user", .text("The user's name.", upTo: 64), \.user),
    .init("email", .optional(.text("The e-mail address.", upTo: 320)), \.email),
    .init("created", .moment("When the account was made"), \.created),
    .init("server_id", .id("The server, whatever its address."), \.serverID),
    .init("spaces", .list(of: .message()), \.spaces),
    .init("now", .moment("The server's clock"), \.now)
  ) {
    MeReply(
      id: $0, user: $1, email: $2, created: $3, serverID: $4, spaces: $5, now: $6)
  }
}

extension SessionReply: ShapedMessage {
  package static let shape = MessageShape<SessionReply>(
    "A session that has just begun.",
    .init("me", .message(), \.me),
    .init("tokens", .message(), \.tokens)
  ) { SessionReply(me: $0, tokens: $1) }
}

extension RefreshQuery: ShapedMessage {
  package static let shape = MessageShape<RefreshQuery>(
    "A refresh token on its way to its successor.",
    .init("refresh_token", .text("The one at hand.", upTo: 4_096), \.refresh),
    .init("idem", .hex("Random; the same until a successor is stored.", digits: 32), \.idem)
  ) { RefreshQuery(refresh: $0, idem: $1) }
}

extension ChangePasswordQuery: ShapedMessage {
  package static let shape = MessageShape<ChangePasswordQuery>(
    "Another password.",
    .init("current", .password("The password until now."), \.current),
    .init("new", .password("At least 8 characters, with upper, lower and digit."), \.new)
  ) { ChangePasswordQuery(current: $0, new: $1) }
}

extension SessionInfo: ShapedMessage {
  package static let shape = MessageShape<SessionInfo>(
    "One sign-in of an account.",
    .init("id", .id("The session."), \.id),
    .init("device", .id("The device that signed in."), \.device),
    .init("name", .text("The device's name.", upTo: 200), \.name),
    .init("app", .text("Program and version.", upTo: 64), \.app),
    .init("created", .moment("The sign-in"), \.created),
    .init("last_used", .moment("The last renewal or call"), \.lastUsed),
    .init("current", .flag("True for the session that asks."), \.isCurrent)
  ) {
    SessionInfo(
      id: $0, device: $1, name: $2, app: $3, created: $4, lastUsed: $5, isCurrent: $6)
  }
}

extension SessionsReply: ShapedMessage {
  package static let shape = MessageShape<SessionsReply>(
    "All sessions of the account.",
    .init("sessions", .list(of: .message()), \.sessions)
  ) { SessionsReply(sessions: $0) }
}

extension IDQuery: ShapedMessage {
  package static let shape = MessageShape<IDQuery>(
    "Something named by its id.",
    .init("id", .id("What is meant."), \.id)
  ) { IDQuery(id: $0) }
}

extension DeleteAccountQuery: ShapedMessage {
  package static let shape = MessageShape<DeleteAccountQuery>(
    "The password once more.",
    .init("password", .password("The password."), \.password)
  ) { DeleteAccountQuery(password: $0) }
}

extension HealthReply: ShapedMessage {
  package static let shape = MessageShape<HealthReply>(
    "How the server is.",
    .init("status", .text("ok or failing.", upTo: 64), \.status),
    .init("database", .text("ok, or what is wrong.", upTo: 1_000), \.database),
    .init("version", .text("The server's version.", upTo: 64), \.version),
    .init("server_id", .id("The server, whatever its address."), \.serverID),
    .init("now", .moment("The server's clock"), \.now)
  ) { HealthReply(status: $0, database: $1, version: $2, serverID: $3, now: $4) }
}

extension Nothing: WireMessage {
  /// Takes any JSON, and no bytes at all.
  package init(bytes: [UInt8]) throws(WireError) {
    if !bytes.isEmpty { _ = try JSON(bytes: bytes) }
    self.init()
  }
  package var bytes: [UInt8] { Array("{}".utf8) }
  package static var schema: JSON {
    ["type": "object", "description": "Nothing: an empty object."]
  }
}

extension AccountExport: WireMessage {
  package init(json: JSON) throws(WireError) { self.init(content: json) }
  package var json: JSON { content }
  package init(bytes: [UInt8]) throws(WireError) { self.init(content: try JSON(bytes: bytes)) }
  package var bytes: [UInt8] { content.bytes }
  package static var schema: JSON {
    [
      "type": "object",
      "description": "The account with everything that hangs on it; members may be added.",
    ]
  }
}

extension SnapshotQuery: ShapedMessage {
  package static let shape = MessageShape<SnapshotQuery>(
    "Which page of a snapshot.",
    .init("space", .id("The space."), \.space),
    .init("after", .optional(.key("The page before ended there: collection,id.")), \.after)
  ) { SnapshotQuery(space: $0, after: $1) }
}
