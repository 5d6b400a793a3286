#if Server
  package import Kernel
  package import Wire

  /// Accounts, their sessions and tokens. All functions throw `APIError` with a status to answer by.
  package struct Accounts: Sendable {
    package init(
      database: ServerDatabase, secrets: Secrets, world: World,
      settings: AccountSettings = AccountSettings()
    ) {
      fatalError("CONTRACT")
    }
    package func register(
      _ query: RegisterQuery, from address: String = ""
    ) async throws(APIError) -> SessionReply {
      fatalError("CONTRACT")
    }
    package func login(
      _ query: LoginQuery, from address: String = ""
    ) async throws(APIError) -> SessionReply {
      fatalError("CONTRACT")
    }
    package func refresh(
      _ query: RefreshQuery, from address: String = ""
    ) async throws(APIError) -> Tokens {
      fatalError("CONTRACT")
    }
    package func logout(_ caller: Caller) async throws(APIError) { fatalError("CONTRACT") }
    package func me(_ caller: Caller) async throws(APIError) -> MeReply { fatalError("CONTRACT") }
    package func changePassword(
      _ query: ChangePasswordQuery, _ caller: Caller
    ) async throws(APIError) { fatalError("CONTRACT") }
    package func sessions(_ caller: Caller) async throws(APIError) -> SessionsReply {
      fatalError("CONTRACT")
    }
    package func revoke(_ session: EntryID, _ caller: Caller) async throws(APIError) {
      fatalError("CONTRACT")
    }
    package func delete(_ query: DeleteAccountQuery, _ caller: Caller) async throws(APIError) {
      fatalError("CONTRACT")
    }
    package func export(_ caller: Caller) async throws(APIError) -> AccountExport {
      fatalError("CONTRACT")
    }
    /// Checks an access token: signature, times, and the session's row.
    package func authorise(_ token: String) async throws(APIError) -> Caller {
      fatalError("CONTRACT")
    }
    /// False once the caller's session has ended, be it by another process (`lifeosd user disable`):
    /// for streams, which ask now and then.
    package func isLive(_ caller: Caller) async -> Bool { fatalError("CONTRACT") }
    /// Called with a session that has just ended, so that its streams end too.
    package func onEnd(_ body: @escaping @Sendable (EntryID) -> Void) { fatalError("CONTRACT") }
  }
#endif
