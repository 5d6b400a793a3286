import Kernel
import Storage
import Synchronization
import TestKit
import Testing
import Wire

@testable import Sync

/// One round over the real store and the real ledger, on a line that fails.
struct RoundTests {
  private func engine(_ store: Store, _ remote: FaultyRemote) -> SyncEngine {
    SyncEngine(store: store, remote: remote, world: store.world, app: "lifeos/test") { _ in }
  }

  private func round(_ store: Store, _ remote: FaultyRemote) -> SyncReport {
    engine(store, remote).round(patience: 0)
  }

  @Test func `what one device writes, the other reads`() throws {
    let server = try LedgerServer()
    let remote = FaultyRemote(server)
    let (one, two) = (try Store.device(1), try Store.device(2))
    try one.add("Fog")
    try two.add("Sun")
    let first = round(one, remote)
    #expect(first.trouble == nil)
    #expect(first.status.state == .online)
    #expect(first.tally.sent == 1)
    let second = round(two, remote)
    #expect(second.tally.sent == 1)
    #expect(second.tally.received == 1)
    #expect(round(one, remote).trouble == nil)
    #expect(try one.titles() == ["Fog", "Sun"])
    #expect(try two.titles() == ["Fog", "Sun"])
  }

  @Test func `an idle round is one request`() throws {
    let server = try LedgerServer()
    let remote = FaultyRemote(server)
    let store = try Store.device(1)
    try store.add("Fog")
    #expect(round(store, remote).trouble == nil)
    let before = remote.calls
    #expect(round(store, remote).trouble == nil)
    #expect(remote.calls == before + 1)
  }

  @Test func `a request that does not arrive changes nothing, and the next one brings all`() throws
  {
    let server = try LedgerServer()
    let remote = FaultyRemote(server, .drop)
    let store = try Store.device(1)
    try store.add("Fog")
    let report = round(store, remote)
    #expect(report.status.state == .offline(reason: "cut"))
    #expect(report.status.waiting == 1)
    #expect(try server.count() == 0)
    #expect(round(store, remote).tally.sent == 1)
    #expect(try server.count() == 1)
  }

  @Test func `a lost answer and a doubled request send nothing twice`() throws {
    let server = try LedgerServer()
    let remote = FaultyRemote(server, .lose, .twice)
    let store = try Store.device(1)
    try store.add("Fog")
    #expect(round(store, remote).trouble != nil)
    #expect(round(store, remote).trouble == nil)
    #expect(try server.count() == 1)
    #expect(try store.waitingOperations() == 0)
  }

  @Test func `a write between sending and taking in is sent in the same round`() throws {
    let server = try LedgerServer()
    let store = try Store.device(1)
    try store.add("Fog")
    let remote = FaultyRemote(server, .meanwhile { try store.add("Sun") })
    let report = round(store, remote)
    #expect(report.trouble == nil)
    #expect(report.status.waiting == 0)
    #expect(try server.count() == 2)
  }

  @Test func `more than a request holds takes several`() throws {
    let server = try LedgerServer()
    let remote = FaultyRemote(server)
    let (one, two) = (try Store.device(1), try Store.device(2))
    for number in 0..<1200 { try one.add("Leaf \(number)") }
    let report = round(one, remote)
    #expect(report.trouble == nil)
    #expect(report.tally.sent == 1200)
    #expect(round(two, remote).trouble == nil)
    #expect(try two.titles().count == 1200)
  }

  @Test func `a snapshot that is cut off goes on where it was`() throws {
    let server = try LedgerServer()
    let remote = FaultyRemote(server)
    let (one, two) = (try Store.device(1), try Store.device(2))
    for number in 0..<300 { try one.add("Leaf \(number)") }
    #expect(round(one, remote).trouble == nil)
    try two.add("My own")
    // Small pages make the log look long, so that the registers come as a snapshot.
    let engine = engine(two, remote)
    remote.plan(.meanwhile {}, .meanwhile {}, .meanwhile {}, .drop)
    let cut = engine.round(patience: 0, want: 20)
    #expect(cut.trouble != nil)
    let rest = engine.round(patience: 0, want: 20)
    #expect(rest.trouble == nil)
    #expect(try two.titles().count == 301)
    #expect(round(one, remote).trouble == nil)
    #expect(try one.titles().contains("My own"))
  }

  @Test func `one operation that spoils the request is put aside, and the others go`() throws {
    let server = try LedgerServer()
    let store = try Store.device(1)
    for title in ["Fog", "Sun", "Rain"] { try store.add(title) }
    let malformed = APIError(
      status: 422, code: .malformed, message: "no text", details: ["path": "ops[1].f.title"])
    let remote = FaultyRemote(server, .refuse(malformed))
    let report = round(store, remote)
    #expect(report.trouble == nil)
    #expect(report.status.quarantined == 1)
    #expect(try server.count() == 2)
    #expect(try store.quarantine().first?.op.fields["title"] == .text("Sun"))
  }

  @Test func `a stale number is followed by one retry at once`() throws {
    let server = try LedgerServer()
    let stale = ExchangeFault.staleRequest(number: 40).error
    let store = try Store.device(1)
    try store.add("Fog")
    let remote = FaultyRemote(server, .refuse(stale))
    #expect(round(store, remote).tally.sent == 1)
    #expect(remote.calls == 2)
    let again = FaultyRemote(server, .refuse(stale), .refuse(stale))
    let report = round(store, again)
    #expect(again.calls == 2)
    #expect(report.trouble?.outcome == .failed(retryAfter: nil))
  }

  @Test func `a session that another server refuses is no reason to sign in there`() throws {
    let server = try LedgerServer()
    let ended = APIError(status: 401, code: .needsSignIn, message: "ended")
    let store = try Store.device(1)
    #expect(
      round(store, FaultyRemote(server, .refuse(ended))).status.state == .needsSignIn)
    server.serverID.withLock { $0 = EntryID(high: 1, low: 2) }
    guard case .untrusted = round(store, FaultyRemote(server, .refuse(ended))).status.state else {
      Issue.record("the other server was not noticed")
      return
    }
  }

  @Test func `a file without an account syncs nothing`() throws {
    let server = try LedgerServer()
    let remote = FaultyRemote(server)
    let store = try Store(path: nil, schema: .leaves, world: .still())
    try store.add("Fog")
    let report = round(store, remote)
    #expect(report.status.state == .alone)
    #expect(remote.calls == 0)
  }

  @Test func `only one process a profile has the turn`() throws {
    let folder = TemporaryFolder()
    let server = try LedgerServer()
    let remote = FaultyRemote(server)
    let path = folder.file("one.sqlite")
    let (here, there) = (try Store.device(1, path: path), try Store.device(1, path: path))
    try here.add("Fog")
    #expect(try there.takeSyncTurn(within: 0))
    let report = round(here, remote)
    #expect(report.trouble?.outcome == .busy)
    #expect(remote.calls == 0)
    there.endSyncTurn()
    #expect(round(here, remote).tally.sent == 1)
    #expect(try there.takeSyncTurn(within: 0))
    there.endSyncTurn()
  }

  @Test(arguments: [
    (APIError(status: 401, code: .sessionRevoked, message: ""), SyncPlan.Outcome.held),
    (APIError(status: 426, code: .upgradeRequired, message: ""), .held),
    (APIError(status: 0, code: .untrusted, message: ""), .held),
    (APIError(status: 409, code: .wrongServer, message: ""), .held),
    (APIError(status: 0, code: .unreachable, message: ""), .failed(retryAfter: nil)),
    (APIError(status: 200, code: .notLifeos, message: ""), .failed(retryAfter: nil)),
    (
      APIError(status: 429, code: .rateLimited, message: "", retryAfter: 7),
      .failed(retryAfter: 7)
    ),
    (
      APIError(status: 503, code: .unavailable, message: "", retryAfter: 3),
      .failed(retryAfter: 3)
    ),
    (APIError(status: 500, code: .internalError, message: ""), .failed(retryAfter: nil)),
    (APIError(status: 418, code: "teapot", message: ""), .failed(retryAfter: nil)),
  ])
  func `each refusal has its consequence`(error: APIError, outcome: SyncPlan.Outcome) {
    #expect(SyncTrouble(error).outcome == outcome)
    #expect(SyncTrouble(error).state != nil)
  }

  @Test func `a full disk and deletions without measure wait for a person`() {
    #expect(SyncTrouble(StoreError.diskFull).state == .full)
    #expect(SyncTrouble(StoreError.diskFull).outcome == .held)
    guard case .paused(let reason)? = SyncTrouble(StoreError.manyDeletions(40)).state else {
      Issue.record("not paused")
      return
    }
    #expect(reason.contains("40"))
  }
}
