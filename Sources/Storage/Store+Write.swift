internal import GRDB
package import Kernel

extension Store {
  /// One transaction: rows, field clocks, losing versions, outbox and undo, or nothing.
  /// `label` says what undo would undo: "New note", "Delete 12 entries". `batch` joins several
  /// writes into one undo.
  @discardableResult
  package func write<T>(
    _ label: String, batch: EntryID? = nil, _ body: (borrowing Edit) throws -> T
  ) throws -> T {
    try change(Writing.Purpose(label: label, turn: .write, undoes: nil, batch: batch)) { writing in
      try body(Edit(database: writing.database, store: self, writing: writing))
    }
  }

  /// The transaction under `write`, `undo` and `redo`.
  func change<T>(_ purpose: Writing.Purpose, _ body: (Writing) throws -> T) throws -> T {
    let (result, changed) = try transaction { database in
      token.open()
      defer { token.close() }
      let writing = try Writing(database: database, store: self, purpose: purpose)
      let result = try body(writing)
      try writing.finish()
      return (result, writing.changed)
    }
    notices.send(changed)
    return result
  }

  /// `BEGIN IMMEDIATE` to `COMMIT`, under the lock that keeps checkpoints away; all or nothing.
  func transaction<T>(_ body: (Database) throws -> T) throws -> T {
    do {
      return try queue.writeWithoutTransaction { database in
        try walLock?.share()
        let result: T
        do {
          defer { walLock?.release() }
          do {
            try database.cachedStatement(sql: "BEGIN IMMEDIATE TRANSACTION").execute()
            result = try body(database)
            try database.cachedStatement(sql: "COMMIT TRANSACTION").execute()
          } catch {
            try Store.rollBack(database)
            throw error
          }
        }
        walLock?.checkpointIfGrown(database)
        return result
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }
}
