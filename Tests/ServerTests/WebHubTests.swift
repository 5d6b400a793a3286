#if Server
  @testable internal import Server
  internal import Kernel
  internal import Testing

  struct WebHubTests {
    private let home = EntryID(high: 1, low: 1)
    private let other = EntryID(high: 1, low: 2)

    private func caller(_ account: UInt64, _ session: UInt64) -> Caller {
      Caller(
        account: EntryID(high: 2, low: account), session: EntryID(high: 3, low: session),
        device: EntryID(high: 4, low: session))
    }

    /// A stream that hears of spaces, and of who is in groups.
    private func open(
      _ caller: Caller, spaces: [EntryID], groups: [EntryID] = [], on hub: EventHub
    ) throws -> Int {
      let number = try #require(hub.open(caller))
      hub.attend(number, spaces: spaces, groups: groups)
      return number
    }

    @Test func `a slow listener is told only the newest head of each space`() async throws {
      let hub = EventHub(mostStreams: 0)
      let number = try open(caller(1, 1), spaces: [home, other], on: hub)
      for head in 1...1_000 { hub.publish(home, head: Int64(head), by: EntryID(high: 3, low: 9)) }
      hub.publish(other, head: 5, by: EntryID(high: 3, low: 9))
      hub.beat()
      guard case .tell(let hints, let presence) = await hub.next(number) else {
        Issue.record("no hints")
        return
      }
      #expect(Set(hints.map(\.head)) == [1_000, 5])
      #expect(presence == [])
      // The hint was a sign of life, and an older head is no news.
      hub.publish(home, head: 999, by: EntryID(high: 3, low: 9))
      hub.beat()
      #expect(await hub.next(number) == .beat)
    }

    @Test func `nobody hears of a space that is not theirs, nor of what they wrote`() async throws {
      let hub = EventHub(mostStreams: 0)
      let mine = try open(caller(1, 1), spaces: [home], on: hub)
      hub.publish(other, head: 7, by: EntryID(high: 3, low: 9))
      hub.publish(home, head: 8, by: EntryID(high: 3, low: 1))
      hub.beat()
      #expect(await hub.next(mine) == .beat)
    }

    @Test func `one stream too many ends the user's oldest`() async throws {
      let hub = EventHub(mostStreams: 2)
      let first = try open(caller(1, 1), spaces: [home], on: hub)
      let second = try open(caller(1, 2), spaces: [home], on: hub)
      let stranger = try open(caller(2, 3), spaces: [other], on: hub)
      _ = try open(caller(1, 4), spaces: [home], on: hub)
      #expect(await hub.next(first) == .end)
      hub.beat()
      #expect(await hub.next(second) == .beat)
      #expect(await hub.next(stranger) == .beat)
    }

    @Test func `a session's end ends who waits, at once`() async throws {
      let hub = EventHub(mostStreams: 0)
      let number = try open(caller(1, 1), spaces: [home], on: hub)
      async let wake = hub.next(number)
      hub.end(session: EntryID(high: 3, low: 1))
      #expect(await wake == .end)
      hub.close(number)
      #expect(hub.count == 0)
    }

    @Test func `a task that is given up ends its wait`() async throws {
      let hub = EventHub(mostStreams: 0)
      let number = try open(caller(1, 1), spaces: [home], on: hub)
      let task = Task { await hub.next(number) }
      task.cancel()
      #expect(await task.value == .end)
    }

    @Test func `a server that stops ends all streams and opens none`() async throws {
      let hub = EventHub(mostStreams: 0)
      let number = try open(caller(1, 1), spaces: [home], on: hub)
      hub.endAll()
      #expect(await hub.next(number) == .end)
      #expect(hub.open(caller(1, 2)) == nil)
    }
  }
#endif
