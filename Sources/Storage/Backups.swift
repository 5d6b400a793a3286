internal import GRDB
package import Kernel
internal import SQL

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
  /// 4 newest weeks. A backup of the same day is replaced. Throws `.damaged` with the database's path
  /// where the copy fails its check: the folder is then as it was.
  package func backUp(into folder: String) throws -> Backup {
    try Files.makePrivateFolder(folder)
    let today = world.today
    let target = folder + "/" + BackupName.of(today)
    let copy = AsidePath.free(target + ".unfinished", at: world.now())
    guard try Files.makeFile(copy) else { throw StoreError.noAccess(path: copy, reason: "exists") }
    do {
      try copyDatabase(to: copy)
      Files.flush(copy)
      try Files.move(copy, to: target)
    } catch {
      try Files.remove(copy)
      throw StoreError(error, path: path)
    }
    try Store.thinBackups(in: folder)
    return Backup(path: target, day: today, size: Files.facts(target)?.size ?? 0)
  }

  /// True where `folder` has no backup of today.
  package func needsBackup(in folder: String) -> Bool {
    !Files.exists(folder + "/" + BackupName.of(world.today))
  }

  /// The backups in `folder`, newest first.
  package static func backups(in folder: String) -> [Backup] {
    Files.names(in: folder).compactMap { name in
      let path = folder + "/" + name
      guard let day = BackupName.day(of: name), let facts = Files.facts(path), facts.isFile else {
        return nil
      }
      return Backup(path: path, day: day, size: facts.size)
    }.sorted { $0.day > $1.day }
  }

  /// Puts a verified copy of `backup` at `path`; what stood there is moved aside, its new path
  /// returned. The database must not be open here; `.locked` where another process has it open.
  package static func restore(_ backup: String, to path: String, world: World) throws -> String? {
    guard Files.exists(backup) else { throw StoreError.noSuchBackup(path: backup) }
    let copy = AsidePath.free(path + ".restored", at: world.now())
    try Files.makeFolder(Files.folder(of: path))
    try Files.copy(backup, to: copy)
    do {
      try CopyCheck(path: copy).run()
    } catch StoreError.damaged {
      try Files.remove(copy)
      throw StoreError.damaged(path: backup)
    } catch {
      try Files.remove(copy)
      throw error
    }
    let aside = Files.exists(path) ? try moveAside(path, world: world) : nil
    try Files.move(copy, to: path)
    return aside
  }

  /// Renames the database with what belongs to it, so that nothing stands at `path` any more; returns
  /// its new path. Nothing is deleted. `.locked` where another process has it open.
  package static func moveAside(_ path: String, world: World) throws -> String {
    guard Footing.isFree(path) else { throw StoreError.locked }
    let aside = AsidePath.free(path + ".aside", at: world.now())
    // The WAL first: a database without it is older, but whole; a WAL without its database would be
    // taken for the next one's.
    for ending in ["-wal", "-shm", ""] where Files.exists(path + ending) {
      try Files.move(path + ending, to: aside + ending)
    }
    return aside
  }

  private static func thinBackups(in folder: String) throws {
    let all = backups(in: folder)
    for backup in BackupName.spare(all.map(\.day)) {
      try Files.remove(folder + "/" + BackupName.of(backup))
    }
  }

  /// One consistent copy of now, without a WAL of its own, checked.
  private func copyDatabase(to copy: String) throws {
    var settings = Configuration()
    settings.foreignKeysEnabled = false
    let target = try DatabaseQueue(path: copy, configuration: settings)
    let counts = try read { source in
      try target.writeWithoutTransaction { try source.backup(to: $0) }
      return try rowCounts(source)
    }
    try target.writeWithoutTransaction { try $0.run("PRAGMA journal_mode = DELETE") }
    try target.close()
    try CopyCheck(path: copy).run(expecting: counts)
  }

  /// The rows of each kind, the dead ones too.
  func rowCounts(_ database: Database) throws -> [Kind: Int] {
    try Dictionary(
      uniqueKeysWithValues: tables.keys.map {
        ($0, Int(try database.integer("SELECT count(*) FROM \"\($0.name)\"")))
      })
  }
}
