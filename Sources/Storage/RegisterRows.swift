internal import GRDB
internal import Kernel
internal import SQL

/// The author of a register's value, and the number under which the server has it; nil while it waits
/// to be sent.
struct HeldClock {
  var author: Authorship
  var seq: Int64?
}

/// A space's registers, one by one: where their values lie and who wrote them.
struct RegisterRows {
  let database: Database
  let space: EntryID
  let isPersonal: Bool

  /// `table` where a row of it lies in this space or may come to; nil for what other spaces hold, for
  /// kinds that are not shared with a group, and for rows of a group that have not proven whose they are
  /// (see `belongs`). Such registers are kept and passed on, and shown nowhere: a member of a group must
  /// not reach into the rest of a life.
  func table(_ table: KindTable?, for row: EntryID) throws -> KindTable? {
    guard let table else { return nil }
    guard table.isShared else { return isPersonal ? table : nil }
    let holder = try database.first(
      "SELECT \(KindTable.space) FROM \"\(table.kind.name)\" WHERE id = ?", [.id(row)]
    ) { $0.id(0) }
    guard let holder else { return isPersonal ? table : nil }
    return holder == (isPersonal ? nil : space) ? table : nil
  }

  func key(_ kind: Kind, _ row: EntryID) -> [Datum] {
    [.id(space), .text(kind.name), .id(row)]
  }

  func key(_ kind: Kind, _ row: EntryID, _ field: String) -> [Datum] {
    [.id(space), .text(kind.name), .id(row), .text(field)]
  }

  // MARK: - Clocks

  func clocks(_ kind: Kind, _ row: EntryID) throws -> [String: HeldClock] {
    var clocks: [String: HeldClock] = [:]
    try database.each(
      "SELECT field, t, op, seq FROM sync_clock WHERE space = ? AND coll = ? AND id = ?",
      key(kind, row)
    ) { columns in
      guard let op = columns.id(2) else { return }
      clocks[columns.text(0)] = HeldClock(
        author: Authorship(stamp: columns.stamp(1), op: op),
        seq: columns.isNull(3) ? nil : columns.integer(3))
    }
    return clocks
  }

  func clock(_ kind: Kind, _ row: EntryID, _ field: String) throws -> HeldClock? {
    try database.first(
      "SELECT t, op, seq FROM sync_clock WHERE space = ? AND coll = ? AND id = ? AND field = ?",
      key(kind, row, field)
    ) { columns in
      columns.id(1).map {
        HeldClock(
          author: Authorship(stamp: columns.stamp(0), op: $0),
          seq: columns.isNull(2) ? nil : columns.integer(2))
      }
    } ?? nil
  }

  func setClock(_ kind: Kind, _ row: EntryID, _ field: String, to clock: HeldClock) throws {
    try database.run(
      """
      INSERT INTO sync_clock (space, coll, id, field, t, op, seq) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET t = excluded.t, op = excluded.op, seq = excluded.seq
      """,
      key(kind, row, field) + [
        Datum(clock.author.stamp), .id(clock.author.op),
        clock.seq.map { .integer($0) } ?? .null,
      ])
  }

  // MARK: - Values

  func stored(_ table: KindTable, _ id: EntryID) throws -> StoredRow? {
    try database.first(table.select, [.id(id)]) { columns in
      let values = table.fields.enumerated().map {
        columns.value(CInt($0.offset), $0.element.shape)
      }
      let rest = CInt(table.fields.count)
      return StoredRow(
        values: values, deleted: columns.value(rest, .flag), isDead: columns.flag(rest + 1),
        space: columns.id(rest + 2))
    }
  }

  /// A register's value: what the column cannot hold, or else the column.
  func value(
    _ table: KindTable?, _ kind: Kind, _ row: EntryID, _ field: String, in stored: StoredRow?
  ) throws -> Value {
    if let table, let stored, let value = table.value(of: field, in: stored), !value.isNull {
      return value
    }
    return try unknown(kind, row, field) ?? .null
  }

  /// The same, the row read for it.
  func value(_ table: KindTable?, _ kind: Kind, _ row: EntryID, _ field: String) throws -> Value {
    try value(table, kind, row, field, in: table.flatMap { try stored($0, row) })
  }

  func unknown(_ kind: Kind, _ row: EntryID, _ field: String) throws -> Value? {
    try database.first(
      "SELECT val FROM sync_unknown WHERE space = ? AND coll = ? AND id = ? AND field = ?",
      key(kind, row, field)
    ) { $0.exactValue(0) }
  }

  func setUnknown(_ kind: Kind, _ row: EntryID, _ field: String, to value: Value?) throws {
    guard let value else {
      return try database.run(
        "DELETE FROM sync_unknown WHERE space = ? AND coll = ? AND id = ? AND field = ?",
        key(kind, row, field))
    }
    try database.run(
      """
      INSERT INTO sync_unknown (space, coll, id, field, val) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET val = excluded.val
      """, key(kind, row, field) + [Datum(exactly: value)])
  }

  /// Puts a value where it belongs; the row of a known kind must be there.
  func setValue(
    _ table: KindTable?, _ kind: Kind, _ row: EntryID, _ field: String, to value: Value
  ) throws {
    guard let table, table.shape(of: field) != nil else {
      return try setUnknown(kind, row, field, to: value)
    }
    let fits = table.fits(value, field)
    try database.run(
      "UPDATE \"\(kind.name)\" SET \"\(field)\" = ? WHERE id = ?",
      [fits ? Datum(value) : .null, .id(row)])
    try setUnknown(kind, row, field, to: fits ? nil : value)
  }

  // MARK: - Life and death

  /// A row is dead where its `_del` = true is greater than all its other writes.
  static func isDead(_ deleted: Value, _ clocks: [String: HeldClock]) -> Bool {
    guard deleted == .flag(true), let own = clocks[Op.deleted] else { return false }
    return clocks.allSatisfy { $0.key == Op.deleted || $0.value.author < own.author }
  }

  /// Derives `_dead` anew; true where it has changed.
  func refreshDeath(_ table: KindTable, _ row: EntryID) throws -> Bool {
    guard let stored = try stored(table, row) else { return false }
    let isDead =
      stored.deleted == .flag(true)
      ? Self.isDead(stored.deleted, try clocks(table.kind, row)) : false
    guard isDead != stored.isDead else { return false }
    try database.run(
      "UPDATE \"\(table.kind.name)\" SET _dead = ? WHERE id = ?",
      [.integer(isDead ? 1 : 0), .id(row)])
    return true
  }
}

extension KindTable {
  /// nil for a field that the kind does not have.
  func value(of field: String, in stored: StoredRow) -> Value? {
    field == Op.deleted ? stored.deleted : place(of: field).map { stored.values[$0] }
  }
}
