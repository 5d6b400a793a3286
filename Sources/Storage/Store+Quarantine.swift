internal import GRDB
package import Kernel
internal import SQL

/// Operations that the server refused for good: kept, shown, and out of the way of all others.
extension Store {
  /// Operations that the server refused for good, oldest first.
  package func quarantine() throws -> [QuarantinedOp] {
    try read { database in
      var refused: [QuarantinedOp] = []
      try OutboxReader(database: database, path: path).each(
        "WHERE state = 'quarantined' AND state <> 'pending' ORDER BY n", []
      ) {
        refused.append(QuarantinedOp(op: $0.op, space: $0.space, reason: $0.reason, born: $0.born))
      }
      return refused
    }
  }

  /// Sends a refused operation once more, as a new one: the fields that still have the value which it
  /// gave them.
  package func retry(quarantined op: EntryID) throws {
    let purpose = Writing.Purpose(label: "", turn: .write, undoes: nil, batch: nil)
    try change(purpose) { writing in
      guard let line = try Self.refused(op, writing.database, path) else { return }
      try writing.enter(line.space)
      try writing.sendAgain(line.op, in: line.space)
      try Self.drop(op, writing.database)
    }
  }

  /// Forgets that a refused operation was to be sent; its values stay on this device.
  package func drop(quarantined op: EntryID) throws {
    try transaction { try Self.drop(op, $0) }
  }

  private static func drop(_ op: EntryID, _ database: Database) throws {
    // The line stays: by it a reconciliation knows what the server never had.
    try database.run(
      "UPDATE sync_outbox SET state = 'dropped' WHERE op = ? AND state = 'quarantined'",
      [.id(op)])
  }

  private static func refused(
    _ op: EntryID, _ database: Database, _ path: String?
  ) throws -> OutboxReader.Line? {
    var found: OutboxReader.Line?
    try OutboxReader(database: database, path: path).each(
      "WHERE op = ? AND state = 'quarantined'", [.id(op)]
    ) { found = $0 }
    return found
  }
}

extension Writing {
  /// The operation's fields that nobody has written since, under a new id and stamp.
  func sendAgain(_ refused: Op, in space: EntryID) throws {
    let rows = rows(in: space)
    var fields: [String: Value] = [:]
    for (field, value) in refused.fields {
      let held = try rows.clock(refused.kind, refused.row, field)
      guard let held, held.author.op == refused.id else { continue }
      // A row that was written after its deletion lives: it must not die of the repetition.
      if field == Op.deleted, value == .flag(true),
        let table = try rows.table(store.tables[refused.kind], for: refused.row),
        try row(table, refused.row)?.isDead == false
      {
        continue
      }
      fields[field] = value
    }
    guard !fields.isEmpty else { return }
    let wasDead =
      try rows.table(store.tables[refused.kind], for: refused.row)
      .flatMap { try row($0, refused.row) }?.isDead ?? false
    let bases = refused.bases.filter { fields[$0.key] != nil }
    let op = try send(refused, fields, bases, rows)
    try database.run("UPDATE undo_field SET op = ? WHERE op = ?", [.id(op), .id(refused.id)])
    if wasDead, fields[Op.deleted] == nil { try deleteAgain(refused, rows) }
  }

  /// What was deleted after the refused operation stays deleted, though its fields are newer now.
  private func deleteAgain(_ refused: Op, _ rows: RegisterRows) throws {
    guard let held = try rows.clock(refused.kind, refused.row, Op.deleted) else { return }
    let op = try send(refused, [Op.deleted: .flag(true)], [:], rows)
    try database.run(
      "UPDATE undo_field SET op = ? WHERE op = ? AND coll = ? AND id = ? AND field = ?",
      [
        .id(op), .id(held.author.op), .text(refused.kind.name), .id(refused.row),
        .text(Op.deleted),
      ])
  }

  /// Puts `fields` of the refused operation's row into the outbox, as they stand, as a new operation.
  private func send(
    _ refused: Op, _ fields: [String: Value], _ bases: [String: Authorship], _ rows: RegisterRows
  ) throws -> EntryID {
    let space = rows.space
    let (stamp, op) = try mintOperation()
    for field in fields.keys.sorted() {
      guard let held = try rows.clock(refused.kind, refused.row, field) else { continue }
      let author = Authorship(stamp: stamp, op: op)
      // The server has it: as another operation's, or given back by a device that had seen it once.
      if held.author.op != refused.id || held.seq != nil {
        try keepVersion(refused.kind, refused.row, field, held.author, rows)
      }
      try rows.setClock(
        refused.kind, refused.row, field, to: HeldClock(author: author, seq: nil))
      let old = Digest.register(space, refused.kind, refused.row, field, held.author)
      let new = Digest.register(space, refused.kind, refused.row, field, author)
      digest(space) { $0 = $0 &- old &+ new }
    }
    try database.run(
      "INSERT INTO sync_outbox (op, space, t, coll, id, f, b, x, born) "
        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .id(op), .id(space), Datum(stamp), .text(refused.kind.name), .id(refused.row),
        .text(CanonicalJSON.object(fields.map { ($0.key, $0.value) })),
        bases.isEmpty ? .null : .text(CanonicalJSON.bases(bases)), .id(refused.group), Datum(now),
      ])
    return op
  }
  private func keepVersion(
    _ kind: Kind, _ row: EntryID, _ field: String, _ author: Authorship, _ rows: RegisterRows
  ) throws {
    let value = try rows.value(
      try rows.table(store.tables[kind], for: row), kind, row, field)
    try database.run(
      "INSERT OR IGNORE INTO sync_version "
        + "(space, coll, id, field, t, op, val, device, lost_at, why, seen_by_user) "
        + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'edit', 1)",
      rows.key(kind, row, field) + [
        Datum(author.stamp), .id(author.op), Datum(exactly: value), .id(device), Datum(now),
      ])
  }
}
