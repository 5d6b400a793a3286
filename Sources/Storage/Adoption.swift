internal import GRDB
internal import Kernel
internal import SQL

/// Takes values of kinds and fields that an older program did not know over into their columns.
struct Adoption {
  let database: Database
  let schema: Schema

  private struct Stray {
    let space: EntryID
    let kind: Kind
    let row: EntryID
    let field: String
    let value: Value
  }

  /// Inside the transaction that brings the tables up to date.
  func run() throws {
    let tables = Dictionary(
      schema.allEntries.map { ($0.kind, KindTable($0)) }, uniquingKeysWith: { first, _ in first })
    var strays: [Stray] = []
    try database.each("SELECT space, coll, id, field, val FROM sync_unknown") { columns in
      let kind = Kind(columns.text(1))
      guard let table = tables[kind], let space = columns.id(0), let row = columns.id(2) else {
        return
      }
      let (field, value) = (columns.text(3), columns.exactValue(4))
      // A row of a kind that is known now is there, even where a field of it still is not.
      guard table.fits(value, field) || field == Op.deleted || table.shape(of: field) == nil else {
        return
      }
      strays.append(Stray(space: space, kind: kind, row: row, field: field, value: value))
    }
    var stale = StaleDocuments(sources: schema.searches)
    let personal = try SyncSpace.personal(in: database)
    for stray in strays {
      let rows = RegisterRows(
        database: database, space: stray.space, isPersonal: stray.space == personal)
      guard let table = try rows.table(tables[stray.kind], for: stray.row) else { continue }
      try take(stray, into: table, space: rows.isPersonal ? nil : stray.space)
      _ = try rows.refreshDeath(table, stray.row)
      stale.note(stray.kind, stray.row)
      if let target = table.target, stray.field == table.fields[target].name {
        stale.note(child: stray.kind, of: stray.value)
      }
    }
    try SearchIndex(database: database).refresh(stale, sources: schema.searches)
  }

  private func take(_ stray: Stray, into table: KindTable, space: EntryID?) throws {
    try database.run(
      "INSERT OR IGNORE INTO \"\(table.kind.name)\" (id) VALUES (?)", [.id(stray.row)])
    if let space {
      try database.run(
        "UPDATE \"\(table.kind.name)\" SET \(KindTable.space) = ? WHERE id = ?",
        [.id(space), .id(stray.row)])
    }
    guard table.fits(stray.value, stray.field) else { return }
    try database.run(
      "UPDATE \"\(table.kind.name)\" SET \"\(stray.field)\" = ? WHERE id = ?",
      [Datum(stray.value), .id(stray.row)])
    try database.run(
      "DELETE FROM sync_unknown WHERE space = ? AND coll = ? AND id = ? AND field = ?",
      [.id(stray.space), .text(stray.kind.name), .id(stray.row), .text(stray.field)])
  }
}
