import Dispatch
import Kernel
import Storage
import Synchronization
import TestKit
import Testing
import Wire

@testable import Sync

/// What the engine makes of the server's events.
@Suite(.timeLimit(.minutes(4))) struct PresenceTests {
  /// A stream that says what a test tells it to.
  private final class Stream: Remote {
    private let said = Monitor<[ServerEvent?]>([])

    /// The next event; nil ends the stream.
    func say(_ events: ServerEvent?...) { said.change { $0 += events } }

    func listen(_ hear: (ServerEvent) -> Bool) throws(APIError) {
      while true {
        let next = said.wait { said -> Waited<ServerEvent?> in
          said.isEmpty ? .again(within: nil) : .over(said.removeFirst())
        }
        guard let next else { throw FaultyRemote.unreachable }
        if !hear(next) { return }
      }
    }

    func call<Query, Reply>(
      _ route: Route<Query, Reply>, _ query: Query
    ) throws(APIError) -> Reply { throw FaultyRemote.unreachable }

    func interrupt() { say(nil) }
  }

  /// A value that is waited for, two minutes on the slowest machine.
  private final class Told<Value: Equatable & Sendable>: Sendable {
    private let last: Monitor<Value?> = Monitor(nil)
    func take(_ value: Value) { last.change { $0 = value } }
    func await(_ fits: (Value) -> Bool) -> Bool {
      let end = Uptime.awake + 120_000
      return last.wait { value in
        if let value, fits(value) { return .over(true) }
        let left = end - Uptime.awake
        return left > 0 ? .again(within: left) : .over(false)
      }
    }
  }

  private let group = EntryID(high: 0x9009, low: 1)
  private let other = EntryID(high: 0x9009, low: 2)
  private let friend = EntryID(high: 0xACC0, low: 2)

  @Test func `who comes and who goes is told, and nobody is online when the stream ends`() throws {
    let server = try LedgerServer()
    let store = try Store.device(1, of: .ann)
    let (stream, remote) = (Stream(), FaultyRemote(server))
    let told = Told<[EntryID: Set<EntryID>]>()
    let engine = SyncEngine(
      store: store, world: store.world, app: "lifeos/test",
      connect: { _ in SyncEngine.Line(calls: remote, events: stream) },
      presence: { told.take($0) }, report: { _ in })
    engine.start()
    let me = Person.ann.account
    stream.say(
      .connected, .presence(space: group, account: friend, isOnline: true),
      .presence(space: group, account: me, isOnline: true),
      .presence(space: other, account: me, isOnline: true))
    let expected: [EntryID: Set<EntryID>] = [group: [friend, me], other: [me]]
    #expect(told.await { $0 == expected })
    #expect(engine.online == expected)
    stream.say(
      .presence(space: group, account: friend, isOnline: false),
      .presence(space: other, account: me, isOnline: false))
    #expect(told.await { $0 == [group: [me]] })
    stream.say(nil)
    #expect(told.await { $0.isEmpty })
    #expect(engine.online.isEmpty)
    engine.stop()
  }

  @Test func `a hint brings the one space that it names, and an echo brings nothing`() throws {
    let server = try LedgerServer()
    try server.add(.ben)
    let groups = try (1...3).map { try server.makeGroup($0, of: .ann, .ben) }
    let ben = try Store.device(2, of: .ben)
    let bens = SyncEngine(
      store: ben, remote: FaultyRemote(server, of: Person.ben.account), world: ben.world,
      app: "lifeos/test"
    ) { _ in }
    #expect(bens.round(patience: 0).trouble == nil)

    let store = try Store.device(1, of: .ann)
    let (stream, remote) = (Stream(), FaultyRemote(server))
    let told = Told<SyncStatus>()
    let engine = SyncEngine(
      store: store, world: store.world, app: "lifeos/test",
      connect: { _ in SyncEngine.Line(calls: remote, events: stream) }, report: { told.take($0) })
    store.onChange { _ in engine.nudge() }
    let heard = Told<Int>()
    store.onChange { _ in
      heard.take((try? store.posts(in: groups[1]).count) ?? 0)
    }
    engine.start()
    #expect(told.await { $0.state == .online })
    stream.say(.connected)
    // All spaces, once more for the stream that stands now.
    let whole = [Person.ann.space] + groups
    #expect(remote.asked(atLeast: 2 * whole.count) == whole + whole)
    try ben.post("Hello", to: groups[1], of: .ben)
    #expect(bens.round(patience: 0).trouble == nil)
    stream.say(.head(space: groups[1], seq: 1_000), .head(space: groups[2], seq: 0))
    #expect(heard.await { $0 == 1 })
    engine.stop()
    #expect(remote.asked() == [groups[1]])
    #expect(try store.posts(in: groups[1]) == ["Hello"])
  }
}
