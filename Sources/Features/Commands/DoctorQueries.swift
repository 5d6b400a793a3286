internal import GRDB
internal import GRDBSQLite
internal import Kernel
internal import Storage

/// The figures of a store for `lifeos doctor`.
struct DoctorQueries {
  struct Health {
    /// `ok`, or the first thing that SQLite finds wrong.
    var integrity: String
    var journalMode: String
    /// Rows a kind, deleted ones included.
    var rows: [(kind: String, count: Int)]
    /// Operations that no server has seen.
    var outbox: Int
  }

  let store: Store
  init(_ store: Store) { self.store = store }

  /// The SQLite library that the program runs with.
  static var libraryVersion: (text: String, number: Int) {
    (String(cString: sqlite3_libversion()), Int(sqlite3_libversion_number()))
  }

  func health() throws -> Health {
    try store.read { database in
      Health(
        integrity: try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") ?? "no answer",
        journalMode: try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? "no answer",
        rows: try store.schema.entries.map { entry in
          let sql = "SELECT count(*) FROM \"\(entry.kind.name)\""
          return (entry.kind.name, try Int.fetchOne(database, sql: sql) ?? 0)
        },
        outbox: try Int.fetchOne(database, sql: "SELECT count(*) FROM sync_outbox") ?? 0)
    }
  }
}
