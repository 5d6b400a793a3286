internal import GRDB
internal import Kernel
internal import SQL

/// One register's write on its way in.
struct Incoming {
  enum Source {
    /// An operation as its device has sent it.
    case log
    /// A value that a device has given back, or a snapshot's: what it was edited from is not told.
    case copy
  }

  let field: String
  let author: Authorship
  let value: Value
  /// The operation that wrote the text which this one was edited from.
  let base: EntryID?
  let device: EntryID?
  /// The number under which the server has it.
  let seq: Int64
  let source: Source
}

extension Absorbing {
  /// Merges writes of one row: sync.md, section 7. No field comes twice.
  func merge(_ kind: Kind, _ row: EntryID, _ writes: [Incoming]) throws {
    let table = try rows.table(store.tables[kind], for: row)
    var clocks = try rows.clocks(kind, row)
    var winners: [Incoming] = []
    var losers: [Incoming] = []
    for write in writes {
      switch outcome(of: write, over: clocks[write.field]) {
      case .isThere:
        if try confirm(kind, row, write, clocks[write.field]) {
          clocks = try rows.clocks(kind, row)
        }
      case .loses: losers.append(write)
      case .wins: winners.append(write)
      }
    }
    guard !winners.isEmpty || !losers.isEmpty else { return }
    let isNew = clocks.isEmpty
    let stored = isNew ? nil : try table.flatMap { try rows.stored($0, row) }
    for write in losers {
      guard let held = clocks[write.field] else { continue }
      try keepLoser(kind, row, write, held, stored)
    }
    guard !winners.isEmpty else { return }
    for write in winners {
      let held = clocks[write.field]
      if let held { try keepHeld(kind, row, write, held, stored) }
      let clock = HeldClock(author: write.author, seq: write.seq)
      try rows.setClock(kind, row, write.field, to: clock)
      exchangePrint(kind, row, write.field, from: held?.author, to: write.author)
      clocks[write.field] = clock
    }
    if let table = try table ?? entrance(kind, row, winners, isNew: isNew) {
      try place(winners, in: table, row, stored, clocks)
      try hide(table, row, after: winners, stored)
    } else {
      for write in winners { try rows.setUnknown(kind, row, write.field, to: write.value) }
      try show(kind, row)
    }
  }

  // MARK: - Rows of groups

  /// The table of a group's row that comes whole and proves at once whose it is.
  private func entrance(
    _ kind: Kind, _ row: EntryID, _ writes: [Incoming], isNew: Bool
  ) throws -> KindTable? {
    guard isNew, let table = store.tables[kind], try rows.isFree(table, row) else { return nil }
    func value(_ field: String) -> Value { writes.first { $0.field == field }?.value ?? .null }
    let belongs = rows.belongs(
      kind, row, member: value(OwnedRow.member), key: value(OwnedRow.key))
    return belongs || !store.rules.follow(.proveRows) ? table : nil
  }

  /// Of a group's row the rest has come: it takes its place in the table.
  private func show(_ kind: Kind, _ row: EntryID) throws {
    guard let table = store.tables[kind], try rows.adopt(table, row) else { return }
    let stored = try rows.stored(table, row)
    note(table, row, targets: table.target.map { [stored?.values[$0] ?? .null] } ?? [])
  }

  /// A group's row that says of itself now that it is another's is shown no more.
  private func hide(
    _ table: KindTable, _ row: EntryID, after winners: [Incoming], _ stored: StoredRow?
  ) throws {
    guard !space.isPersonal, let stored,
      winners.contains(where: { $0.field == OwnedRow.member || $0.field == OwnedRow.key }),
      try rows.retract(table, row)
    else { return }
    note(table, row, targets: table.target.map { [stored.values[$0]] } ?? [])
  }

  private func outcome(of write: Incoming, over held: HeldClock?) -> Merge {
    if !store.rules.follow(.tieBreak), let held, held.author.op != write.author.op {
      return held.author.stamp < write.author.stamp ? .wins : .loses
    }
    return Merge(write.author, over: held?.author)
  }

  /// The write is the one that stands there: the server's stamp and number count. True where the
  /// stamp was another.
  private func confirm(
    _ kind: Kind, _ row: EntryID, _ write: Incoming, _ held: HeldClock?
  ) throws -> Bool {
    guard let held else { return false }
    let isOther =
      held.author.stamp != write.author.stamp && store.rules.follow(.canonicalStamp)
    if isOther {
      try rename(kind, row, write.field, of: write.author.op, to: write.author.stamp)
    }
    guard held.seq == nil else { return isOther }
    try database.run(
      """
      UPDATE sync_clock SET seq = ?
      WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?
      """,
      [.integer(write.seq)] + rows.key(kind, row, write.field) + [.id(write.author.op)])
    return isOther
  }

  /// Writes the winners into the row of a known kind.
  private func place(
    _ winners: [Incoming], in table: KindTable, _ row: EntryID, _ stored: StoredRow?,
    _ clocks: [String: HeldClock]
  ) throws {
    var values = stored?.values ?? Array(repeating: .null, count: table.fields.count)
    var deleted = stored?.deleted ?? .null
    var written: [(column: String, value: Value)] = []
    for write in winners {
      guard table.shape(of: write.field) != nil else {
        try rows.setUnknown(table.kind, row, write.field, to: write.value)
        continue
      }
      let fits = table.fits(write.value, write.field)
      let value = fits ? write.value : .null
      if !fits {
        try rows.setUnknown(table.kind, row, write.field, to: write.value)
      } else if stored != nil {
        try rows.setUnknown(table.kind, row, write.field, to: nil)
      }
      written.append((write.field, value))
      if let place = table.place(of: write.field) {
        values[place] = value
      } else {
        deleted = value
      }
    }
    let isDead = RegisterRows.isDead(deleted, clocks)
    if let stored {
      written.sort { $0.column < $1.column }
      let columns = written.map { "\"\($0.column)\" = ?, " }.joined()
      try database.run(
        "UPDATE \"\(table.kind.name)\" SET \(columns)_dead = ? WHERE id = ?",
        written.map { Datum($0.value) } + [.integer(isDead ? 1 : 0), .id(row)])
      if isDead, !stored.isDead, isOwn(table, stored) { kills += 1 }
    } else {
      try database.run(
        table.insert,
        table.inserting(
          row, values, deleted: deleted, isDead: isDead,
          space: space.isPersonal ? nil : space.id))
    }
    let targets = table.target.map { [values[$0], stored?.values[$0] ?? .null] } ?? []
    note(table, row, targets: targets)
  }

  /// Whether the row is the person's own work: in a group's space only what they have written.
  private func isOwn(_ table: KindTable, _ stored: StoredRow) -> Bool {
    guard !space.isPersonal else { return table.kind != ConflictSeen.kind }
    guard let place = table.place(of: OwnedRow.member), let me else { return false }
    return !Kind.keptByServer.contains(table.kind) && stored.values[place].text == me
  }

  // MARK: - Versions

  /// The value that stands there makes room for the write.
  private func keepHeld(
    _ kind: Kind, _ row: EntryID, _ write: Incoming, _ held: HeldClock, _ stored: StoredRow?
  ) throws {
    let value = try rows.value(
      try rows.table(store.tables[kind], for: row), kind, row, write.field, in: stored)
    // Under its former stamp the write may be a version already.
    try database.run(
      """
      DELETE FROM sync_version WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?
      """, rows.key(kind, row, write.field) + [.id(write.author.op)])
    let isConcurrent =
      write.base != held.author.op
      && (held.seq.map { write.source == .log && $0 < write.seq } ?? true)
    try keep(
      kind, row, write.field, held.author, value, over: write.value,
      isConcurrent: isConcurrent, device: held.seq == nil ? device : nil)
  }

  /// The write becomes a version beside the value that stands there.
  private func keepLoser(
    _ kind: Kind, _ row: EntryID, _ write: Incoming, _ held: HeldClock, _ stored: StoredRow?
  ) throws {
    try database.run(
      """
      UPDATE OR REPLACE sync_version SET t = ?
      WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?
      """,
      [Datum(write.author.stamp)] + rows.key(kind, row, write.field) + [.id(write.author.op)])
    guard database.changesCount == 0 else { return }
    // What stands there was written before this write was heard of: by us, or it came earlier.
    let isOurs = held.seq == nil || acknowledged.contains(held.author.op)
    let isConcurrent = write.source == .log && (isOurs || held.seq.map { $0 < write.seq } == true)
    var standing: Value = .null
    if isConcurrent, store.tables[kind]?.isLong(write.field) == true {
      standing = try rows.value(
        try rows.table(store.tables[kind], for: row), kind, row, write.field, in: stored)
    }
    try keep(
      kind, row, write.field, write.author, write.value, over: standing,
      isConcurrent: isConcurrent, device: write.device)
  }

  private func keep(
    _ kind: Kind, _ row: EntryID, _ field: String, _ author: Authorship, _ value: Value,
    over winner: Value, isConcurrent: Bool, device: EntryID?
  ) throws {
    guard store.rules.follow(.keepVersions) else { return }
    var isConflict = false
    // What a group is shown is a copy; of the text itself the person hears in their own space.
    if isConcurrent, space.isPersonal, store.tables[kind]?.isLong(field) == true,
      let text = value.text
    {
      isConflict = !text.isEmpty && value != winner
    }
    var isSeen = true
    if isConflict { isSeen = try ConflictSeen.isLive(author.op, field, in: database) }
    if !isSeen { conflicts += 1 }
    try database.run(
      """
      INSERT OR IGNORE INTO sync_version
        (space, coll, id, field, t, op, val, device, lost_at, why, seen_by_user)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      rows.key(kind, row, field) + [
        Datum(author.stamp), .id(author.op), Datum(exactly: value),
        device.map { .id($0) } ?? .null, Datum(now), .text(isConflict ? "merge" : "edit"),
        .integer(isSeen ? 1 : 0),
      ])
  }
}
