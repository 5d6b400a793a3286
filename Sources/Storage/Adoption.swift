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
    let tables = schema.tables
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
      guard let known = tables[stray.kind] else { continue }
      let rows = RegisterRows(
        database: database, space: stray.space, isPersonal: stray.space == personal)
      if let table = try rows.table(known, for: stray.row) {
        try take(stray, into: table)
        _ = try rows.refreshDeath(table, stray.row)
      } else if try !rows.adopt(known, stray.row) {
        continue
      }
      stale.note(stray.kind, stray.row)
      if let target = known.target, stray.field == known.fields[target].name {
        stale.note(child: stray.kind, of: stray.value)
      }
    }
    try SearchIndex(database: database).refresh(stale, sources: schema.searches)
  }

  private func take(_ stray: Stray, into table: KindTable) throws {
    try database.run(
      "INSERT OR IGNORE INTO \"\(table.kind.name)\" (id) VALUES (?)", [.id(stray.row)])
    guard table.fits(stray.value, stray.field) else { return }
    try database.run(
      "UPDATE \"\(table.kind.name)\" SET \"\(stray.field)\" = ? WHERE id = ?",
      [Datum(stray.value), .id(stray.row)])
    try database.run(
      "DELETE FROM sync_unknown WHERE space = ? AND coll = ? AND id = ? AND field = ?",
      [.id(stray.space), .text(stray.kind.name), .id(stray.row), .text(stray.field)])
  }
}
