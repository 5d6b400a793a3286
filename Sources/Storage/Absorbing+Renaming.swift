internal import GRDB
internal import Kernel
internal import SQL

/// Operations whose stamps change: by the server's word, or because they were ahead of time.
extension Absorbing {
  /// An operation as it waits in the outbox.
  struct Waiting {
    let number: Int64
    let op: EntryID
    let stamp: Stamp
    let kind: Kind
    let row: EntryID
    let fields: [String]
  }

  /// The operation in the outbox, in whatever state.
  func waiting(_ op: EntryID) throws -> Waiting? {
    try database.first(
      "SELECT n, op, t, coll, id, f FROM sync_outbox WHERE op = ? AND space = ?",
      [.id(op), .id(space.id)]
    ) { try Self.waiting($0, store) }
  }

  private static func waiting(_ columns: Columns, _ store: Store) throws -> Waiting {
    guard let op = columns.id(1), let row = columns.id(4),
      let fields = CanonicalJSON.fields(columns.text(5))
    else { throw StoreError.damaged(path: store.path ?? ":memory:") }
    return Waiting(
      number: columns.integer(0), op: op, stamp: columns.stamp(2), kind: Kind(columns.text(3)),
      row: row, fields: Array(fields.keys))
  }

  /// The server has the operation, under this stamp and number. True where it was waiting here.
  func acknowledge(_ op: EntryID, _ stamp: Stamp, seq: Int64) throws -> Bool {
    guard hasOutbox, let waiting = try waiting(op) else { return false }
    if stamp != waiting.stamp, store.rules.follow(.canonicalStamp) {
      for field in waiting.fields {
        try rename(waiting.kind, waiting.row, field, of: op, to: stamp)
      }
    }
    try database.run(
      "UPDATE sync_clock SET seq = ? WHERE space = ? AND coll = ? AND id = ? AND op = ?",
      [.integer(seq)] + rows.key(waiting.kind, waiting.row) + [.id(op)])
    try database.run("DELETE FROM sync_outbox WHERE n = ?", [.integer(waiting.number)])
    if !store.rules.follow(.acknowledgeByID) { try forgetOthers(like: waiting) }
    acknowledged.insert(op)
    observe(stamp)
    return true
  }

  /// What an acknowledgement by register would do.
  private func forgetOthers(like waiting: Waiting) throws {
    var others: [Waiting] = []
    try database.each(
      "SELECT n, op, t, coll, id, f FROM sync_outbox WHERE space = ? AND coll = ? AND id = ?",
      rows.key(waiting.kind, waiting.row)
    ) { others.append(try Self.waiting($0, store)) }
    for other in others where !Set(other.fields).isDisjoint(with: waiting.fields) {
      try database.run("DELETE FROM sync_outbox WHERE n = ?", [.integer(other.number)])
    }
  }

  // MARK: - Restamping

  /// Gives `first` and all that was written after it stamps above everything that was seen: only so
  /// does a later write stay later. Returns how many operations that were.
  func restamp(from first: EntryID, after reply: ExchangeReply) throws -> Int {
    guard let start = try waiting(first) else { return 0 }
    var base = Stamp(milliseconds: reply.now.milliseconds, counter: 0)
    if store.rules.follow(.restampAboveSeen) {
      base = max(base, reply.greatest, space.acknowledged, try greatestBefore(start, reply.now))
    }
    var tail: [Waiting] = []
    try database.each(
      """
      SELECT n, op, t, coll, id, f FROM sync_outbox WHERE space = ? AND n >= ? ORDER BY n LIMIT ?
      """,
      [
        .id(space.id), .integer(start.number),
        .integer(store.rules.follow(.restampTail) ? .max : 1),
      ]
    ) { tail.append(try Self.waiting($0, store)) }
    // The last one first: each is below what stands there, and no register changes hands in between.
    for (index, waiting) in tail.enumerated().reversed() {
      let stamp = Stamp(bits: base.bits + UInt64(index + 1))
      for field in waiting.fields {
        try rename(waiting.kind, waiting.row, field, of: waiting.op, to: stamp)
      }
      try database.run(
        "UPDATE sync_outbox SET t = ? WHERE n = ?", [Datum(stamp), .integer(waiting.number)])
    }
    clock = max(Stamp(bits: base.bits + UInt64(tail.count)), try greatestElsewhere())
    return tail.count
  }

  /// Of what stands before `start` in the outbox (refused operations), as far as it is no stamp from
  /// the future itself.
  private func greatestBefore(_ start: Waiting, _ now: Moment) throws -> Stamp {
    let limit = Stamp(milliseconds: (now + 300_000).milliseconds, counter: 0)
    return Stamp(
      bits: UInt64(
        bitPattern: try database.integer(
          "SELECT max(t) FROM sync_outbox WHERE space = ? AND n < ? AND t <= ?",
          [.id(space.id), .integer(start.number), Datum(limit)])))
  }

  /// The clock is the profile's: no write of another space may come to lie above it.
  private func greatestElsewhere() throws -> Stamp {
    let bits = try database.integer(
      """
      SELECT max(t) FROM (SELECT max(acked_t) AS t FROM sync_space WHERE space <> ?1
        UNION ALL SELECT max(t) FROM sync_outbox WHERE space <> ?1)
      """, [.id(space.id)])
    return Stamp(bits: UInt64(bitPattern: bits))
  }

  // MARK: - One register

  /// Gives a write of a register another stamp, and the register to the greatest of its writes.
  func rename(
    _ kind: Kind, _ row: EntryID, _ field: String, of op: EntryID, to stamp: Stamp
  ) throws {
    guard let held = try rows.clock(kind, row, field) else { return }
    let author = Authorship(stamp: stamp, op: op)
    if held.author.op == op {
      guard held.author != author else { return }
      try rename(held, kind, row, field, to: author)
    } else {
      try renameVersion(held, kind, row, field, to: author)
    }
  }

  /// The write is the one that stands there.
  private func rename(
    _ held: HeldClock, _ kind: Kind, _ row: EntryID, _ field: String, to author: Authorship
  ) throws {
    let best =
      try database.first(
        """
        SELECT t, op, val FROM sync_version WHERE space = ? AND coll = ? AND id = ? AND field = ?
        ORDER BY t DESC, op DESC LIMIT 1
        """, rows.key(kind, row, field)
      ) { columns in
        columns.id(1).map {
          (
            author: Authorship(stamp: columns.stamp(0), op: $0),
            value: columns.kept(2, self.store.tables[kind]?.shape(of: field))
          )
        }
      } ?? nil
    guard let best, author < best.author, best.author.op != author.op else {
      let clock = HeldClock(author: author, seq: held.seq)
      return try stand(clock, kind, row, field, over: held, value: nil)
    }
    let value = try rows.value(try rows.table(store.tables[kind], for: row), kind, row, field)
    try database.run(
      """
      DELETE FROM sync_version
      WHERE space = ? AND coll = ? AND id = ? AND field = ? AND t = ? AND op = ?
      """,
      rows.key(kind, row, field) + [Datum(best.author.stamp), .id(best.author.op)])
    try keepMoved(kind, row, field, author, value)
    let clock = HeldClock(author: best.author, seq: try seqOfVersion(best.author.op))
    try stand(clock, kind, row, field, over: held, value: best.value)
  }

  /// The write is a version.
  private func renameVersion(
    _ held: HeldClock, _ kind: Kind, _ row: EntryID, _ field: String, to author: Authorship
  ) throws {
    let key = rows.key(kind, row, field)
    guard held.author < author else {
      return try database.run(
        """
        UPDATE OR REPLACE sync_version SET t = ?
        WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?
        """, [Datum(author.stamp)] + key + [.id(author.op)])
    }
    let value = try database.first(
      "SELECT val FROM sync_version WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?",
      key + [.id(author.op)]
    ) { $0.kept(0, self.store.tables[kind]?.shape(of: field)) }
    guard let value else { return }
    try database.run(
      "DELETE FROM sync_version WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?",
      key + [.id(author.op)])
    let former = try rows.value(try rows.table(store.tables[kind], for: row), kind, row, field)
    try keepMoved(kind, row, field, held.author, former)
    let clock = HeldClock(author: author, seq: try seqOfVersion(author.op))
    try stand(clock, kind, row, field, over: held, value: value)
  }

  /// A version's number is not kept: only whether the server has it counts.
  private func seqOfVersion(_ op: EntryID) throws -> Int64? { try waiting(op) == nil ? 0 : nil }

  private func keepMoved(
    _ kind: Kind, _ row: EntryID, _ field: String, _ author: Authorship, _ value: Value
  ) throws {
    try database.run(
      """
      INSERT OR IGNORE INTO sync_version
        (space, coll, id, field, t, op, val, device, lost_at, why, seen_by_user)
      VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, 'edit', 1)
      """,
      rows.key(kind, row, field) + [
        Datum(author.stamp), .id(author.op), Datum(exactly: value), Datum(now),
      ])
  }

  /// From now on `clock` stands there, with `value` where that is another one.
  private func stand(
    _ clock: HeldClock, _ kind: Kind, _ row: EntryID, _ field: String, over held: HeldClock,
    value: Value?
  ) throws {
    try rows.setClock(kind, row, field, to: clock)
    exchangePrint(kind, row, field, from: held.author, to: clock.author)
    let table = try rows.table(store.tables[kind], for: row)
    let former = try table.flatMap { try rows.stored($0, row) }
    if let value { try rows.setValue(table, kind, row, field, to: value) }
    guard let table else { return }
    let hasTurned = try rows.refreshDeath(table, row)
    guard value != nil || hasTurned else { return }
    var targets: [Value] = []
    if let place = table.target {
      targets = [former?.values[place] ?? .null]
      if let value, field == table.fields[place].name { targets.append(value) }
    }
    note(table, row, targets: targets)
  }
}
