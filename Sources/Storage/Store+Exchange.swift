internal import GRDB
package import Kernel
internal import SQL

/// How a device takes part in exchanges: sync.md, section 7. Each function is one transaction.
extension Store {
  /// The spaces that this device holds and syncs; the personal one first.
  package func syncSpaces() throws -> [EntryID] {
    try read { database in
      var spaces: [EntryID] = []
      try database.each(
        "SELECT space FROM sync_space WHERE state <> 'left' ORDER BY kind <> 'personal', space"
      ) { if let space = $0.id(0) { spaces.append(space) } }
      return spaces
    }
  }

  /// The next request for a space: its number is on disk when this returns. Repairs go before
  /// operations; the operations are always a prefix of the outbox, cut between groups where it can be.
  package func beginExchange(_ space: EntryID, app: String, want: Int) throws -> ExchangeRequest {
    try transaction { database in
      guard var state = try SyncSpace(space, in: database),
        let device = try SyncMeta(database: database).id("device_id")
      else { throw StoreError.failed("there is no space \(space)") }
      state.number += 1
      try state.save(in: database)
      let batch = Batch(
        database: database, store: self, space: space, isPersonal: state.isPersonal)
      try batch.putAsideWhatIsTooLarge()
      let repairs = try batch.repairs()
      return ExchangeRequest(
        space: space, device: device, number: state.number, app: app, epoch: state.epoch,
        cursor: state.cursor, seen: state.seen, now: world.now(), want: want, repairs: repairs,
        ops: repairs.isEmpty ? try batch.operations() : [])
    }
  }
}

/// What one request carries: at most so many operations and bytes.
private struct Batch {
  let database: Database
  let store: Store
  let space: EntryID
  let isPersonal: Bool

  /// Room for what stands around the operations.
  private static let mostBytes = ExchangeRequest.mostBytes - (16 << 10)

  /// An operation that no request can carry would stop all others.
  func putAsideWhatIsTooLarge() throws {
    try database.run(
      """
      UPDATE sync_outbox SET state = 'quarantined', err = ?
      WHERE space = ? AND state = 'pending' AND n IN (
        SELECT n FROM sync_outbox WHERE space = ? AND state = 'pending' ORDER BY n LIMIT ?)
      AND length(CAST(f AS BLOB)) > ?
      """,
      [
        .text(Verdict.Refusal.tooLarge.rawValue), .id(space), .id(space),
        .integer(Int64(ExchangeRequest.mostOps)), .integer(Int64(Self.mostBytes)),
      ])
  }

  /// The first pending operations. A group is cut only where it is larger than a whole batch.
  func operations() throws -> [Op] {
    var operations: [Op] = []
    var bytes = 0
    var isFull = false
    try OutboxReader(database: database, path: store.path).each(
      "WHERE space = ? AND state = 'pending' ORDER BY n LIMIT ?",
      [.id(space), .integer(Int64(ExchangeRequest.mostOps + 1))]
    ) { line in
      bytes += line.bytes
      let fits = operations.count < ExchangeRequest.mostOps && bytes <= Self.mostBytes
      guard !isFull, fits || operations.isEmpty else {
        if !isFull, let last = operations.last, last.group == line.op.group,
          let start = operations.firstIndex(where: { $0.group == last.group }), start > 0
        {
          operations.removeSubrange(start...)
        }
        isFull = true
        return
      }
      operations.append(line.op)
    }
    return operations
  }

  /// Values that the server has lost. They are looked up by their operation, as its stamp may have
  /// become another since; what is nowhere any more needs no repair.
  func repairs() throws -> [Register] {
    var due: [(number: Int64, kind: Kind, row: EntryID, field: String, op: EntryID)] = []
    try database.each(
      "SELECT n, coll, id, field, op FROM sync_repair WHERE space = ? ORDER BY n LIMIT ?",
      [.id(space), .integer(Int64(ExchangeRequest.mostOps))]
    ) { columns in
      guard let row = columns.id(2), let op = columns.id(4) else { return }
      due.append((columns.integer(0), Kind(columns.text(1)), row, columns.text(3), op))
    }
    var repairs: [Register] = []
    var bytes = 0
    for item in due {
      guard let register = try register(item.kind, item.row, item.field, item.op) else {
        try database.run("DELETE FROM sync_repair WHERE n = ?", [.integer(item.number)])
        continue
      }
      bytes += 220 + (register.value.text?.utf8.count ?? 0)
      guard bytes <= Self.mostBytes || repairs.isEmpty else { break }
      repairs.append(register)
    }
    return repairs
  }

  private func register(
    _ kind: Kind, _ row: EntryID, _ field: String, _ op: EntryID
  ) throws -> Register? {
    let rows = RegisterRows(database: database, space: space, isPersonal: isPersonal)
    if let clock = try rows.clock(kind, row, field), clock.author.op == op {
      return Register(
        kind: kind, row: row, field: field, authorship: clock.author,
        value: try rows.value(
          try rows.table(store.tables[kind], for: row), kind, row, field))
    }
    return try database.first(
      """
      SELECT t, val FROM sync_version
      WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?
      """, rows.key(kind, row, field) + [.id(op)]
    ) {
      Register(
        kind: kind, row: row, field: field,
        authorship: Authorship(stamp: $0.stamp(0), op: op),
        value: $0.kept(1, store.tables[kind]?.shape(of: field)))
    }
  }
}

/// What came of an exchange.
package struct ExchangeOutcome: Hashable, Sendable {
  package enum Next: Hashable, Sendable {
    /// The space is at the head and nothing waits.
    case atHead
    /// There is more to send or to read: exchange again.
    case more
    /// Once more at once, a single time (a stale request number); then by the usual waiting.
    case again
    /// The histories differ still after giving back: say so.
    case diverged
  }
  package var next: Next
  package var kinds: Set<Kind>
  package var sent: Int
  package var received: Int
  package var restamped: Int
  package var conflicts: Int
  package init(
    next: Next, kinds: Set<Kind> = [], sent: Int = 0, received: Int = 0, restamped: Int = 0,
    conflicts: Int = 0
  ) {
    self.next = next
    self.kinds = kinds
    self.sent = sent
    self.received = received
    self.restamped = restamped
    self.conflicts = conflicts
  }
}

/// Where a snapshot begins or goes on.
package struct SnapshotStart: Hashable, Sendable {
  /// nil for the beginning.
  package let after: SnapshotKey?
  package init(after: SnapshotKey?) { self.after = after }
}
