package import Kernel

/// The verified copies of the database beside it.
package struct Backup: Equatable, Sendable {
  package let path: String
  package let day: Day
  /// Bytes.
  package let size: Int
  package init(path: String, day: Day, size: Int) {
    self.path = path
    self.day = day
    self.size = size
  }
}

extension Store {
  /// Copies the database into `folder` by SQLite's online backup, opens the copy, runs
  /// `integrity_check` and compares counts; then keeps the 7 newest days and the newest of each of the
  /// 4 newest weeks.
  package func backUp(into folder: String) throws -> Backup { preconditionFailure("CONTRACT") }

  /// True where `folder` has no backup of today.
  package func needsBackup(in folder: String) -> Bool { preconditionFailure("CONTRACT") }

  /// The backups in `folder`, newest first.
  package static func backups(in folder: String) -> [Backup] { preconditionFailure("CONTRACT") }

  /// Puts a verified copy of `backup` at `path`; what stood there is moved aside, its new path returned.
  package static func restore(_ backup: String, to path: String, world: World) throws -> String? {
    preconditionFailure("CONTRACT")
  }
}
