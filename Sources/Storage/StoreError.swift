/// Why the store could not do what was asked; Shell has the words for people.
package enum StoreError: Error, Equatable, Sendable {
  /// Written by a newer lifeos: refused, untouched.
  case newerSchema(unknown: [String])
  /// Not a database, or one that fails its check. The file stands where `path` says.
  case damaged(path: String)
  /// Another process held the database for longer than the busy timeout.
  case locked
  case diskFull
  case readOnly(path: String)
  /// The folder lies on a network file system, where SQLite's WAL is not safe.
  case networkFileSystem(path: String)
  /// A file or folder that belongs to somebody else, or cannot be made.
  case noAccess(path: String, reason: String)
  case noSuchBackup(path: String)
  /// A value that no register can hold (U+0000, a number beyond 2^53).
  case unfit(field: String)
  /// The file belongs to another account, or to the same name on another server.
  case otherAccount
  /// The server says that so many rows are deleted, a large part of all: not taken in before a person
  /// has said that it is meant. Nothing was changed.
  case manyDeletions(Int)
  /// A write into a group that the person is no longer in.
  case left
  /// Anything else that SQLite says.
  case failed(String)
}
