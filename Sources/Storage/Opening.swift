internal import GRDB
internal import Kernel
internal import SQL

/// One attempt to open a database: the connection, its settings and its migrations.
struct Opening: Sendable {
  let path: String?
  let schema: Schema
  let world: World
  let token: WriteToken
  let walLock: WalLock?

  /// "life" in the header's application id.
  static let application: Int64 = 0x6C69_6665

  func open() throws(StoreError) -> DatabaseQueue {
    var isNew = true
    var holdsWal = false
    if let path {
      isNew = try Footing.prepare(path)
      holdsWal = (Files.facts(path + "-wal")?.size ?? 0) > 0
    }
    do {
      let queue = try connect()
      try queue.inDatabase { database in
        if let path, !isNew, !holdsWal { try checkLength(database, path) }
        guard try database.integer("PRAGMA user_version") != Int64(schema.mark) else {
          try useWal(database)
          return try checkFile(database)
        }
        try walLock?.holdAlone()
        defer { walLock?.release() }
        try Migrating(opening: self, database: database).run()
      }
      return queue
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private func connect() throws -> DatabaseQueue {
    var settings = Configuration()
    settings.foreignKeysEnabled = false
    settings.busyMode = .timeout(Double(WalLock.patience) / 1000)
    settings.label = "lifeos.storage"
    let token = token
    settings.prepareDatabase { database in
      token.register(in: database)
      // GRDB's own set-up of WAL would lower `synchronous`: the journal mode is set by `useWal`.
      try database.run("PRAGMA synchronous = FULL")
      try database.run("PRAGMA cell_size_check = ON")
      try database.run("PRAGMA wal_autocheckpoint = 0")
      try database.run("PRAGMA temp_store = MEMORY")
      try database.run("PRAGMA cache_size = -4000")
    }
    guard let path else { return try DatabaseQueue(configuration: settings) }
    return try DatabaseQueue(path: path, configuration: settings)
  }

  /// The journal mode lies in the file: it is only set where it is another.
  func useWal(_ database: Database) throws {
    guard let path else { return }
    let mode = try database.first("PRAGMA journal_mode") { $0.text(0) }
    guard mode != "wal" else { return }
    let result = try database.first("PRAGMA journal_mode = WAL") { $0.text(0) }
    guard result == "wal" else { throw StoreError.networkFileSystem(path: path) }
  }

  /// A file that is shorter than its header says was cut off. (With a WAL beside it, pages may be
  /// there that the file does not have yet.)
  private func checkLength(_ database: Database, _ path: String) throws {
    guard try isShort(database, path) else { return }
    // Another process may have written to the WAL since: look again while nobody can fold it back.
    try walLock?.share()
    defer { walLock?.release() }
    let isCutOff = try isShort(database, path)
    guard !isCutOff || (walLock?.size ?? 0) > 0 else { throw StoreError.damaged(path: path) }
  }

  private func isShort(_ database: Database, _ path: String) throws -> Bool {
    let pages = try database.integer("PRAGMA page_count")
    let size = try database.integer("PRAGMA page_size")
    return Int64(Files.facts(path)?.size ?? 0) < pages * size
  }
}
