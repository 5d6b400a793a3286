internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL
internal import Synchronization
internal import TestKit
internal import Testing

@testable internal import Storage

/// The time that all machines of a test agree on, but for what their own clocks make of it.
final class Hours: Sendable {
  private let milliseconds = Mutex<Int64>(1_795_176_000_000)
  /// Milliseconds since 1970.
  var now: Int64 { milliseconds.withLock { $0 } }
  func pass(_ step: Int64 = 1) { milliseconds.withLock { $0 += step } }
}

/// How wrong a machine's clock is, in milliseconds.
final class Wrong: Sendable {
  private let milliseconds = Mutex<Int64>(0)
  var value: Int64 {
    get { milliseconds.withLock { $0 } }
    set { milliseconds.withLock { $0 = newValue } }
  }
}

/// The real ledger over SQLite in memory, with one account and its space.
final class Host {
  let hours = Hours()
  let ledger: Ledger
  var queue: DatabaseQueue
  let space: EntryID
  let account: SyncAccount
  let source: World

  init(rules: SyncRules = SyncRules(), seed: UInt64 = 4711) throws {
    source = World.still(seed: seed)
    ledger = Ledger(rules: rules)
    queue = try DatabaseQueue()
    space = source.newID()
    account = SyncAccount(
      id: source.newID(), user: "ada", serverID: source.newID(), url: "http://localhost")
    try queue.write { database in
      for migration in Ledger.migrations { try database.execute(sql: migration.sql) }
      try ledger.makeSpace(
        space, kind: "personal", owner: account.id, epoch: source.newID(), in: database)
    }
  }

  func answer(_ request: ExchangeRequest) throws -> Result<ExchangeReply, ExchangeFault> {
    hours.pass()
    return try queue.inDatabase { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      do {
        let reply = try ledger.exchange(
          request, account: account.id, now: Moment(milliseconds: hours.now),
          newEpoch: source.newID(), in: database)
        try database.execute(sql: "COMMIT")
        return .success(reply)
      } catch let fault as ExchangeFault {
        try database.execute(sql: "COMMIT")
        return .failure(fault)
      } catch {
        try database.execute(sql: "ROLLBACK")
        throw error
      }
    }
  }

  func page(after key: SnapshotKey?, limit: Int) throws -> SnapshotPage {
    try queue.read {
      try ledger.snapshot(
        space, after: key, account: account.id, limit: limit, now: Moment(milliseconds: hours.now),
        in: $0)
    }
  }

  /// A copy of all that the server has, as a backup would be.
  func backup() throws -> DatabaseQueue {
    let copy = try DatabaseQueue()
    try queue.backup(to: copy)
    return copy
  }

  func log() throws -> [LoggedOp] {
    var log: [LoggedOp] = []
    try queue.read { try ledger.log(of: space, in: $0) { log.append($0) } }
    return log
  }

  func state() throws -> SpaceState {
    try #require(try queue.read { try ledger.state(of: space, in: $0) })
  }
}

/// One machine with its store.
final class Machine {
  let host: Host
  let wrong = Wrong()
  var store: Store
  let world: World

  init(
    _ host: Host, seed: UInt64, schema: Schema = .pages, path: String? = nil, joins: Bool = true,
    rules: SyncRules = SyncRules()
  ) throws {
    self.host = host
    var world = World.still(seed: seed)
    let (hours, wrong) = (host.hours, wrong)
    world.now = { Moment(milliseconds: hours.now + wrong.value) }
    self.world = world
    store = try Store(path: path, schema: schema, world: world, rules: rules)
    if joins { try store.join(host.account, personalSpace: host.space) }
  }

  /// The same store at another server.
  init(_ host: Host, moved machine: Machine) throws {
    self.host = host
    (store, world) = (machine.store, machine.world)
    try store.join(host.account, personalSpace: host.space)
  }

  func begin(want: Int = 5000) throws -> ExchangeRequest {
    try store.beginExchange(host.space, app: "lifeos/0", want: want)
  }

  /// One exchange. A round trip too slow to tell the time: clocks stay as wrong as the test wants.
  @discardableResult
  func exchange(want: Int = 5000) throws -> ExchangeOutcome {
    let request = try begin(want: want)
    return try take(try host.answer(request), to: request)
  }

  @discardableResult
  func take(
    _ answer: Result<ExchangeReply, ExchangeFault>, to request: ExchangeRequest
  ) throws -> ExchangeOutcome {
    switch answer {
    case .success(let reply): try store.accept(reply, to: request, roundTrip: 60_000)
    case .failure(let fault): try store.accept(fault, to: request)
    }
  }

  /// Exchanges until nothing is left to do; what the last one said.
  @discardableResult
  func sync(want: Int = 5000) throws -> ExchangeOutcome.Next {
    for _ in 0..<200 {
      var start = try store.snapshotStart(host.space)
      while let next = start {
        let page = try host.page(after: next.after, limit: 700)
        try store.accept(page, of: host.space)
        start = try store.snapshotStart(host.space)
      }
      let next = try exchange(want: want).next
      if next == .atHead || next == .diverged { return next }
    }
    Issue.record("no end of exchanges")
    return .more
  }

  /// Everything that a device shows of its registers.
  func registers() throws -> [String: Authorship] {
    try store.read { database in
      var found: [String: Authorship] = [:]
      try database.each("SELECT coll, id, field, t, op FROM sync_clock") {
        let name = "\($0.text(0)) \($0.id(1)!) \($0.text(2))"
        found[name] = Authorship(stamp: $0.stamp(3), op: $0.id(4)!)
      }
      return found
    }
  }

  /// P18 and P17, from scratch.
  func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let state = try #require(try store.read { try SyncSpace(host.space, in: $0) })
    let digest = try store.read {
      try RegisterRows(database: $0, space: host.space, isPersonal: true).digest()
    }
    #expect(digest == state.digest, sourceLocation: sourceLocation)
    let wrong = try store.read { database in
      try store.tables.values.reduce(Int64(0)) { sum, table in
        let clock = "FROM sync_clock c WHERE c.coll = '\(table.kind.name)' AND c.id = r.id"
        let own = "(SELECT c.t \(clock) AND c.field = '_del')"
        return try sum
          + database.integer(
            """
            SELECT count(*) FROM "\(table.kind.name)" r WHERE _dead <> coalesce(_del = 1 AND NOT EXISTS (
              SELECT 1 \(clock) AND c.field <> '_del' AND (c.t, c.op) >
                (\(own), (SELECT c.op \(clock) AND c.field = '_del'))), 0)
            """)
      }
    }
    #expect(
      wrong == 0, "rows whose life is not what their registers say", sourceLocation: sourceLocation)
  }
}

/// Brings all to the head, twice round, and sees that they and the server hold the same.
func converge(
  _ machines: [Machine], sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let host = machines[0].host
  for _ in 0..<4 {
    for machine in machines { try machine.sync() }
  }
  let first = try machines[0].registers()
  for machine in machines {
    #expect(try machine.registers() == first, sourceLocation: sourceLocation)
    #expect(try machine.store.waitingOperations() == 0, sourceLocation: sourceLocation)
    #expect(try machine.store.pages() == machines[0].store.pages(), sourceLocation: sourceLocation)
    try machine.check(sourceLocation: sourceLocation)
    let state = try machine.store.read { try SyncSpace(host.space, in: $0) }
    #expect(state?.digest == (try host.state()).digest, sourceLocation: sourceLocation)
    #expect(state?.cursor == (try host.state()).head, sourceLocation: sourceLocation)
  }
  #expect(
    try host.queue.read { try host.ledger.flaws(of: host.space, in: $0) } == [],
    sourceLocation: sourceLocation)
}
