#if Server
  package import Kernel
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
    ) async throws(APIError) -> EntryID { fatalError("CONTRACT") }
    /// All accounts, by name.
    package func users() async throws(APIError) -> [UserInfo] { fatalError("CONTRACT") }
    /// Switches an account off, which ends all its sessions, or on again. 404 where there is none.
    package func setDisabled(_ isDisabled: Bool, user: String) async throws(APIError) {
      fatalError("CONTRACT")
    }
    /// Gives an account another password and ends all its sessions. 404 where there is none.
    package func resetPassword(of user: String, to password: String) async throws(APIError) {
      fatalError("CONTRACT")
    }
  }
#endif
