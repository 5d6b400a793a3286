#if Server
  internal import Dispatch
  internal import GRDB
  internal import Kernel
  internal import SQL

  /// One attempt to open the server's database: its connections and their settings.
  struct ServerOpening {
    let path: String
    let world: World

    /// A WAL of more bytes is folded back by force.
    static let mostWal = 16 << 20

    /// The connection that writes. Where another process serves the file it must not checkpoint:
    /// SQLite before 3.51.3 has a fault that needs two connections which do; nor may it migrate.
    func writer(isAlone: Bool) throws -> DatabaseQueue {
      let isNew = try DataFiles.makeFile(path) || DataFiles.size(path) == 0
      guard isAlone || !isNew else { throw ServerError.inUse(path: path) }
      var settings = common("lifeosd.writer")
      settings.prepareDatabase { database in
        // GRDB's own set-up of WAL would lower `synchronous`: the mode is set below.
        try database.run("PRAGMA synchronous = FULL")
        try database.run("PRAGMA wal_autocheckpoint = \(isAlone ? 1000 : 0)")
        try database.run("PRAGMA journal_size_limit = \(Self.mostWal)")
        try database.run("PRAGMA cache_size = -16000")
      }
      let queue = try DatabaseQueue(path: path, configuration: settings)
      try queue.inDatabase { database in
        if isAlone {
          try ServerMigrating(path: path, world: world).run(database)
          let mode = try database.first("PRAGMA journal_mode = WAL") { $0.text(0) }
          guard mode == "wal" else {
            throw ServerError.noAccess(path: path, reason: "its file system has no shared memory")
          }
        } else if try !ServerMigrating.isCurrent(database, path) {
          throw ServerError.inUse(path: path)
        }
      }
      return queue
    }

    /// A connection that only reads, and never waits for the writer.
    func reader() throws -> DatabaseQueue {
      var settings = common("lifeosd.reader")
      settings.readonly = true
      settings.prepareDatabase { database in
        try database.run("PRAGMA cache_size = -8000")
      }
      return try DatabaseQueue(path: path, configuration: settings)
    }

    private func common(_ label: String) -> Configuration {
      var settings = Configuration()
      settings.foreignKeysEnabled = false
      settings.busyMode = .timeout(5)
      settings.label = label
      settings.prepareDatabase { database in
        try database.run("PRAGMA cell_size_check = ON")
        try database.run("PRAGMA temp_store = MEMORY")
      }
      return settings
    }
  }
#endif
