import Dispatch
import Kernel
import Storage
import Synchronization
import TestKit
import Testing
import Wire

@testable import Sync

/// The engine's threads: what starts an exchange, and what is told of it.
struct EngineTests {
  /// What an engine has told, and who waits for it.
  private final class Told: Sendable {
    private let all = Mutex<[SyncStatus]>([])
    private let news = DispatchSemaphore(value: 0)

    func take(_ status: SyncStatus) {
      all.withLock { $0.append(status) }
      news.signal()
    }

    /// Waits until something was told that fits, for two minutes on the slowest machine.
    func await(_ fits: (SyncStatus) -> Bool) -> Bool {
      let end = DispatchTime.now() + .seconds(120)
      while !all.withLock({ $0.contains(where: fits) }) {
        guard news.wait(timeout: end) == .success else { return false }
      }
      return true
    }

    func forget() { all.withLock { $0 = [] } }
  }

  @Test func `a start exchanges, a write is sent without being asked for`() throws {
    let server = try LedgerServer()
    let store = try Store.device(1)
    try store.add("Fog")
    let told = Told()
    let engine = SyncEngine(
      store: store, remote: FaultyRemote(server), world: store.world, app: "lifeos/test"
    ) { told.take($0) }
    store.onChange { _ in engine.nudge() }
    engine.start()
    #expect(told.await { $0.state == .online && $0.waiting == 0 })
    #expect(try server.count() == 1)
    told.forget()
    try store.add("Sun")
    #expect(told.await { $0.state == .online && $0.waiting == 1 })
    #expect(told.await { $0.state == .online && $0.waiting == 0 })
    #expect(try server.count() == 2)
    engine.stop()
  }

  @Test func `a server that comes back is found by itself`() throws {
    let server = try LedgerServer()
    let store = try Store.device(1)
    try store.add("Fog")
    let told = Told()
    let engine = SyncEngine(
      store: store, remote: FaultyRemote(server, .drop, .drop), world: store.world,
      app: "lifeos/test"
    ) { told.take($0) }
    engine.start()
    #expect(told.await { $0.state == .offline(reason: "cut") && $0.waiting == 1 })
    #expect(told.await { $0.state == .online && $0.waiting == 0 })
    engine.stop()
  }

  @Test func `what it takes in itself brings no exchange`() throws {
    let server = try LedgerServer()
    let (one, two) = (try Store.device(1), try Store.device(2))
    try one.add("Fog")
    let told = Told()
    let remote = FaultyRemote(server)
    let engine = SyncEngine(store: two, remote: remote, world: two.world, app: "lifeos/test") {
      told.take($0)
    }
    two.onChange { _ in engine.nudge() }
    let other = SyncEngine(
      store: one, remote: FaultyRemote(server), world: one.world, app: "lifeos/test"
    ) { _ in }
    #expect(try other.once().waiting == 0)
    engine.start()
    #expect(told.await { $0.state == .online })
    engine.stop()
    #expect(try two.titles() == ["Fog"])
    #expect(remote.calls == 1)
  }

  @Test func `an engine ends at once, and does nothing afterwards`() throws {
    let server = try LedgerServer()
    let store = try Store.device(1)
    let remote = FaultyRemote(server)
    let engine = SyncEngine(store: store, remote: remote, world: store.world, app: "lifeos/test") {
      _ in
    }
    engine.stop()
    engine.start()
    engine.nudge()
    #expect(remote.calls == 0)
  }

  @Test func `two devices that change the same text keep both`() throws {
    let server = try LedgerServer()
    let (one, two) = (try Store.device(1), try Store.device(2))
    func sync(_ store: Store) throws {
      let engine = SyncEngine(
        store: store, remote: FaultyRemote(server), world: store.world, app: "lifeos/test"
      ) { _ in }
      #expect(try engine.once().state == .online)
    }
    let id = try one.add("Fog", body: "first")
    try sync(one)
    try sync(two)
    try one.write("Edit") { try $0.save(Leaf(id: id, title: "Fog", body: "one's")) }
    try two.write("Edit") { try $0.save(Leaf(id: id, title: "Fog", body: "two's")) }
    for store in [one, two, one] { try sync(store) }
    #expect(try one.leaf(id) == two.leaf(id))
    let conflicts = try one.conflicts(limit: 10) + two.conflicts(limit: 10)
    #expect(!conflicts.isEmpty)
    let texts = Set(conflicts.map(\.lostText) + [try one.leaf(id)?.body ?? ""])
    #expect(texts == ["one's", "two's"])
  }
}
