internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// Who may move the WAL's pages into the database, and when.
///
/// SQLite before 3.51.3 has a rare fault that needs one connection resetting the WAL while another
/// writes. So no connection checkpoints by itself; writers hold `write.lock` together, and a
/// checkpoint takes it (and the sync engine's lock) alone, without waiting, or does not happen. The
/// checkpoint that SQLite does when the last connection closes is safe: it holds the file alone.
final class WalLock: Sendable {
  /// A WAL of this many bytes is worth folding back.
  static let limit = 4 << 20
  /// How long a writer waits for a checkpoint, and for other writers, in milliseconds.
  static let patience = 5000

  private let wal: String
  private let write: FileLock
  private let sync: FileLock
  /// The size of the WAL below which the next attempt would only repeat the last one.
  private let nextAttempt = Mutex(WalLock.limit)
  /// How many of this store hold the sync engine's lock: the engine, and a checkpoint in passing.
  private let syncHolders = Mutex(0)

  init(path: String) {
    wal = path + "-wal"
    write = FileLock(path: path + ".write.lock")
    sync = FileLock(path: path + ".sync.lock")
  }

  /// Held from BEGIN to COMMIT.
  func share() throws(StoreError) { try write.share(within: Self.patience) }
  /// Held while the file is made or migrated.
  func holdAlone() throws(StoreError) { try write.holdAlone(within: Self.patience) }
  func release() { write.release() }

  /// Takes the sync engine's lock; false where another process still holds it after about
  /// `milliseconds`.
  func holdSync(within milliseconds: Int) throws(StoreError) -> Bool {
    try syncHolders.withLock { (holders: inout Int) throws(StoreError) -> Bool in
      if holders == 0 {
        do throws(StoreError) {
          try sync.holdAlone(within: milliseconds)
        } catch {
          guard error == .locked else { throw error }
          return false
        }
      }
      holders += 1
      return true
    }
  }

  func releaseSync() {
    syncHolders.withLock { holders in
      holders -= 1
      if holders == 0 { sync.release() }
    }
  }

  /// Bytes in the WAL.
  var size: Int { Files.facts(wal)?.size ?? 0 }

  /// Checkpoints where the WAL has grown and nobody is in the way; never fails a write that is done.
  func checkpointIfGrown(_ database: Database) {
    let size = size
    guard size > nextAttempt.withLock({ $0 }) else { return }
    let isDone = checkpoint(database)
    nextAttempt.withLock { $0 = isDone ? WalLock.limit : size + WalLock.limit / 4 }
  }

  /// Without waiting, not even for another thread that waits.
  private func joinSync() -> Bool {
    syncHolders.withLockIfAvailable { holders in
      guard holders > 0 || sync.tryHoldAlone() else { return false }
      holders += 1
      return true
    } ?? false
  }

  /// True where the whole WAL lies in the database now.
  func checkpoint(_ database: Database) -> Bool {
    guard joinSync() else { return false }
    defer { releaseSync() }
    guard write.tryHoldAlone() else { return false }
    defer { write.release() }
    // A reader in the way is no reason to wait: the next write tries again.
    sqlite3_busy_timeout(database.sqliteConnection, 0)
    defer { sqlite3_busy_timeout(database.sqliteConnection, CInt(WalLock.patience)) }
    do {
      try database.checkpoint(.truncate)
      return true
    } catch {
      return false
    }
  }
}
