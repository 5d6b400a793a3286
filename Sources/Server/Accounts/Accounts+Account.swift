#if Server
  internal import GRDB
  internal import Kernel
  internal import Ledger
  internal import SQL
  package import Wire

  /// What concerns an account as a whole, asked by its owner.
  extension Accounts {
    /// Ends all other sessions.
    package func changePassword(
      _ query: ChangePasswordQuery, _ caller: Caller
    ) async throws(APIError) {
      try Credentials.checkNew(password: query.new)
      let account = try await prove(query.current, caller)
      let hash = try await hasher.hash(query.new)
      let now = database.now()
      let ended = try await write { database in
        try self.confirm(account, caller, in: database)
        try Account.setPassword(hash, of: account.id, in: database)
        let ended = try Session.endAll(
          of: account.id, but: caller.session, at: now, in: database)
        try Audit(account: account.id, session: caller.session, device: caller.device)
          .note(.password, at: now, in: database)
        return ended
      }
      announceEnd(of: ended)
    }

    /// Deletes the account with everything that hangs on it; the server keeps that one was deleted,
    /// not which.
    package func delete(
      _ query: DeleteAccountQuery, _ caller: Caller
    ) async throws(APIError) {
      let account = try await prove(query.password, caller)
      let now = database.now()
      let (ended, news) = try await write { database in
        try self.confirm(account, caller, in: database)
        let ended = try Session.live(of: account.id, at: now, in: database).map(\.id)
        return (ended, try self.erase(account.id, at: now, in: database))
      }
      announceEnd(of: ended)
      announce(news)
      await database.fold()
    }

    /// Returns what the account's groups have to hear of it.
    func erase(_ account: EntryID, at now: Moment, in database: Database) throws -> GroupNews {
      var groups = GroupWork(
        database, ledger, world, server: self.database.serverID, now: now)
      try groups.erase(account)
      try ledger.deleteAccount(account, in: database)
      try database.run(
        """
        DELETE FROM spent_token WHERE session IN (SELECT id FROM session WHERE account = ?)
        """, [.id(account)])
      try database.run("DELETE FROM session WHERE account = ?", [.id(account)])
      try database.run("DELETE FROM auth_failure WHERE account = ?", [.id(account)])
      try database.run("DELETE FROM account WHERE id = ?", [.id(account)])
      // The lines of an account that is gone are the only ones that may go.
      try database.run("DELETE FROM audit WHERE account = ?", [.id(account)])
      try Audit().note(.deleted, at: now, in: database)
      return groups.news
    }

    /// The account, whose password was given once more.
    private func prove(
      _ password: String, _ caller: Caller
    ) async throws(APIError) -> Account {
      let brake = SignInBrake(name: caller.account.description, address: "signed in")
      let began = database.now()
      let account = try await read { database -> Account in
        try brake.check(at: began, in: database)
        guard let account = try Account.find(caller.account, in: database) else {
          throw Self.ended
        }
        return account
      }
      let isRight = try await hasher.matches(password, account.password)
      let now = database.now()
      try await write { database in
        if isRight { return try brake.forget(in: database) }
        try brake.noteFailure(of: account.id, at: now, in: database)
        try Audit(account: account.id, session: caller.session, device: caller.device)
          .note(.failedSignIn, at: now, in: database)
      }
      guard isRight else {
        throw APIError(
          status: 403, code: .invalidCredentials, message: "The password is wrong.",
          details: ["field": "password"])
      }
      return account
    }

    /// What was proven must still hold when it is acted on.
    private func confirm(_ account: Account, _ caller: Caller, in database: Database) throws {
      try confirm(caller, in: database)
      guard try Account.find(account.id, in: database)?.password == account.password else {
        throw Self.ended
      }
    }
  }
#endif
