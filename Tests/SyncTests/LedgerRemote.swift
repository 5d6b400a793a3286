import GRDB
import Kernel
import Ledger
import Synchronization
import Wire

@testable import Sync

/// The server's real memory, without a network: requests and replies go over the wire's own bytes.
final class LedgerServer: Sendable {
  static let account = EntryID(high: 0xACC0, low: 1)
  static let space = EntryID(high: 0x5BACE, low: 1)
  static let id = EntryID(high: 0x5E, low: 1)

  let database: DatabaseQueue
  let ledger = Ledger()
  private let now = Mutex(Moment(seconds: 1_795_176_000))
  /// What it calls itself: another one stands for another server.
  let serverID = Mutex(LedgerServer.id)

  init() throws {
    database = try DatabaseQueue()
    try database.write { database in
      for step in Ledger.migrations { try database.execute(sql: step.sql) }
      try ledger.makeSpace(
        Self.space, kind: "personal", owner: Self.account, epoch: EntryID(high: 0xE, low: 1),
        in: database)
    }
  }

  /// The server's clock, which goes on by each look at it.
  func tick() -> Moment {
    now.withLock { now in
      now = now + 10
      return now
    }
  }

  func exchange(
    _ request: ExchangeRequest, account: EntryID = account
  ) throws(APIError) -> ExchangeReply {
    let now = tick()
    let result: Result<ExchangeReply, ExchangeFault>
    do {
      let request = try ExchangeRequest(bytes: request.bytes)
      result = try database.write { database in
        do throws(any Error) {
          let reply = try ledger.exchange(
            request, account: account, now: now, newEpoch: EntryID(high: 0xE, low: 2),
            in: database)
          return .success(try ExchangeReply(bytes: reply.bytes))
        } catch let fault as ExchangeFault {
          return .failure(fault)
        }
      }
    } catch let error as WireError {
      throw APIError(
        status: 422, code: .malformed, message: error.reason, details: ["path": error.path])
    } catch {
      throw APIError(status: 500, code: .internalError, message: "\(error)")
    }
    switch result {
    case .success(let reply): return reply
    case .failure(let fault): throw fault.error
    }
  }

  func snapshot(
    _ query: SnapshotQuery, account: EntryID = account
  ) throws(APIError) -> SnapshotPage {
    do {
      let page = try database.read { database in
        try ledger.snapshot(
          query.space, after: query.after, account: account, limit: 50,
          now: Moment(seconds: 1_795_176_000), in: database)
      }
      return try SnapshotPage(bytes: page.bytes)
    } catch let fault as ExchangeFault {
      throw fault.error
    } catch {
      throw APIError(status: 500, code: .internalError, message: "\(error)")
    }
  }

  /// The number of operations it has.
  func count() throws -> Int64 {
    try database.read { try ledger.state(of: Self.space, in: $0)?.head.seq ?? 0 }
  }
}

/// A line to the ledger that fails as it is told, one fault a call.
final class FaultyRemote: Remote {
  enum Fault: Sendable {
    /// The request does not arrive.
    case drop
    /// It is carried out, and the answer does not arrive.
    case lose
    /// It arrives twice; the second answer counts.
    case twice
    case refuse(APIError)
    /// Something happens before it leaves.
    case meanwhile(@Sendable () throws -> Void)
  }

  private struct State {
    var faults: [Fault] = []
    var refusals: [EntryID: APIError] = [:]
    var calls = 0
    var asked: [EntryID] = []
    var hints: [ServerEvent] = []
    var isInterrupted = false
  }

  private let server: LedgerServer
  private let account: EntryID
  private let state = Monitor(State())

  init(_ server: LedgerServer, of account: EntryID = LedgerServer.account, _ faults: Fault...) {
    self.server = server
    self.account = account
    state.change { $0.faults = faults }
  }

  var calls: Int { state.change { $0.calls } }

  /// The spaces that were exchanged since this was asked last, in their order.
  func asked() -> [EntryID] {
    state.change { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  /// The same, as soon as there are so many.
  func asked(atLeast count: Int) -> [EntryID] {
    let end = Uptime.awake + 120_000
    state.wait { state -> Waited<Void> in
      let left = end - Uptime.awake
      return state.asked.count >= count || left <= 0 ? .over(()) : .again(within: left)
    }
    return asked()
  }

  /// Every exchange of that space fails so; nil for no longer.
  func refuse(_ space: EntryID, _ error: APIError?) {
    state.change { $0.refusals[space] = error }
  }

  func plan(_ faults: Fault...) { state.change { $0.faults += faults } }

  func call<Query, Reply>(
    _ route: Route<Query, Reply>, _ query: Query
  ) throws(APIError) -> Reply {
    let space = (query as? ExchangeRequest)?.space
    let fault = state.change { state -> Fault? in
      state.calls += 1
      if let space {
        state.asked.append(space)
        if let refusal = state.refusals[space] { return .refuse(refusal) }
      }
      return state.faults.isEmpty ? nil : state.faults.removeFirst()
    }
    switch fault {
    case .drop: throw Self.unreachable
    case .refuse(let error): throw error
    case .lose:
      let _: Reply = try answer(query)
      throw Self.unreachable
    case .twice:
      let _: Reply = try answer(query)
      return try answer(query)
    case .meanwhile(let body):
      do { try body() } catch { throw Self.unreachable }
      return try answer(query)
    case nil: return try answer(query)
    }
  }

  private func answer<Query, Reply>(_ query: Query) throws(APIError) -> Reply {
    let reply: any Sendable =
      switch query {
      case let query as ExchangeRequest: try server.exchange(query, account: account)
      case let query as SnapshotQuery: try server.snapshot(query, account: account)
      default:
        HealthReply(
          status: "ok", database: "ok", version: "1", serverID: server.serverID.withLock { $0 },
          now: Moment(seconds: 0))
      }
    guard let reply = reply as? Reply else {
      throw APIError(status: 404, code: .notFound, message: "no such route here")
    }
    return reply
  }

  func listen(_ hear: (ServerEvent) -> Bool) throws(APIError) { throw Self.unreachable }

  func interrupt() {}

  static let unreachable = APIError(status: 0, code: .unreachable, message: "cut")
}
