package import GRDB
package import Kernel
internal import SQL
internal import Synchronization

/// The one SQLite file of a profile, and the only state that the parts of the program share.
///
/// Safe to use from any thread. Reads and writes are synchronous. A read or a write must not be
/// called from inside another one.
package final class Store: Sendable {
  package let world: World
  package let schema: Schema
  /// The file; nil in memory.
  package let path: String?

  /// All of them, but in the simulator.
  let rules: SyncRules
  let tables: [Kind: KindTable]
  let queue: DatabaseQueue
  let token: WriteToken
  let walLock: WalLock?
  let notices = ChangeNotices()
  let memory = SyncMemory()

  /// Opens `path` (nil: in memory), migrates it (copying the file first), refuses newer schemas.
  package init(
    path: String?, schema: Schema, world: World, rules: SyncRules = SyncRules()
  ) throws(StoreError) {
    self.rules = rules
    self.world = world
    self.schema = schema
    self.path = path
    tables = schema.tables
    token = WriteToken()
    walLock = path.map { WalLock(path: $0) }
    let opening = Opening(
      path: path, schema: schema, world: world, token: token, walLock: walLock)
    queue = try opening.open()
    let version: Int64
    do {
      version = try queue.inDatabase { try $0.integer("PRAGMA data_version") }
    } catch {
      throw StoreError(error, path: path)
    }
    notices.version.withLock { $0 = version }
  }

  /// A store over a database that is open already, in memory, as a program finds it that starts:
  /// for the simulator.
  init(
    over queue: DatabaseQueue, schema: Schema, world: World, rules: SyncRules
  ) throws(StoreError) {
    self.rules = rules
    self.world = world
    self.schema = schema
    self.queue = queue
    path = nil
    tables = schema.tables
    token = WriteToken()
    walLock = nil
    let opening = Opening(path: nil, schema: schema, world: world, token: token, walLock: nil)
    do {
      try queue.inDatabase { database in
        opening.token.register(in: database)
        guard try database.integer("PRAGMA user_version") != Int64(schema.mark) else { return }
        try Migrating(opening: opening, database: database).run()
      }
    } catch {
      throw StoreError(error, path: nil)
    }
  }

  /// Reads in one transaction: a consistent snapshot.
  package func read<T>(_ query: (Database) throws -> T) throws -> T {
    do {
      return try queue.unsafeRead { database in
        do {
          try database.cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute()
          let result = try query(database)
          try database.cachedStatement(sql: "COMMIT TRANSACTION").execute()
          return result
        } catch {
          try Store.rollBack(database)
          throw error
        }
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  /// Closes the file: the last one to close it also folds the WAL into it. Nothing can be read or
  /// written afterwards. Not needed for safety.
  package func close() throws {
    do { try queue.close() } catch { throw StoreError(error, path: path) }
  }

  /// The file that grows with each commit of any process: to be watched; nil in memory.
  package var watchPath: String? { path.map { $0 + "-wal" } }

  /// Ends a transaction without a trace; SQLite may have done so by itself (a full disk).
  static func rollBack(_ database: Database) throws {
    guard database.isInsideTransaction else { return }
    try database.cachedStatement(sql: "ROLLBACK TRANSACTION").execute()
  }

  /// The table of a kind that the schema names.
  func table(_ kind: Kind) -> KindTable {
    guard let table = tables[kind] else {
      preconditionFailure("\(kind.name) is a kind of this store's schema")
    }
    return table
  }
}
