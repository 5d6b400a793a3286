#if Server
  package import GRDB
  package import Kernel
  internal import Ledger
  internal import Synchronization
  package import Wire

  /// Accounts, their sessions and tokens. All functions throw `APIError` with a status to answer by.
  package struct Accounts: Sendable {
    let database: ServerDatabase
    let world: World
    let settings: AccountSettings
    let secrets: Secrets
    let tokens: AccessTokens
    let hasher: PasswordHasher
    let ledger = Ledger()
    private let endings = Endings()

    /// Who wants to know of sessions that end, and of groups whose members go with their accounts.
    private final class Endings: Sendable {
      let bodies = Mutex<[@Sendable (EntryID) -> Void]>([])
      let newsBodies = Mutex<[@Sendable (GroupNews) -> Void]>([])
    }

    package init(
      database: ServerDatabase, secrets: Secrets, world: World,
      settings: AccountSettings = AccountSettings()
    ) {
      self.database = database
      self.world = world
      self.settings = settings
      self.secrets = secrets
      tokens = AccessTokens(issuer: database.serverID, secrets: secrets)
      hasher = PasswordHasher(
        cost: settings.bcryptCost, threads: settings.hashingThreads,
        mostWaiting: settings.mostWaitingHashes)
    }

    /// Checks an access token: signature, times, and the session's row. 401 `token_expired` (also for
    /// what is no token of this server) or `session_revoked`.
    package func authorise(_ token: String) async throws(APIError) -> Caller {
      let now = database.now()
      let claims = try await tokens.check(token, at: now)
      let session = try database.peek { try Session.find(claims.session, in: $0) }
      guard let session, session.account == claims.account, session.isLive(at: now) else {
        throw Self.ended
      }
      if claims.gen == session.gen, session.gen > 0, !session.isSuccessorUsed {
        await noteUse(of: session)
      }
      return Caller(account: session.account, session: session.id, device: session.device)
    }

    /// Throws 401 `session_revoked` where the caller's session has ended meanwhile: for work whose
    /// right must hold at its commit.
    package func confirm(_ caller: Caller, in database: Database) throws {
      guard let session = try Session.find(caller.session, in: database),
        session.account == caller.account, session.isLive(at: self.database.now())
      else { throw Self.ended }
    }

    /// False once the caller's session has ended, be it by another process (`lifeosd user disable`):
    /// for streams, which ask now and then.
    package func isLive(_ caller: Caller) async -> Bool {
      do throws(APIError) {
        try database.peek { try confirm(caller, in: $0) }
        return true
      } catch {
        // A database that cannot be read now does not end a stream.
        return error.status == 503
      }
    }

    /// Called with a session that has just ended, so that its streams end too.
    package func onEnd(_ body: @escaping @Sendable (EntryID) -> Void) {
      endings.bodies.withLock { $0.append(body) }
    }

    /// Called with what groups have to hear of an account that is gone.
    package func onNews(_ body: @escaping @Sendable (GroupNews) -> Void) {
      endings.newsBodies.withLock { $0.append(body) }
    }

    func announce(_ news: GroupNews) {
      for body in endings.newsBodies.withLock({ $0 }) { body(news) }
    }

    func announceEnd(of sessions: [EntryID]) {
      let bodies = endings.bodies.withLock { $0 }
      for session in sessions {
        for body in bodies { body(session) }
      }
    }

    /// The first use of what a renewal gave: from now on the token before it is a thief's.
    private func noteUse(of session: Session) async {
      do {
        try await database.write { database in
          try database.execute(
            sql: "UPDATE session SET successor_used = 1 WHERE id = ? AND gen = ?",
            arguments: [session.id, session.gen])
        }
      } catch {
        // The request itself may need no writing: a full disk does not stop reading. It is tried
        // again with the next one.
      }
    }

    func write<T: Sendable>(
      _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(APIError) -> T {
      do {
        return try await database.write(body)
      } catch {
        throw APIError(inside: error)
      }
    }

    func read<T: Sendable>(
      _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(APIError) -> T {
      do {
        return try await database.read(body)
      } catch {
        throw APIError(inside: error)
      }
    }

    static let ended = APIError(
      status: 401, code: .sessionRevoked, message: "This session has ended: sign in again.")
    /// One answer for unknown accounts and wrong passwords.
    static let wrong = APIError(
      status: 401, code: .invalidCredentials, message: "The user or the password is wrong.")
  }
#endif
