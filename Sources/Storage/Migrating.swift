internal import GRDB
internal import Kernel
internal import SQL

/// Brings one opened database to the schema of this program, or refuses it untouched.
struct Migrating {
  let opening: Opening
  let database: Database

  func run() throws {
    let isNew = try database.integer("SELECT count(*) FROM sqlite_master") == 0
    let applied = isNew ? [] : try appliedNames()
    let known = opening.schema.history
    let unknown = applied.subtracting(known.map(\.name))
    guard unknown.isEmpty else { throw StoreError.newerSchema(unknown: unknown.sorted()) }

    let pending = known.filter { !applied.contains($0.name) }
    if !isNew, !pending.isEmpty { try copyFile() }
    if isNew { try database.run("PRAGMA application_id = \(Opening.application)") }
    try opening.useWal(database)

    try database.execute(sql: "BEGIN IMMEDIATE TRANSACTION")
    opening.token.open()
    defer { opening.token.close() }
    do {
      for migration in pending { try apply(migration) }
      for type in opening.schema.allEntries { try complete(type) }
      try Adoption(database: database, schema: opening.schema).run()
      _ = try GroupSpaces(
        database: database, tables: opening.schema.tables, searches: opening.schema.searches
      ).follow()
      try opening.markFile(database)
      try database.execute(sql: "PRAGMA user_version = \(opening.schema.mark)")
      try database.execute(sql: "COMMIT TRANSACTION")
    } catch {
      try Store.rollBack(database)
      throw error
    }
  }

  private func appliedNames() throws -> Set<String> {
    let hasHistory =
      try database.integer(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'") == 1
    let application = try database.integer("PRAGMA application_id")
    guard hasHistory, application == Opening.application else {
      throw StoreError.noAccess(
        path: opening.path ?? ":memory:", reason: "is the database of another program")
    }
    var names: Set<String> = []
    try database.each("SELECT name FROM migration") { names.insert($0.text(0)) }
    return names
  }

  private func apply(_ migration: Migration) throws {
    try database.execute(
      sql:
        "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY NOT NULL, at INTEGER) STRICT")
    try database.execute(sql: migration.sql)
    try database.run(
      "INSERT INTO migration (name, at) VALUES (?, ?)",
      [.text(migration.name), Datum(opening.world.now())])
    if migration.name == Migration.storage.first?.name { try found() }
  }

  /// The first facts of a profile: who this device is, and the space for one person.
  private func found() throws {
    let device = opening.world.newID()
    let space = opening.world.newID()
    try database.run(
      "INSERT INTO sync_meta (k, v) VALUES ('device_id', ?), ('hlc', 0)", [.id(device)])
    try database.run(
      "INSERT INTO sync_space (space, kind, role) VALUES (?, 'personal', 'owner')", [.id(space)])
  }

  /// The columns that a kind has gained, and the guards of its table.
  private func complete(_ type: any Entry.Type) throws {
    let name = type.kind.name
    var columns: Set<String> = []
    try database.each("SELECT name FROM pragma_table_info(?)", [.text(name)]) {
      columns.insert($0.text(0))
    }
    guard !columns.isEmpty else {
      throw StoreError.failed("no migration makes a table for the kind \(name)")
    }
    for field in type.fields where !columns.contains(field.name) {
      try database.execute(sql: "ALTER TABLE \"\(name)\" ADD COLUMN \(KindTable.column(field))")
    }
    if type.isShared, !columns.contains(KindTable.space) {
      try database.execute(sql: "ALTER TABLE \"\(name)\" ADD COLUMN \(KindTable.space) BLOB")
    }
    try database.execute(sql: Migration.guards(of: type.kind))
  }

  /// The newest three copies from before a migration stay, in `before-migration` beside the file.
  private func copyFile() throws {
    guard let path = opening.path else { return }
    let folder = Files.folder(of: path) + "/before-migration"
    try Files.makeFolder(folder)
    let name = Files.name(of: path)
    let copy = AsidePath.free(folder + "/" + name, at: opening.world.now())
    guard try Files.makeFile(copy) else { throw StoreError.noAccess(path: copy, reason: "exists") }
    try database.run("VACUUM INTO ?", [.text(copy)])
    Files.flush(copy)
    Files.flush(folder)
    let copies = Files.names(in: folder).filter { $0.hasPrefix(name + ".") }
    for old in copies.dropLast(3) { try Files.remove(folder + "/" + old) }
  }
}
