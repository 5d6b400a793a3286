internal import GRDB
internal import Kernel
internal import SQL

/// Small facts of the profile: the table `sync_meta`.
struct SyncMeta {
  let database: Database

  func text(_ key: String) throws -> String? {
    try database.first("SELECT v FROM sync_meta WHERE k = ?", [.text(key)]) {
      $0.isNull(0) ? nil : $0.text(0)
    } ?? nil
  }

  func id(_ key: String) throws -> EntryID? {
    try database.first("SELECT v FROM sync_meta WHERE k = ?", [.text(key)]) { $0.id(0) } ?? nil
  }

  func integer(_ key: String) throws -> Int64 {
    try database.integer("SELECT v FROM sync_meta WHERE k = ?", [.text(key)])
  }

  func set(_ key: String, _ datum: Datum) throws {
    try database.run(
      "INSERT INTO sync_meta (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v",
      [.text(key), datum])
  }
}
