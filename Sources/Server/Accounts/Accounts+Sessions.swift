#if Server
  internal import GRDB
  package import Kernel
  internal import SQL
  package import Wire

  /// Staying in and going out: the sessions of an account.
  extension Accounts {
    /// By the rule of the idempotent successor: see `Renewal`. 409 `refresh_in_progress` in a race,
    /// 401 `session_revoked` for what renews nothing (any more).
    package func refresh(
      _ query: RefreshQuery, from address: String = ""
    ) async throws(APIError) -> Tokens {
      guard let idem = Hexadecimal.bytes(query.idem), idem.count == 16 else {
        throw APIError(
          status: 422, code: .malformed, message: "A renewal needs 16 bytes that tell it apart.",
          details: ["field": "idem"])
      }
      let now = database.now()
      let renewal = Renewal(
        token: query.refresh, idem: idem, now: now, secret: secrets.successor,
        life: settings.refreshSeconds * 1000, address: address)
      switch try await write({ try renewal.run(in: $0) }) {
      case .renewed(let session, let refresh):
        return try await tokens(of: session, refresh, at: now)
      case .inProgress:
        throw APIError(
          status: 409, code: .refreshInProgress, message: "This session is being renewed.",
          retryAfter: 1)
      case .reused(let session):
        announceEnd(of: [session])
        throw Self.ended
      case .refused:
        throw Self.ended
      }
    }

    /// Ends the caller's session.
    package func logout(_ caller: Caller) async throws(APIError) {
      try await end(caller.session, by: caller, .signOut)
    }

    /// Who the caller is, and what they may sync.
    package func me(_ caller: Caller) async throws(APIError) -> MeReply {
      let now = database.now()
      return try await read { database in
        guard let account = try Account.find(caller.account, in: database) else {
          throw Self.ended
        }
        return try self.me(account, at: now, in: database)
      }
    }

    /// The sessions of the caller's account that have not ended, the last used first.
    package func sessions(_ caller: Caller) async throws(APIError) -> SessionsReply {
      let now = database.now()
      return try await read { database in
        let sessions = try Session.live(of: caller.account, at: now, in: database)
        return SessionsReply(
          sessions: try sessions.map { session in
            let device = try database.first(
              "SELECT name, app, last_seen FROM device WHERE id = ?", [.id(session.device)]
            ) {
              (
                name: $0.text(0), app: $0.text(1), seen: Moment(milliseconds: $0.integer(2))
              )
            }
            return SessionInfo(
              id: session.id, device: session.device, name: device?.name ?? "",
              app: device?.app ?? "", created: session.created, lastUsed: session.lastUsed,
              isCurrent: session.id == caller.session)
          })
      }
    }

    /// 404 where the account has no such session, be it somebody else's.
    package func revoke(_ session: EntryID, _ caller: Caller) async throws(APIError) {
      try await end(session, by: caller, session == caller.session ? .signOut : .revoked)
    }

    private func end(
      _ id: EntryID, by caller: Caller, _ event: Audit.Event
    ) async throws(APIError) {
      let now = database.now()
      try await write { database in
        try self.confirm(caller, in: database)
        guard let session = try Session.find(id, in: database), session.account == caller.account,
          try session.end(at: now, in: database)
        else {
          throw APIError(status: 404, code: .notFound, message: "There is no such session.")
        }
        try Audit(account: caller.account, session: id, device: session.device)
          .note(event, at: now, in: database)
      }
      announceEnd(of: [id])
    }
  }
#endif
