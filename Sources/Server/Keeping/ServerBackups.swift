#if Server
  package import Kernel

  /// A verified copy of the server's database.
  package struct ServerBackup: Hashable, Sendable {
    package let path: String
    package let day: Day
    /// Bytes.
    package let size: Int
  }

  extension ServerDatabase {
    /// Copies the database into `folder`, checks the copy (`integrity_check`, counts), and keeps the
    /// 14 newest days. A backup of the same day is replaced. Throws `ServerError`.
    package func backUp(into folder: String) async throws -> ServerBackup {
      fatalError("CONTRACT")
    }
    /// True where `folder` has no backup of today.
    package func needsBackup(in folder: String) -> Bool { fatalError("CONTRACT") }
    /// The backups in `folder`, newest first.
    package static func backups(in folder: String) -> [ServerBackup] { fatalError("CONTRACT") }
    /// Puts a checked copy of `backup` at `path`: each space gets another epoch, so that devices give
    /// back what the backup lacks, and all sessions end. What stood there is kept under another name,
    /// which is returned. Throws `ServerError`; `.inUse` while a lifeosd serves it.
    package static func restore(
      _ backup: String, to path: String, world: World
    ) throws -> String? { fatalError("CONTRACT") }
  }
#endif
