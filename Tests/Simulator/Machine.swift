internal import GRDB
internal import Kernel
internal import SQL

@testable internal import Storage

/// One device of a schedule: a database, the program that has it open, and a wall clock.
final class Machine {
  let index: Int
  /// Whose it is.
  let person: Person
  let queue: DatabaseQueue
  private(set) var edition: Edition
  private(set) var store: Store
  let watch = Watch()
  let rules: SyncRules
  let ids: IDSource
  /// A history longer than this is read by a snapshot.
  var longHistory: Int64 = 2_000 { didSet { store.memory.longHistory = longHistory } }
  /// Milliseconds that its clock is ahead.
  var offset: Int64 = 0
  var hasJoined = false
  /// Its history is not its own: it was restored, or is or has a copy.
  var isTainted = false
  /// How many of SQLite's steps the last reply took to take in: where a crash may be.
  var applySteps = 40
  var writeSteps = 40
  /// Registers' losers that it was not there to see: it began with a snapshot.
  var unseen: Set<Writ> = []
  /// Its database before the last local commit: for the mutant whose commits are not durable.
  var beforeCommit: DatabaseQueue?

  init(
    index: Int, person: Person, queue: DatabaseQueue, edition: Edition, rules: SyncRules,
    ids: IDSource
  ) throws {
    self.index = index
    self.person = person
    self.queue = queue
    self.edition = edition
    self.rules = rules
    self.ids = ids
    store = try Store(
      over: queue, schema: Edition.schemas[edition] ?? edition.schema, world: watch.world(ids),
      rules: rules)
  }

  /// Another device than the one that it is a copy of.
  func becomeNew() throws {
    try queue.inDatabase { database in
      try database.run(
        "UPDATE sync_meta SET v = ? WHERE k = 'device_id'", [.id(watch.world(ids).newID())])
      try database.run("UPDATE sync_space SET space = ?", [.id(watch.world(ids).newID())])
    }
  }

  /// The program ends (at whatever point) and is started again.
  func restart(as edition: Edition? = nil) throws {
    self.edition = edition ?? self.edition
    store = try Store(
      over: queue, schema: Edition.schemas[self.edition] ?? self.edition.schema,
      world: watch.world(ids), rules: rules)
    store.memory.longHistory = longHistory
  }

  func set(now: Int64) { watch.set(max(0, now + offset)) }

  /// Reads outside of any transaction.
  func peek<T>(_ body: (Database) throws -> T) throws -> T { try queue.inDatabase(body) }

  func cursor(_ space: EntryID) throws -> LogPoint {
    try peek { database in
      try database.first(
        "SELECT cursor, cursor_chain FROM sync_space WHERE space = ?", [.id(space)]
      ) {
        LogPoint(seq: $0.integer(0), chain: UInt64(bitPattern: $0.integer(1)))
      } ?? .start
    }
  }

  /// What of it changes while it comes to rest.
  func restingState() throws -> [Int64] {
    try peek { database in
      var state: [Int64] = []
      try database.each(
        """
        SELECT cursor, cursor_chain, digest, (SELECT count(*) FROM sync_outbox WHERE state = 'pending'),
          (SELECT coalesce(sum(t), 0) FROM sync_outbox WHERE state = 'pending'), (SELECT count(*) FROM sync_repair),
          state = 'live', epoch FROM sync_space ORDER BY space
        """
      ) { columns in
        state += (0..<7).map { columns.integer(CInt($0)) }
        state.append(Int64(bitPattern: columns.id(7)?.low ?? 0))
      }
      return state
    }
  }

  /// Its cursor in a space, and what waits there.
  func rest(in space: EntryID) throws -> (cursor: Int64, waiting: Int64, repairs: Int64) {
    try peek { database in
      try database.first(
        """
        SELECT cursor, (SELECT count(*) FROM sync_outbox WHERE space = ?1 AND state = 'pending'),
          (SELECT count(*) FROM sync_repair WHERE space = ?1) FROM sync_space WHERE space = ?1
        """, [.id(space)]
      ) { ($0.integer(0), $0.integer(1), $0.integer(2)) } ?? (-1, 0, 0)
    }
  }

  /// The groups that it syncs.
  func groups() throws -> [EntryID] {
    try store.groupSpaces().filter { !$0.isLeft }.map(\.space)
  }

  /// The groups of which it holds an archive.
  func archives() throws -> [EntryID] {
    try store.groupSpaces().filter(\.isLeft).map(\.space)
  }
}

/// One value that was written once: an operation's write of one field.
struct Writ: Hashable {
  let op: EntryID
  let field: String
}

/// Where a register is.
struct Place: Hashable {
  let kind: String
  let row: EntryID
  let field: String
}
