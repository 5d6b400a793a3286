#if Server
  internal import GRDB
  package import Kernel
  internal import SQL
  package import Wire

  /// An account as `lifeosd user list` shows it.
  package struct UserInfo: Hashable, Sendable {
    package let id: EntryID
    package let name: String
    package let email: String?
    package let created: Moment
    /// When it was switched off; nil while it may sign in.
    package let disabled: Moment?
    /// Sessions that have not ended.
    package let sessions: Int
  }

  /// What the person who runs the server may do, by `lifeosd user`.
  extension Accounts {
    /// Makes an account, whether or not registration is open.
    package func addUser(
      _ name: String, email: String?, password: String
    ) async throws(APIError) -> EntryID {
      let draft = try await draft(name, email: email, password: password)
      let now = database.now()
      try await write { database in
        try self.insert(draft, at: now, in: database)
        try Audit(account: draft.account.id).note(.registered, "user add", at: now, in: database)
      }
      return draft.account.id
    }

    /// All accounts, by name.
    package func users() async throws(APIError) -> [UserInfo] {
      let now = database.now()
      return try await read { database in
        try Account.all(in: database).map { account in
          let sessions = try Session.live(of: account.id, at: now, in: database).count
          return UserInfo(
            id: account.id, name: account.name, email: account.email, created: account.created,
            disabled: account.disabled, sessions: sessions)
        }
      }
    }

    /// Switches an account off, which ends all its sessions, or on again. 404 where there is none.
    package func setDisabled(_ isDisabled: Bool, user: String) async throws(APIError) {
      let now = database.now()
      let ended = try await write { database in
        let account = try Self.account(named: user, in: database)
        try database.run(
          "UPDATE account SET disabled_at = ? WHERE id = ?",
          [isDisabled ? Datum(account.disabled ?? now) : .null, .id(account.id)])
        try Audit(account: account.id)
          .note(isDisabled ? .disabled : .enabled, at: now, in: database)
        guard isDisabled else { return [EntryID]() }
        return try Session.endAll(of: account.id, but: nil, at: now, in: database)
      }
      announceEnd(of: ended)
    }

    /// Gives an account another password and ends all its sessions. 404 where there is none.
    package func resetPassword(of user: String, to password: String) async throws(APIError) {
      try Credentials.checkNew(password: password)
      let hash = try await hasher.hash(password)
      let now = database.now()
      let ended = try await write { database in
        let account = try Self.account(named: user, in: database)
        try Account.setPassword(hash, of: account.id, in: database)
        try database.run("DELETE FROM auth_failure WHERE account = ?", [.id(account.id)])
        try Audit(account: account.id).note(.password, "user reset-password", at: now, in: database)
        return try Session.endAll(of: account.id, but: nil, at: now, in: database)
      }
      announceEnd(of: ended)
    }

    private static func account(named user: String, in database: Database) throws -> Account {
      guard let account = try Account.find(named: user, in: database) else {
        throw APIError(status: 404, code: .notFound, message: "There is no account \(user).")
      }
      return account
    }
  }
#endif
