internal import GRDB
package import Kernel
internal import SQL

/// Who may exchange: one process a profile at a time, and only that one folds the WAL back meanwhile.
extension Store {
  /// Takes the turn; false where another process still has it after about `milliseconds`. It ends
  /// with `endSyncTurn`, or with the process.
  package func takeSyncTurn(within milliseconds: Int) throws(StoreError) -> Bool {
    guard let walLock else { return true }
    return try walLock.holdSync(within: milliseconds)
  }

  /// Gives the turn back.
  package func endSyncTurn() { walLock?.releaseSync() }

  /// Puts an operation aside that spoils every request it is part of: it is kept and shown.
  package func quarantine(_ op: EntryID, reason: Verdict.Refusal) throws {
    try transaction { database in
      try database.run(
        "UPDATE sync_outbox SET state = 'quarantined', err = ? WHERE op = ? AND state = 'pending'",
        [.text(reason.rawValue), .id(op)])
    }
  }
}
