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

    @Test func `what is published before the spaces of a stream are known is told`() async throws {
      let hub = EventHub(mostStreams: 0)
      let number = try #require(hub.open(caller(1, 1)))
      let writer = EntryID(high: 3, low: 9)
      for head in [5, 7, 6] as [Int64] { hub.publish(home, head: head, by: writer) }
      hub.publish(other, head: 9, by: writer)
      hub.attend(number, spaces: [], groups: [home])
      #expect(
        await hub.next(number) == .tell(heads: [.init(space: home, head: 7)], presence: []))
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

    @Test func `presence is told newest only, to others only`() async throws {
      let hub = EventHub(mostStreams: 0)
      let mine = try open(caller(1, 1), spaces: [], groups: [home], on: hub)
      for _ in 0..<3 {
        let friend = try open(caller(2, 2), spaces: [], groups: [home], on: hub)
        hub.close(friend)
      }
      let friend = EntryID(high: 2, low: 2)
      let gone = EventHub.Presence(space: home, account: friend, isOnline: false)
      #expect(await hub.next(mine) == .tell(heads: [], presence: [gone]))
      #expect(hub.online(in: home) == [EntryID(high: 2, low: 1)])
      // A stream that has ended is nobody's presence, closed or not.
      let ended = try open(caller(2, 2), spaces: [], groups: [home], on: hub)
      hub.end(ended)
      #expect(hub.online(in: home) == [EntryID(high: 2, low: 1)])
    }

    @Test func `what moves while a stream reads its spaces is not lost`() async throws {
      let hub = EventHub(mostStreams: 0)
      let number = try #require(hub.open(caller(1, 1)))
      var news = GroupNews()
      news.enters(EntryID(high: 2, low: 1), other)
      news.leaves(EntryID(high: 2, low: 1), home)
      hub.take(news, by: nil)
      hub.attend(number, spaces: [], groups: [home])
      hub.publish(home, head: 3, by: nil)
      hub.publish(other, head: 4, by: nil)
      #expect(
        await hub.next(number)
          == .tell(heads: [EventHub.Hint(space: other, head: 4)], presence: []))
    }

    @Test func `who goes out of a space is told nothing more that waited there`() async throws {
      let hub = EventHub(mostStreams: 0)
      let number = try open(caller(1, 1), spaces: [], groups: [home], on: hub)
      let friend = try open(caller(2, 2), spaces: [], groups: [home], on: hub)
      hub.publish(home, head: 3, by: nil)
      var news = GroupNews()
      news.leaves(EntryID(high: 2, low: 1), home)
      hub.take(news, by: nil)
      hub.beat()
      #expect(await hub.next(number) == .beat)
      guard case .tell(_, let presence) = await hub.next(friend) else {
        Issue.record("nothing was told")
        return
      }
      #expect(presence.map(\.isOnline) == [false])
    }

    @Test func `a thousand listeners of a hundred groups hear what is theirs`() async throws {
      let hub = EventHub(mostStreams: 0)
      let numbers = try (0..<1_000).map { index in
        let group = EntryID(high: 7, low: UInt64(index % 100))
        return try open(
          caller(UInt64(index), UInt64(index)), spaces: [], groups: [group], on: hub)
      }
      for number in numbers {
        guard case .tell = await hub.next(number) else {
          Issue.record("nobody was here")
          return
        }
      }
      hub.publish(EntryID(high: 7, low: 42), head: 9, by: nil)
      hub.beat()
      var told = 0
      for number in numbers {
        if case .tell(let heads, _) = await hub.next(number), heads.map(\.head) == [9] {
          told += 1
        }
      }
      #expect(told == 10)
      for number in numbers { hub.close(number) }
      #expect(hub.count == 0 && hub.online(in: EntryID(high: 7, low: 42)) == [])
    }
  }
#endif
