internal import GRDB
internal import Kernel
internal import SQL

/// One open transaction that takes in what the server says: acknowledgements, operations of other
/// devices, snapshots. It keeps the space's digest and remembers what has changed.
///
/// What it does with registers stands in `Absorbing+Merging.swift` and `Absorbing+Renaming.swift`.
final class Absorbing {
  let database: Database
  let store: Store
  let rows: RegisterRows
  let device: EntryID
  let now: Moment
  /// The account's id as text.
  let me: String?
  var space: SyncSpace
  /// The profile's logical clock.
  var clock: Stamp
  /// False while the outbox is empty: no operation of the server's can be one of ours then.
  let hasOutbox: Bool

  /// Operations of ours that this transaction has found on the server.
  var acknowledged: Set<EntryID> = []
  var changed: Set<Kind> = []
  var conflicts = 0
  var hasReconciled = false
  /// Rows that were alive before this transaction and are dead now.
  var kills = 0
  private var stale: StaleDocuments
  private var seenRows: [EntryID] = []

  init?(_ space: EntryID, store: Store, database: Database) throws {
    guard let state = try SyncSpace(space, in: database) else { return nil }
    let meta = SyncMeta(database: database)
    guard let device = try meta.id("device_id") else {
      throw StoreError.damaged(path: store.path ?? ":memory:")
    }
    self.database = database
    self.store = store
    self.space = state
    self.device = device
    me = try meta.id("account_id")?.description
    rows = RegisterRows(database: database, space: space, isPersonal: state.isPersonal)
    now = store.world.now()
    clock = Stamp(bits: UInt64(bitPattern: try meta.integer("hlc")))
    hasOutbox = try database.integer("SELECT EXISTS (SELECT 1 FROM sync_outbox)") == 1
    stale = StaleDocuments(sources: store.schema.searches)
  }

  /// Another device's stamp: whatever is written here from now on is greater.
  func observe(_ stamp: Stamp) {
    clock = max(clock, stamp)
    space.acknowledged = max(space.acknowledged, stamp)
  }

  /// Remembers what the change of a row makes stale. `targets` are the rows that it names or named.
  func note(_ table: KindTable, _ row: EntryID, targets: [Value]) {
    changed.insert(table.kind)
    if table.kind == ConflictSeen.kind { seenRows.append(row) }
    stale.note(table.kind, row)
    for target in targets { stale.note(child: table.kind, of: target) }
  }

  /// Takes a register's author out of the digest, and puts another in.
  func exchangePrint(
    _ kind: Kind, _ row: EntryID, _ field: String, from old: Authorship?, to new: Authorship
  ) {
    if let old { space.digest &-= Digest.register(space.id, kind, row, field, old) }
    space.digest &+= Digest.register(space.id, kind, row, field, new)
  }

  /// The last words before COMMIT. While a snapshot is read, the search index waits for its end.
  func finish() throws {
    if changed.contains(Membership.kind), space.isPersonal {
      let groups = GroupSpaces(
        database: database, tables: store.tables, searches: store.schema.searches,
        rules: store.rules)
      changed.formUnion(try groups.follow())
    }
    try ConflictSeen.mark(seenRows, in: database)
    if space.state == .live {
      try SearchIndex(database: database).refresh(stale, sources: store.schema.searches)
    }
    try space.save(in: database)
    try SyncMeta(database: database).set("hlc", Datum(clock))
  }

  /// Pulls that would delete a large part of all rows wait for a person's word.
  func guardAgainstDeletions() throws {
    guard kills > 20, !store.memory.allowsDeletions else { return }
    var alive = 0
    for table in store.tables.values where table.kind != ConflictSeen.kind {
      guard !Kind.keptByServer.contains(table.kind) else { continue }
      let isOwned = table.isShared && table.place(of: OwnedRow.member) != nil
      let own = isOwned ? " AND (\(KindTable.space) IS NULL OR \(OwnedRow.member) = ?)" : ""
      alive += Int(
        try database.integer(
          "SELECT count(*) FROM \"\(table.kind.name)\" WHERE NOT _dead\(own)",
          isOwned ? [.text(me ?? "")] : []))
    }
    guard kills * 5 > alive + kills else { return }
    throw StoreError.manyDeletions(kills)
  }
}
