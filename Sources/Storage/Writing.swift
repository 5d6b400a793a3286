internal import GRDB
internal import Kernel
internal import SQL

/// One open write transaction: it mints stamps, keeps the undo groups and knows what has changed.
///
/// The operations themselves are written in `Writing+Operations.swift`.
final class Writing {
  /// What the transaction is for.
  struct Purpose {
    enum Turn: Int64 { case write = 0, undo = 1, redo = 2 }
    var label: String
    let turn: Turn
    /// The group that is taken back.
    var undoes: EntryID?
    /// The groups that are undone together with this one's.
    var batch: EntryID?
  }

  /// A group never holds more operations: sync.md, section 3.
  static let groupLimit = 200

  let database: Database
  let store: Store
  /// The space that only its person takes part in.
  let personal: EntryID
  let device: EntryID
  let now: Moment
  var changed: Set<Kind> = []
  var stale: StaleDocuments

  private(set) var purpose: Purpose
  /// Of the spaces that this transaction writes into.
  private var digests: [EntryID: UInt64]
  /// Rows of `conflict_seen` that this transaction has written.
  var seenRows: [EntryID] = []
  private var clock: Stamp
  /// Milliseconds that this machine's clock is behind the server's.
  private let offset: Int64
  private var group: EntryID?
  private var operationsInGroup = 0
  private var operations = 0

  init(database: Database, store: Store, purpose: Purpose) throws {
    self.database = database
    self.store = store
    self.purpose = purpose
    now = store.world.now()
    stale = StaleDocuments(sources: store.schema.searches)
    let found = try database.first(
      "SELECT space, digest, (SELECT v FROM sync_meta WHERE k = 'hlc'), "
        + "(SELECT v FROM sync_meta WHERE k = 'device_id'), "
        + "(SELECT v FROM sync_meta WHERE k = 'srv_offset_ms') "
        + "FROM sync_space WHERE kind = 'personal'"
    ) {
      (
        space: $0.id(0), digest: $0.integer(1), clock: $0.stamp(2), device: $0.id(3),
        offset: $0.integer(4)
      )
    }
    guard let found, let space = found.space, let device = found.device else {
      throw StoreError.damaged(path: store.path ?? ":memory:")
    }
    personal = space
    self.device = device
    digests = [space: UInt64(bitPattern: found.digest)]
    clock = found.clock
    offset = found.offset
  }

  /// A new operation of this transaction: its stamp, its id and its group.
  func mint() throws -> (stamp: Stamp, op: EntryID, group: EntryID) {
    let group = try currentGroup()
    operationsInGroup += 1
    let (stamp, op) = try mintOperation()
    return (stamp, op, group)
  }

  /// The same without a group: nothing that undo would take back.
  func mintOperation() throws -> (stamp: Stamp, op: EntryID) {
    operations += 1
    let time = now + offset
    clock =
      store.rules.follow(.logicalClock)
      ? clock.next(at: time) : Stamp(milliseconds: time.milliseconds, counter: 0)
    guard store.rules.follow(.randomIDs) else { return (clock, try countedID()) }
    return (clock, store.world.newID())
  }

  /// An id as a device would make it that counts its operations.
  private func countedID() throws -> EntryID {
    let meta = SyncMeta(database: database)
    let count = try meta.integer("op_count") + 1
    try meta.set("op_count", .integer(count))
    return EntryID(high: device.high ^ device.low, low: UInt64(bitPattern: count))
  }

  /// What the coming groups are called, and what joins them.
  func name(_ label: String, batch: EntryID?) {
    purpose.label = label
    purpose.batch = batch
  }

  /// The next operations take back `group`: in a group of their own, even where there are none.
  func turn(to group: EntryID) throws {
    purpose.undoes = group
    self.group = nil
    _ = try currentGroup()
  }

  /// Throws `.left` for a group that the person is no longer in, and for one that is not known here.
  func enter(_ space: EntryID) throws {
    guard digests[space] == nil else { return }
    let found = try database.first(
      "SELECT digest FROM sync_space WHERE space = ? AND state <> 'left'", [.id(space)]
    ) { $0.integer(0) }
    guard let found else { throw StoreError.left }
    digests[space] = UInt64(bitPattern: found)
  }

  /// Takes one register out of a space's digest, or puts one in.
  func digest(_ space: EntryID, _ change: (inout UInt64) -> Void) {
    let space = store.rules.follow(.digestOfSpace) ? space : personal
    guard var digest = digests[space] else { preconditionFailure("a space is entered first") }
    change(&digest)
    digests[space] = digest
  }

  /// The last words before COMMIT.
  func finish() throws {
    try ConflictSeen.mark(seenRows, in: database)
    try SearchIndex(database: database).refresh(stale, sources: store.schema.searches)
    guard operations > 0 else { return }
    try database.run("UPDATE sync_meta SET v = ? WHERE k = 'hlc'", [Datum(clock)])
    for (space, digest) in digests {
      try database.run(
        "UPDATE sync_space SET digest = ? WHERE space = ?",
        [.integer(Int64(bitPattern: digest)), .id(space)])
    }
  }

  /// The group for one more operation: a full one is followed by another of the same batch.
  private func currentGroup() throws -> EntryID {
    if let group, operationsInGroup < Self.groupLimit { return group }
    let next = store.world.newID()
    if let group, purpose.batch == nil {
      purpose.batch = group
      try database.run("UPDATE undo_group SET batch = x WHERE x = ?", [.id(group)])
    }
    try database.run(
      "INSERT INTO undo_group (x, at, label, undoes, batch, turn) VALUES (?, ?, ?, ?, ?, ?)",
      [
        .id(next), Datum(now), .text(purpose.label), purpose.undoes.map { .id($0) } ?? .null,
        purpose.batch.map { .id($0) } ?? .null, .integer(purpose.turn.rawValue),
      ])
    group = next
    operationsInGroup = 0
    return next
  }
}
