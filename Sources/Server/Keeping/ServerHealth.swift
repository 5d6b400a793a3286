#if Server
  /// What `lifeosd doctor` looks at.
  package struct ServerHealth: Hashable, Sendable {
    /// Of the library that is loaded, such as `3.40.1`.
    package var sqliteVersion = ""
    package var journalMode = ""
    /// 2 is FULL: a commit is on disk when it returns.
    package var synchronous = 0
    /// Bytes.
    package var databaseSize = 0
    package var walSize = 0
    package var accounts = 0
    /// That have not ended.
    package var sessions = 0
    package var devices = 0
    package var spaces = 0
    /// In all spaces.
    package var operations = 0
    package var registers = 0
    /// What `integrity_check` found, and spaces whose digest is not that of their registers; empty
    /// where all is well.
    package var complaints: [String] = []
    package var newestBackup: ServerBackup?
  }

  extension ServerDatabase {
    /// Examines the database, all of it: seconds for a large one. Throws `ServerError`.
    package func health(backups folder: String?) async throws -> ServerHealth {
      fatalError("CONTRACT")
    }
  }
#endif
