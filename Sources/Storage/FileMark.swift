internal import Crypto
internal import Glibc
internal import GRDB
internal import Kernel
internal import SQL

/// Where a database file lies: machine, disk and inode, hashed. A file that was copied has another
/// mark than the one it remembers, and takes part in syncing as another device.
enum FileMark {
  /// nil where nothing stands at `path`.
  static func of(_ path: String) -> EntryID? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let machine = Files.text("/etc/machine-id")
    let text = "lifeos file|\(machine)|\(status.st_dev)|\(status.st_ino)"
    return EntryID(digest: SHA256.hash(data: Array(text.utf8)))
  }
}

extension Opening {
  /// Gives the profile a new device id where its file is another one than it remembers. Inside a
  /// transaction.
  func markFile(_ database: Database) throws {
    guard let path, let mark = FileMark.of(path) else { return }
    let meta = SyncMeta(database: database)
    let known = try meta.id("file_mark")
    guard known != mark else { return }
    if known != nil { try meta.set("device_id", .id(world.newID())) }
    try meta.set("file_mark", .id(mark))
  }

  /// The same at a plain start, which writes nothing where all is as it was.
  func checkFile(_ database: Database) throws {
    guard let path, let mark = FileMark.of(path),
      try SyncMeta(database: database).id("file_mark") != mark
    else { return }
    try walLock?.share()
    defer { walLock?.release() }
    try database.execute(sql: "BEGIN IMMEDIATE TRANSACTION")
    do {
      try markFile(database)
      try database.execute(sql: "COMMIT TRANSACTION")
    } catch {
      try Store.rollBack(database)
      throw error
    }
  }
}
