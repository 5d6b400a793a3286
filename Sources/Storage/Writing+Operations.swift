internal import GRDB
internal import Kernel
internal import SQL

extension Writing {
  func row(_ table: KindTable, _ id: EntryID) throws -> StoredRow? {
    try rows(in: personal).stored(table, id)
  }

  func rows(in space: EntryID) -> RegisterRows {
    RegisterRows(database: database, space: space, isPersonal: space == personal)
  }

  /// The field in `undo_field` that stands for all of a row that the group made: undo deletes it.
  static let creation = "_new"

  /// A row that was not there: one operation with what is not null, and one line for undo.
  func create(
    _ table: KindTable, _ id: EntryID, _ values: [Value], in space: EntryID
  ) throws {
    precondition(space == personal || table.isShared, "\(table.kind.name) is never shared")
    try enter(space)
    let rows = rows(in: space)
    // Of a row that is shown nowhere there may be registers all the same: in a group's space.
    let unseen = space == personal ? [:] : try rows.clocks(table.kind, id)
    var changes: [Change] = []
    for (index, field) in table.fields.enumerated() {
      guard !values[index].isNull || unseen[field.name] != nil else { continue }
      changes.append(Change(field: field, value: values[index], previous: .null))
    }
    // A row is a set of registers: without any, there would be none.
    let isAlone = changes.isEmpty || unseen[Op.deleted] != nil
    if isAlone { changes.append(Change(deleted: false, previous: .null)) }
    let deleted: Value = isAlone ? .flag(false) : .null
    let (stamp, op, group) = try mint()

    try database.run(
      table.insert,
      table.inserting(
        id, values, deleted: deleted, isDead: false, space: space == personal ? nil : space))
    for var change in changes {
      if let last = unseen[change.field]?.author {
        change.previous = try misfit(space, table.kind, id, change.field)
        try keepVersion(space, table.kind, id, change, last)
        try moveClock(space, table.kind, id, change.field, from: last, stamp, op)
      } else {
        try addClock(space, table.kind, id, change.field, stamp, op)
      }
    }
    try database.run(
      "INSERT INTO undo_field (x, space, coll, id, field, op, prev, was) "
        + "VALUES (?, ?, ?, ?, '\(Self.creation)', ?, NULL, NULL)",
      [.id(group), .id(space), .text(table.kind.name), .id(id), .id(op)])
    try send(space, table.kind, id, changes, [:], stamp, op, group)
    note(table, id, values)
  }

  /// Writes `changes` into a row that is there: one operation.
  func update(
    _ table: KindTable, _ id: EntryID, _ changes: [Change], of stored: StoredRow
  ) throws {
    let space = stored.space ?? personal
    try enter(space)
    let (stamp, op, group) = try mint()
    let isDead = changes.contains { $0.field == Op.deleted && $0.value == .flag(true) }
    precondition(!isDead || changes.count == 1, "a delete stands alone in its operation")

    let columns = changes.map { "\"\($0.field)\" = ?, " }.joined()
    try database.run(
      "UPDATE \"\(table.kind.name)\" SET \(columns)_dead = ? WHERE id = ?",
      changes.map { Datum($0.value) } + [.integer(isDead ? 1 : 0), .id(id)])
    var bases: [String: Authorship] = [:]
    for var change in changes {
      let last = try authorship(space, table.kind, id, change.field)
      if let last {
        if change.previous.isNull {
          change.previous = try misfit(space, table.kind, id, change.field)
        }
        try keepVersion(space, table.kind, id, change, last)
        try moveClock(space, table.kind, id, change.field, from: last, stamp, op)
        if change.isLong { bases[change.field] = last }
      } else {
        try addClock(space, table.kind, id, change.field, stamp, op)
      }
      try database.run(
        "INSERT INTO undo_field (x, space, coll, id, field, op, prev, was) "
          + "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
          + "ON CONFLICT (x, space, coll, id, field) DO UPDATE SET op = excluded.op",
        [
          .id(group), .id(space), .text(table.kind.name), .id(id), .text(change.field), .id(op),
          Datum(change.previous), last.map { .id($0.op) } ?? .null,
        ])
    }
    try send(space, table.kind, id, changes, bases, stamp, op, group)
    note(table, id, stored.values)
    if let target = table.target,
      let moved = changes.first(where: { $0.field == table.fields[target].name })
    {
      stale.note(child: table.kind, of: moved.value)
    }
  }

  /// Takes away the value that the register's column could not hold; null where it held all.
  private func misfit(
    _ space: EntryID, _ kind: Kind, _ id: EntryID, _ field: String
  ) throws -> Value {
    let rows = rows(in: space)
    guard let value = try rows.unknown(kind, id, field) else { return .null }
    try rows.setUnknown(kind, id, field, to: nil)
    return value
  }

  /// Who wrote the value that a register holds now; nil for one that was never written.
  func authorship(
    _ space: EntryID, _ kind: Kind, _ id: EntryID, _ field: String
  ) throws -> Authorship? {
    let sql =
      "SELECT t, op FROM sync_clock WHERE space = ? AND coll = ? AND id = ? AND field = ?"
    return try database.first(sql, [.id(space), .text(kind.name), .id(id), .text(field)]) {
      columns in columns.id(1).map { Authorship(stamp: columns.stamp(0), op: $0) }
    } ?? nil
  }

  private func addClock(
    _ space: EntryID, _ kind: Kind, _ id: EntryID, _ field: String, _ stamp: Stamp, _ op: EntryID
  ) throws {
    try database.run(
      "INSERT INTO sync_clock (space, coll, id, field, t, op) VALUES (?, ?, ?, ?, ?, ?)",
      [.id(space), .text(kind.name), .id(id), .text(field), Datum(stamp), .id(op)])
    let print = Digest.register(space, kind, id, field, Authorship(stamp: stamp, op: op))
    digest(space) { $0 &+= print }
  }

  private func moveClock(
    _ space: EntryID, _ kind: Kind, _ id: EntryID, _ field: String, from last: Authorship,
    _ stamp: Stamp, _ op: EntryID
  ) throws {
    try database.run(
      "UPDATE sync_clock SET t = ?, op = ?, seq = NULL "
        + "WHERE space = ? AND coll = ? AND id = ? AND field = ?",
      [Datum(stamp), .id(op), .id(space), .text(kind.name), .id(id), .text(field)])
    let print = Digest.register(space, kind, id, field, Authorship(stamp: stamp, op: op))
    let lastPrint = Digest.register(space, kind, id, field, last)
    digest(space) { $0 = $0 &- lastPrint &+ print }
  }

  private func keepVersion(
    _ space: EntryID, _ kind: Kind, _ id: EntryID, _ change: Change, _ last: Authorship
  ) throws {
    try database.run(
      "INSERT OR IGNORE INTO sync_version "
        + "(space, coll, id, field, t, op, val, device, lost_at, why, seen_by_user) "
        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'edit', 1)",
      [
        .id(space), .text(kind.name), .id(id), .text(change.field), Datum(last.stamp),
        .id(last.op), Datum(exactly: change.previous), .id(device), Datum(now),
      ])
  }

  /// Puts the operation in the outbox.
  private func send(
    _ space: EntryID, _ kind: Kind, _ id: EntryID, _ changes: [Change],
    _ bases: [String: Authorship],
    _ stamp: Stamp, _ op: EntryID, _ group: EntryID
  ) throws {
    let fields = CanonicalJSON.object(changes.map { ($0.field, $0.value) })
    try database.run(
      "INSERT INTO sync_outbox (op, space, t, coll, id, f, b, x, born) "
        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .id(op), .id(space), Datum(stamp), .text(kind.name), .id(id), .text(fields),
        bases.isEmpty ? .null : .text(CanonicalJSON.bases(bases)), .id(group), Datum(now),
      ])
  }

  /// Remembers what the change makes stale: screens and the search index.
  private func note(_ table: KindTable, _ id: EntryID, _ values: [Value]) {
    changed.insert(table.kind)
    if table.kind == ConflictSeen.kind { seenRows.append(id) }
    stale.note(table.kind, id)
    if let target = table.target { stale.note(child: table.kind, of: values[target]) }
  }
}
