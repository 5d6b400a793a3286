#if Server
  internal import GRDB
  internal import Kernel
  internal import Ledger
  internal import SQL
  package import Wire

  /// Coming in: registering and signing in.
  extension Accounts {
    /// What a sign-in has made, before its tokens are written.
    private struct Entrance {
      let me: MeReply
      let session: Session
      let refresh: RefreshToken
    }

    /// Makes an account with its personal space, and signs in. 403 `registration_closed`, 409
    /// `name_taken`, 422 `weak_password` or `malformed`.
    package func register(
      _ query: RegisterQuery, from address: String = ""
    ) async throws(APIError) -> SessionReply {
      guard settings.isRegistrationOpen else {
        throw APIError(
          status: 403, code: .registrationClosed,
          message: "This server takes no new accounts: ask the person who runs it.")
      }
      let draft = try await draft(query.user, email: query.email, password: query.password)
      let now = database.now()
      let entrance = try await write { database in
        try self.insert(draft, at: now, in: database)
        try Audit(account: draft.account.id, device: query.device.id, address: address)
          .note(.registered, at: now, in: database)
        return try self.enter(draft.account, query.device, address, at: now, in: database)
      }
      return try await reply(to: entrance, at: now)
    }

    /// Signs in by name or e-mail address. 401 `invalid_credentials`, alike for unknown accounts; 429
    /// while the delay after failures runs; 403 for an account that is switched off.
    package func login(
      _ query: LoginQuery, from address: String = ""
    ) async throws(APIError) -> SessionReply {
      let brake = SignInBrake(name: query.user, address: address)
      let began = database.now()
      let found = try await read { database in
        try brake.check(at: began, in: database)
        return try Account.find(named: query.user, in: database)
      }
      let isRight = try await hasher.matches(query.password, found?.password)
      let now = database.now()
      let entrance = try await write { database -> Entrance? in
        // What was compared must still hold: it took a while.
        guard isRight, let found, let account = try Account.find(found.id, in: database),
          account.password == found.password
        else {
          try brake.noteFailure(of: found?.id, at: now, in: database)
          try Audit(account: found?.id, device: query.device.id, address: address)
            .note(.failedSignIn, at: now, in: database)
          return nil
        }
        guard account.disabled == nil else {
          throw APIError(
            status: 403, code: .forbidden,
            message: "This account is switched off: ask the person who runs the server.")
        }
        try brake.forget(in: database)
        return try self.enter(account, query.device, address, at: now, in: database)
      }
      guard let entrance else { throw Self.wrong }
      return try await reply(to: entrance, at: now)
    }

    /// A new account on its way into the database.
    struct Draft {
      let account: Account
      let emailKey: String?
    }

    /// Checks all that can be checked before, and hashes the password.
    func draft(
      _ name: String, email: String?, password: String
    ) async throws(APIError) -> Draft {
      let name = try Credentials.name(name)
      let email = try Credentials.email(email)
      try Credentials.checkNew(password: password)
      try await read { try Account.checkFree(name: name, emailKey: email?.key, in: $0) }
      let hash = try await hasher.hash(password)
      let account = Account(
        id: world.newID(), name: name, email: email?.shown, password: hash,
        created: database.now(), disabled: nil)
      return Draft(account: account, emailKey: email?.key)
    }

    /// The account with its personal space.
    func insert(_ draft: Draft, at now: Moment, in database: Database) throws {
      try draft.account.insert(emailKey: draft.emailKey, in: database)
      try ledger.makeSpace(
        world.newID(), kind: "personal", owner: draft.account.id, epoch: world.newID(),
        in: database)
    }

    /// Signs a device in.
    private func enter(
      _ account: Account, _ device: DeviceInfo, _ address: String, at now: Moment,
      in database: Database
    ) throws -> Entrance {
      try takeIn(device, of: account.id, address, at: now, in: database)
      try Session.sweep(olderThan: settings.refreshSeconds * 1000, at: now, in: database)
      let refresh = RefreshToken()
      let session = Session(
        id: world.newID(), account: account.id, device: device.id, current: refresh.hash,
        created: now, lastUsed: now, expires: now + settings.refreshSeconds * 1000)
      try session.insert(in: database)
      try Audit(account: account.id, session: session.id, device: device.id, address: address)
        .note(.signIn, at: now, in: database)
      let me = try me(account, at: now, in: database)
      return Entrance(me: me, session: session, refresh: refresh)
    }

    /// The device's row. 403 where it is another account's.
    private func takeIn(
      _ device: DeviceInfo, of account: EntryID, _ address: String, at now: Moment,
      in database: Database
    ) throws {
      let owner = try database.first(
        "SELECT account FROM device WHERE id = ?", [.id(device.id)]
      ) { $0.id(0) }
      if let owner, owner != account {
        throw APIError(
          status: 403, code: .forbidden, message: "This device belongs to another account.",
          details: ["field": "device"])
      }
      // Who knows the password may bring back a device that was sent away.
      try database.run(
        """
        INSERT INTO device (id, account, name, app, created, last_seen)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, app = excluded.app, last_seen = excluded.last_seen,
          revoked_at = NULL
        """,
        [
          .id(device.id), .id(account), .text(String(device.name.prefix(64))),
          .text(String(device.app.prefix(64))), Datum(now),
        ])
      guard owner == nil else { return }
      try Audit(account: account, device: device.id, address: address)
        .note(.device, at: now, in: database)
    }

    private func reply(
      to entrance: Entrance, at now: Moment
    ) async throws(APIError) -> SessionReply {
      let tokens = try await tokens(of: entrance.session, entrance.refresh, at: now)
      return SessionReply(me: entrance.me, tokens: tokens)
    }

    /// The pair that a session's owner holds.
    func tokens(
      of session: Session, _ refresh: RefreshToken, at now: Moment
    ) async throws(APIError) -> Tokens {
      let access = try await tokens.make(
        account: session.account, session: session.id, gen: session.gen, at: now,
        seconds: settings.accessSeconds)
      return Tokens(
        access: access.text, accessExpires: access.expires, refresh: refresh.text,
        refreshExpires: session.expires, session: session.id)
    }

    func me(_ account: Account, at now: Moment, in database: Database) throws -> MeReply {
      let spaces = try ledger.spaces(of: account.id, in: database).map {
        SpaceInfo(id: $0.space, kind: $0.kind, role: $0.role)
      }
      return MeReply(
        id: account.id, user: account.name, email: account.email, created: account.created,
        serverID: self.database.serverID, spaces: spaces, now: now)
    }
  }
#endif
