#if Server
  internal import GRDB
  package import Kernel
  internal import Ledger
  internal import SQL

  /// A verified copy of the server's database.
  package struct ServerBackup: Hashable, Sendable {
    package let path: String
    package let day: Day
    /// Bytes.
    package let size: Int

    /// How many days are kept.
    static let kept = 14
    private static let prefix = "lifeosd-"
    private static let suffix = ".sqlite"

    static func name(_ day: Day) -> String { prefix + day.description + suffix }

    /// nil for a file that is no backup.
    static func day(of name: String) -> Day? {
      guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
      return Day(name.dropFirst(prefix.count).dropLast(suffix.count))
    }
  }

  extension ServerDatabase {
    /// Copies the database into `folder`, checks the copy (`integrity_check`, counts), and keeps the
    /// 14 newest days. A backup of the same day is replaced. Throws `ServerError`.
    package func backUp(into folder: String) async throws -> ServerBackup {
      let day = world.clock.day
      let target = folder + "/" + ServerBackup.name(day)
      do {
        try DataFiles.makePrivateFolder(folder)
        let copy = AsideName.free(target + ".unfinished", at: world.now())
        guard try DataFiles.makeFile(copy) else {
          throw ServerError.noAccess(path: copy, reason: "exists")
        }
        do {
          let counts = try await look { database in
            try Self.copy(database, to: copy)
            return try ServerCopy.counts(database)
          }
          _ = try await look { _ in try ServerCopy(path: copy).check(expecting: counts) }
          DataFiles.flush(copy)
          try DataFiles.move(copy, to: target)
        } catch {
          try DataFiles.remove(copy)
          throw error
        }
        for old in Self.backups(in: folder).dropFirst(ServerBackup.kept) {
          try DataFiles.remove(old.path)
        }
      } catch {
        throw ServerError(error, path: folder)
      }
      return ServerBackup(path: target, day: day, size: DataFiles.size(target) ?? 0)
    }

    /// True where `folder` has no backup of today.
    package func needsBackup(in folder: String) -> Bool {
      !DataFiles.exists(folder + "/" + ServerBackup.name(world.clock.day))
    }

    /// The backups in `folder`, newest first.
    package static func backups(in folder: String) -> [ServerBackup] {
      DataFiles.names(in: folder).compactMap { name in
        let path = folder + "/" + name
        guard let day = ServerBackup.day(of: name), let size = DataFiles.size(path) else {
          return nil
        }
        return ServerBackup(path: path, day: day, size: size)
      }.sorted { $0.day > $1.day }
    }

    /// Puts a checked copy of `backup` at `path`: each space gets another epoch, so that devices give
    /// back what the backup lacks, and all sessions end. What stood there is kept under another name,
    /// which is returned. Throws `ServerError`; `.inUse` while a lifeosd serves it.
    package static func restore(
      _ backup: String, to path: String, world: World
    ) throws -> String? {
      guard DataFiles.size(backup) != nil else { throw ServerError.noSuchFile(path: backup) }
      try DataFiles.makePrivateFolder(DataFiles.folder(of: path))
      guard let lock = try ServerLock(database: path, patience: 2_000) else {
        throw ServerError.inUse(path: path)
      }
      return try withExtendedLifetime(lock) {
        let copy = AsideName.free(path + ".restored", at: world.now())
        do {
          try DataFiles.copy(backup, to: copy)
          try ServerCopy(path: copy).check()
          try renew(copy, instead: path, world)
        } catch ServerError.damaged, ServerError.foreign {
          try DataFiles.remove(copy)
          throw ServerError.damaged(path: backup)
        } catch {
          if DataFiles.exists(copy) { try DataFiles.remove(copy) }
          throw ServerError(error, path: path)
        }
        let aside = DataFiles.exists(path) ? try moveAside(path, world: world) : nil
        try DataFiles.move(copy, to: path)
        return aside
      }
    }

    /// Makes a copy a server of its own time: another epoch a space, nobody signed in, and a clock
    /// that does not go back behind the one of the database that it replaces.
    private static func renew(_ copy: String, instead path: String, _ world: World) throws {
      let floor = DataFiles.exists(path) ? clockFloor(of: path) : 0
      try ServerCopy(path: copy).open { database in
        try ServerMigrating(path: copy, world: world).run(database)
        try database.inTransaction(.immediate) {
          for table in ["session", "spent_token", "auth_failure"] {
            try database.run("DELETE FROM \(table)")
          }
          try database.run(
            "UPDATE server_meta SET v = max(v, ?) WHERE k = 'hlc_floor'", [.integer(floor)])
          let old = try database.integer("SELECT v FROM server_meta WHERE k = 'hlc_floor'")
          let now = max(world.now(), Moment(milliseconds: old))
          try Ledger().rotateEpochs(at: now, in: database, newEpoch: world.newID)
          try Audit().note(.restore, at: now, in: database)
          return .commit
        }
      }
    }

    /// 0 where the database is too damaged to tell.
    private static func clockFloor(of path: String) -> Int64 {
      do {
        var settings = Configuration()
        settings.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: settings)
        return try queue.inDatabase {
          try $0.integer("SELECT v FROM server_meta WHERE k = 'hlc_floor'")
        }
      } catch {
        return 0
      }
    }

    private static func moveAside(_ path: String, world: World) throws -> String {
      let aside = AsideName.free(path + ".aside", at: world.now())
      // The WAL first: a database without it is older, but whole; a WAL without its database would
      // be taken for the next one's.
      for ending in ["-wal", "-shm", ""] where DataFiles.exists(path + ending) {
        try DataFiles.move(path + ending, to: aside + ending)
      }
      return aside
    }

    private static func copy(_ source: Database, to copy: String) throws {
      var settings = Configuration()
      settings.foreignKeysEnabled = false
      let target = try DatabaseQueue(path: copy, configuration: settings)
      try target.writeWithoutTransaction { try source.backup(to: $0) }
      try target.writeWithoutTransaction { try $0.run("PRAGMA journal_mode = DELETE") }
      try target.close()
    }
  }
#endif
