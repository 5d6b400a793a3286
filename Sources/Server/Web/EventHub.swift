#if Server
  internal import Kernel
  internal import Synchronization

  /// Who listens for hints, and what each has not been told yet: of every space only the newest head, so
  /// that a slow listener costs no more than a fast one.
  package final class EventHub: Sendable {
    /// What a listener has to do next.
    enum Wake: Sendable, Equatable {
      case tell([Hint])
      case beat
      case end
    }

    struct Hint: Sendable, Equatable {
      let space: EntryID
      let head: Int64
    }

    private struct Listener {
      let caller: Caller
      let spaces: Set<EntryID>
      var waiting: [EntryID: Int64] = [:]
      var told: [EntryID: Int64] = [:]
      var isBeatDue = false
      var hasEnded = false
      var waiter: CheckedContinuation<Wake, Never>?

      /// What there is to do now, taken off the list; nil for nothing.
      mutating func next() -> Wake? {
        if hasEnded { return .end }
        if !waiting.isEmpty {
          let hints = waiting.map { Hint(space: $0.key, head: $0.value) }
          for hint in hints { told[hint.space] = hint.head }
          waiting = [:]
          // The hint is a sign of life as well.
          isBeatDue = false
          return .tell(hints)
        }
        guard isBeatDue else { return nil }
        isBeatDue = false
        return .beat
      }
    }

    private struct State {
      var listeners: [Int: Listener] = [:]
      var lastNumber = 0
      var isClosed = false
    }

    private let state = Mutex(State())
    /// Streams of one user at a time; 0 for any number.
    private let mostStreams: Int

    package init(mostStreams: Int) { self.mostStreams = mostStreams }

    /// How many listen.
    package var count: Int { state.withLock { $0.listeners.count } }

    /// Begins to listen. Ends the user's oldest streams where there are too many; nil where the server
    /// is about to stop.
    func open(_ caller: Caller, spaces: some Sequence<EntryID>) -> Int? {
      change { state in
        guard !state.isClosed else { return nil }
        let own = state.listeners.filter {
          $0.value.caller.account == caller.account && !$0.value.hasEnded
        }
        if mostStreams > 0 {
          for number in own.keys.sorted().prefix(max(0, own.count - mostStreams + 1)) {
            state.listeners[number]?.hasEnded = true
          }
        }
        state.lastNumber += 1
        state.listeners[state.lastNumber] = Listener(caller: caller, spaces: Set(spaces))
        return state.lastNumber
      }
    }

    /// Waits until there is something to do. Ends with the task that asks.
    func next(_ number: Int) async -> Wake {
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let wake: Wake? = state.withLock { state in
            guard state.listeners[number] != nil else { return .end }
            if let wake = state.listeners[number]?.next() { return wake }
            state.listeners[number]?.waiter = continuation
            return nil
          }
          if let wake { continuation.resume(returning: wake) }
        }
      } onCancel: {
        end(number)
      }
    }

    /// Forgets a listener.
    func close(_ number: Int) {
      let waiter = state.withLock { $0.listeners.removeValue(forKey: number)?.waiter }
      waiter?.resume(returning: .end)
    }

    /// A space has a new head. The session that wrote it knows already.
    func publish(_ space: EntryID, head: Int64, by session: EntryID) {
      change { state in
        for (number, listener) in state.listeners
        where listener.spaces.contains(space) && listener.caller.session != session
          && max(listener.told[space] ?? 0, listener.waiting[space] ?? 0) < head
        {
          state.listeners[number]?.waiting[space] = head
        }
      }
    }

    /// Gives every stream a sign of life.
    func beat() {
      change { state in
        for number in state.listeners.keys { state.listeners[number]?.isBeatDue = true }
      }
    }

    /// Ends one stream.
    func end(_ number: Int) { end { key, _ in key == number } }

    /// Ends the streams of a session.
    func end(session: EntryID) { end { _, listener in listener.caller.session == session } }

    /// All who listen.
    var callers: Set<Caller> { state.withLock { Set($0.listeners.values.map(\.caller)) } }

    /// Ends all streams and lets no new one begin.
    func endAll() {
      state.withLock { $0.isClosed = true }
      end { _, _ in true }
    }

    private func end(_ isMeant: (Int, Listener) -> Bool) {
      change { state in
        for (number, listener) in state.listeners where isMeant(number, listener) {
          state.listeners[number]?.hasEnded = true
        }
      }
    }

    /// Changes the state, then wakes whoever has something to do now, outside of the lock.
    private func change<T>(_ body: (inout State) -> T) -> T {
      var woken: [(CheckedContinuation<Wake, Never>, Wake)] = []
      let result = state.withLock { state in
        let result = body(&state)
        for number in state.listeners.keys {
          guard let waiter = state.listeners[number]?.waiter,
            let wake = state.listeners[number]?.next()
          else { continue }
          state.listeners[number]?.waiter = nil
          woken.append((waiter, wake))
        }
        return result
      }
      for (waiter, wake) in woken { waiter.resume(returning: wake) }
      return result
    }
  }
#endif
