#if Server
  internal import GRDB
  internal import SQL

  /// A copied database, opened by itself.
  struct ServerCopy {
    let path: String

    /// Looks whether all of it can be read, and has what it should. Throws `.damaged` or `.foreign`.
    func check(expecting counts: [String: Int64]? = nil) throws {
      do {
        try open { database in
          guard try database.integer("PRAGMA application_id") == ServerMigrating.application else {
            throw ServerError.foreign(path: path)
          }
          guard try Self.complaints(database).isEmpty else {
            throw ServerError.damaged(path: path)
          }
          if let counts, try Self.counts(database) != counts {
            throw ServerError.damaged(path: path)
          }
        }
      } catch {
        throw ServerError(error, path: path)
      }
    }

    /// Opens it without a WAL, so that the file is whole when this returns.
    func open(_ body: (Database) throws -> Void) throws {
      var settings = Configuration()
      settings.foreignKeysEnabled = false
      settings.prepareDatabase {
        try $0.run("PRAGMA cell_size_check = ON")
        try $0.run("PRAGMA synchronous = FULL")
      }
      let queue = try DatabaseQueue(path: path, configuration: settings)
      try queue.inDatabase { database in
        // A copy from before the last commit may still say that it has a WAL.
        try database.run("PRAGMA journal_mode = DELETE")
        try body(database)
      }
      try queue.close()
    }

    /// What `integrity_check` has to say; nothing where all is well.
    static func complaints(_ database: Database) throws -> [String] {
      var complaints: [String] = []
      try database.each("PRAGMA integrity_check(20)") { complaints.append($0.text(0)) }
      return complaints == ["ok"] ? [] : complaints
    }

    /// The rows of each table.
    static func counts(_ database: Database) throws -> [String: Int64] {
      var names: [String] = []
      try database.each("SELECT name FROM sqlite_master WHERE type = 'table'") {
        names.append($0.text(0))
      }
      return try Dictionary(
        uniqueKeysWithValues: names.map {
          ($0, try database.integer("SELECT count(*) FROM \"\($0)\""))
        })
    }
  }
#endif
