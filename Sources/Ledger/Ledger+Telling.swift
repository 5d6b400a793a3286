package import GRDB
package import Kernel
internal import SQL

/// A row of a kind that the server keeps, as it is to stand.
package struct ToldRow: Hashable, Sendable {
  package let kind: Kind
  package let row: EntryID
  /// What is left away stays as it is.
  package let fields: [String: Value]

  /// All fields of an entry; a deleted row stands again.
  package init(_ entry: some Entry) {
    kind = type(of: entry).kind
    row = entry.id
    var fields = [Op.deleted: Value.flag(false)]
    for (field, value) in zip(type(of: entry).fields, entry.values) { fields[field.name] = value }
    self.fields = fields
  }

  /// Some fields of a row.
  package init(_ kind: Kind, _ row: EntryID, _ fields: [String: Value]) {
    self.kind = kind
    self.row = row
    self.fields = fields
  }
}

extension Ledger {
  /// The server's own word: writes into a space's log what of `rows` stands otherwise in its
  /// registers, above all that the space has seen. `server` stands for account and device. Returns the
  /// space's new head; nil where nothing had to be said, or where there is no such space.
  @discardableResult
  package func tell(
    _ rows: [ToldRow], in space: EntryID, by server: EntryID, now: Moment,
    newID: () -> EntryID, _ database: Database
  ) throws -> Int64? {
    guard let state = try state(of: space, in: database) else { return nil }
    let place = LogWriter.Place(
      database: database, account: server, device: server, now: now, role: "owner",
      isServer: true)
    var log = LogWriter(rules: rules, quota: quota, place: place, space: state)
    for row in rows {
      let fields = try differing(row, in: space, database)
      if !fields.isEmpty {
        try log.tell(ToldRow(row.kind, row.row, fields), id: newID())
      }
    }
    guard log.space != state else { return nil }
    try save(log.space, in: database)
    return log.space.head.seq
  }

  /// The rows of a kind, with what their registers hold: null where there are none. Deleted ones too.
  package func rows(
    of kind: Kind, _ fields: [String], in space: EntryID, _ database: Database
  ) throws -> [EntryID: [Value]] {
    var rows: [EntryID: [Value]] = [:]
    try database.each(
      "SELECT id, field, val FROM reg WHERE space = ? AND coll = ?",
      [.id(space), .text(kind.name)]
    ) { columns in
      guard let id = columns.id(0) else { throw LedgerError.damaged(seq: 0) }
      var values = rows[id] ?? fields.map { _ in .null }
      if let place = fields.firstIndex(of: columns.text(1)) {
        values[place] = columns.exactValue(2)
      }
      rows[id] = values
    }
    return rows
  }

  /// The rows that a member has made in a group's space. Walks along the space's registers.
  package func rows(
    ownedBy account: EntryID, in space: EntryID, _ database: Database
  ) throws -> [(kind: Kind, row: EntryID)] {
    var rows: [(kind: Kind, row: EntryID)] = []
    try database.each(
      "SELECT coll, id FROM reg WHERE space = ? AND field = ? AND val = ? ORDER BY coll, id",
      [.id(space), .text(OwnedRow.member), .text(account.description)]
    ) { columns in
      let kind = Kind(columns.text(0))
      guard let row = columns.id(1), !Kind.keptByServer.contains(kind) else { return }
      rows.append((kind: kind, row: row))
    }
    return rows
  }

  private func differing(
    _ row: ToldRow, in space: EntryID, _ database: Database
  ) throws -> [String: Value] {
    var held: [String: Value] = [:]
    try database.each(
      "SELECT field, val FROM reg WHERE space = ? AND coll = ? AND id = ?",
      [.id(space), .text(row.kind.name), .id(row.row)]
    ) { held[$0.text(0)] = $0.exactValue(1) }
    return row.fields.filter { field, value in
      // A row that nobody has deleted says nothing of it; what is not there is null.
      value != held[field] ?? (field == Op.deleted ? .flag(false) : .null)
    }
  }
}
