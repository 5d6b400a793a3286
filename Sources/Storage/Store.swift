package import GRDB
package import Kernel

/// The one SQLite file of a profile, and the only state that the parts of the program share.
///
/// Safe to use from any thread. Reads and writes are synchronous.
package final class Store: Sendable {
  package let world: World
  package let schema: Schema

  /// Opens `path` (nil: in memory), migrates it (copying the file first), refuses newer schemas.
  package init(path: String?, schema: Schema, world: World) throws(StoreError) {
    preconditionFailure("CONTRACT")
  }

  /// Reads in one transaction: a consistent snapshot.
  package func read<T>(_ query: (Database) throws -> T) throws -> T {
    preconditionFailure("CONTRACT")
  }

  /// One transaction: rows, field clocks, losing versions, outbox and undo, or nothing.
  /// `label` says what undo would undo: "New note", "Delete 12 entries". `batch` joins several
  /// writes into one undo (imports: at most 200 operations a write).
  @discardableResult
  package func write<T>(
    _ label: String, batch: EntryID? = nil, _ body: (borrowing Edit) throws -> T
  ) throws -> T {
    preconditionFailure("CONTRACT")
  }

  /// Undoes the last write that has not been undone; nil where there is none.
  package func undo() throws -> Undone? { preconditionFailure("CONTRACT") }
  /// Does again what the last undo took back; nil after any other write.
  package func redo() throws -> Undone? { preconditionFailure("CONTRACT") }
  /// What `undo` and `redo` would do now: their labels.
  package func undoLabels() throws -> (undo: String?, redo: String?) {
    preconditionFailure("CONTRACT")
  }

  /// Calls `body` after each commit that changed rows, on the committing thread. Also for writes of
  /// other processes, once `noticeOtherProcesses` has been called and has found one.
  package func onChange(_ body: @escaping @Sendable (Set<Kind>) -> Void) {
    preconditionFailure("CONTRACT")
  }
  /// Checks `PRAGMA data_version`; true (and `onChange` called with all kinds) where another process wrote.
  package func noticeOtherProcesses() throws -> Bool { preconditionFailure("CONTRACT") }

  /// The id of a row with a natural key: UUIDv8(HMAC-SHA-256(space seed, key)); the key begins with
  /// the kind's name, its parts joined by `|`.
  package func derivedID(_ kind: Kind, _ key: String...) -> EntryID {
    preconditionFailure("CONTRACT")
  }

  /// Every value of a row's field, newest first, with the one that stands now.
  package func versions(of kind: Kind, id: EntryID, field: String) throws -> [Version] {
    preconditionFailure("CONTRACT")
  }

  /// Deleted rows of all kinds, latest first.
  package func trash(limit: Int) throws -> [Trashed] { preconditionFailure("CONTRACT") }
}

/// The hand that writes, inside `Store.write` only.
package struct Edit: ~Copyable {
  package let database: Database
  let store: Store

  /// Writes the fields that differ from the stored row, as one operation; nothing where none do.
  /// Revives a deleted row. True where something changed.
  @discardableResult
  package func save<E: Entry>(_ entry: E) throws -> Bool { preconditionFailure("CONTRACT") }

  /// Moves a row to the trash. True where it was there.
  @discardableResult
  package func delete(_ kind: Kind, id: EntryID) throws -> Bool { preconditionFailure("CONTRACT") }

  /// Takes a row out of the trash. True where it was in it.
  @discardableResult
  package func revive(_ kind: Kind, id: EntryID) throws -> Bool { preconditionFailure("CONTRACT") }

  /// The row, unless it is deleted.
  package func find<E: Entry>(_ type: E.Type, id: EntryID) throws -> E? {
    preconditionFailure("CONTRACT")
  }
}

/// What an undo or a redo did.
package struct Undone: Equatable, Sendable {
  /// The label of the write that was taken back or done again.
  package let label: String
  /// Fields left alone because they were written since, as `kind.field`.
  package let leftAlone: [String]
  package init(label: String, leftAlone: [String]) {
    self.label = label
    self.leftAlone = leftAlone
  }
}

/// One value that a field has had.
package struct Version: Equatable, Sendable {
  package let value: Value
  package let stamp: Stamp
  /// True for the value that stands now.
  package let isCurrent: Bool
  package init(value: Value, stamp: Stamp, isCurrent: Bool) {
    self.value = value
    self.stamp = stamp
    self.isCurrent = isCurrent
  }
}

/// A deleted row.
package struct Trashed: Equatable, Sendable {
  package let kind: Kind
  package let id: EntryID
  package let deletedAt: Moment
  package let fields: [String: Value]
  package init(kind: Kind, id: EntryID, deletedAt: Moment, fields: [String: Value]) {
    self.kind = kind
    self.id = id
    self.deletedAt = deletedAt
    self.fields = fields
  }
}
