internal import GRDB
internal import GRDBSQLite
package import Kernel
internal import SQL

/// What `lifeos doctor` looks at.
package struct Health: Equatable, Sendable {
  /// The rows of one kind.
  package struct Rows: Equatable, Sendable {
    package let kind: Kind
    package let live: Int
    /// In the trash.
    package let dead: Int
  }

  /// Of the library that is loaded, such as `3.40.1`.
  package var sqliteVersion = ""
  /// True before 3.51.3, whose checkpoints need the care that the store takes.
  package var hasWalResetFault = false
  package var journalMode = ""
  /// 2 is FULL: a commit is on disk when it returns.
  package var synchronous = 0
  /// Bytes; 0 in memory.
  package var databaseSize = 0
  package var walSize = 0
  /// By the kinds' names.
  package var rows: [Rows] = []
  /// In the search index.
  package var documents = 0
  /// In the outbox.
  package var waitingOperations = 0
  package var drafts = 0
  /// What `integrity_check` and the search index's own check have found; empty where all is well.
  package var complaints: [String] = []
  package var newestBackup: Backup?
}

extension Store {
  /// Examines the database, all of it: seconds for a large one. `backups` is the folder of backups.
  package func health(backups folder: String?) throws -> Health {
    var health = Health()
    health.newestBackup = folder.flatMap { Store.backups(in: $0).first }
    health.hasWalResetFault = sqlite3_libversion_number() < 3_051_003
    if let path {
      health.databaseSize = Files.facts(path)?.size ?? 0
      health.walSize = walLock?.size ?? 0
    }
    try read { database in
      health.sqliteVersion = try database.first("SELECT sqlite_version()") { $0.text(0) } ?? ""
      health.journalMode = try database.first("PRAGMA journal_mode") { $0.text(0) } ?? ""
      health.synchronous = Int(try database.integer("PRAGMA synchronous"))
      let total = try rowCounts(database)
      let own = ConflictSeen.kind
      for (kind, count) in total.sorted(by: { $0.key.name < $1.key.name }) where kind != own {
        let dead = Int(
          try database.integer("SELECT count(*) FROM \"\(kind.name)\" WHERE _dead"))
        health.rows.append(Health.Rows(kind: kind, live: count - dead, dead: dead))
      }
      health.documents = Int(try database.integer("SELECT count(*) FROM search_row"))
      health.waitingOperations = Int(
        try database.integer("SELECT count(*) FROM sync_outbox WHERE state = 'pending'"))
      health.drafts = Int(try database.integer("SELECT count(*) FROM draft"))
      health.complaints = try CopyCheck.complaints(database)
    }
    health.complaints += try searchComplaints()
    return health
  }

  /// FTS5 checks itself by a statement that looks like a write.
  private func searchComplaints() throws -> [String] {
    do {
      try transaction { try $0.run("INSERT INTO search (search) VALUES ('integrity-check')") }
      return []
    } catch StoreError.damaged {
      return ["the search index does not fit its text: rebuild it"]
    }
  }
}
