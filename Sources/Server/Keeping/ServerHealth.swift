#if Server
  internal import GRDB
  internal import Kernel
  internal import Ledger
  internal import SQL

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
    package var groups = 0
    /// In all spaces.
    package var operations = 0
    package var registers = 0
    /// What `integrity_check` found, and what a space's tables say of each other that is not so (the
    /// digest among it); empty where all is well.
    package var complaints: [String] = []
    package var newestBackup: ServerBackup?
  }

  extension ServerDatabase {
    /// Examines the database, all of it: seconds for a large one. Throws `ServerError`.
    package func health(backups folder: String?) async throws -> ServerHealth {
      let now = now()
      do {
        let synchronous = try await settled { try $0.integer("PRAGMA synchronous") }
        var health = try await look { database in
          func count(_ sql: String) throws -> Int { Int(try database.integer(sql)) }
          var health = ServerHealth()
          health.sqliteVersion = try database.first("SELECT sqlite_version()") { $0.text(0) } ?? ""
          health.journalMode = try database.first("PRAGMA journal_mode") { $0.text(0) } ?? ""
          health.accounts = try count("SELECT count(*) FROM account")
          health.devices = try count("SELECT count(*) FROM device")
          health.sessions = try count(
            """
            SELECT count(*) FROM session
            WHERE revoked_at IS NULL AND expires > \(now.milliseconds)
            """)
          health.groups = try count("SELECT count(*) FROM group_settings")
          health.complaints =
            try ServerCopy.complaints(database) + GroupAudit.complaints(in: database)
          let ledger = Ledger()
          for space in try ledger.states(in: database) {
            health.spaces += 1
            health.operations += Int(space.head.seq)
            health.registers += Int(space.registers)
            for flaw in try ledger.flaws(of: space.id, in: database) {
              health.complaints.append("space \(space.id): \(flaw)")
            }
          }
          return health
        }
        health.synchronous = Int(synchronous)
        health.databaseSize = DataFiles.size(path) ?? 0
        health.walSize = DataFiles.size(path + "-wal") ?? 0
        health.newestBackup = folder.flatMap { Self.backups(in: $0).first }
        return health
      } catch {
        throw ServerError(error, path: path)
      }
    }
  }
#endif
