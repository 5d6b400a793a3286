#if Server
  internal import Kernel
  internal import Synchronization

  /// Who listens for hints, and what each has not been told yet: of every space only the newest head, of
  /// every member only whether they are here now, so that a slow listener costs no more than a fast one.
  package final class EventHub: Sendable {
    /// What a listener has to do next.
    enum Wake: Sendable, Equatable {
      case tell(heads: [Hint], presence: [Presence])
      case beat
      case end
    }

    struct Hint: Sendable, Equatable {
      let space: EntryID
      let head: Int64
    }

    /// A member of a group has come, or gone.
    struct Presence: Sendable, Hashable {
      let space: EntryID
      let account: EntryID
      let isOnline: Bool
    }

    private let state = Mutex(HubState())
    /// Streams of one user at a time; 0 for any number.
    private let mostStreams: Int

    package init(mostStreams: Int) { self.mostStreams = mostStreams }

    /// How many listen.
    package var count: Int { state.withLock { $0.listeners.count } }

    /// Begins to listen, for the time being to no space: from now on groups that the caller comes into
    /// or goes out of count. Ends the user's oldest streams where there are too many; nil where the
    /// server is about to stop.
    func open(_ caller: Caller) -> Int? {
      change { state in
        guard !state.isClosed else { return nil }
        let own = state.live(of: caller.account)
        if mostStreams > 0 {
          for number in own.sorted().prefix(max(0, own.count - mostStreams + 1)) {
            state.end(number)
          }
        }
        return state.open(caller)
      }
    }

    /// Listens to spaces, as they were when they were read after `open`. In groups the others hear that
    /// the caller is here, and the caller who else is.
    func attend(_ number: Int, spaces: [EntryID], groups: [EntryID]) {
      change { $0.attend(number, spaces: spaces, groups: groups) }
    }

    /// Waits until there is something to do. Ends with the task that asks.
    func next(_ number: Int) async -> Wake {
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let wake = state.withLock { $0.next(number, continuation) }
          if let wake { continuation.resume(returning: wake) }
        }
      } onCancel: {
        end(number)
      }
    }

    /// Forgets a listener.
    func close(_ number: Int) {
      let waiter = change { state in
        state.end(number)
        let waiter = state.listeners[number]?.waiter
        state.forget(number)
        return waiter
      }
      waiter?.resume(returning: .end)
    }

    /// A space has a new head. The session that wrote it, if any, knows already.
    func publish(_ space: EntryID, head: Int64, by session: EntryID?) {
      change { $0.publish(space, head: head, by: session) }
    }

    /// Who comes into a group and goes out of it hears of it from now on, or no longer; then come the
    /// new heads.
    func take(_ news: GroupNews, by session: EntryID?) {
      change { state in
        for move in news.moves {
          if move.isIn {
            state.enter(move.account, move.space)
          } else {
            state.leave(move.account, move.space)
          }
        }
        for (space, head) in news.heads { state.publish(space, head: head, by: session) }
      }
    }

    /// The members of a group who listen now.
    func online(in group: EntryID) -> Set<EntryID> { state.withLock { $0.online(in: group) } }

    /// Gives every stream a sign of life.
    func beat() { change { $0.beat() } }

    /// Ends one stream.
    func end(_ number: Int) { change { $0.end(number) } }

    /// Ends the streams of a session.
    func end(session: EntryID) {
      change { state in
        for (number, listener) in state.listeners where listener.caller.session == session {
          state.end(number)
        }
      }
    }

    /// All who listen.
    var callers: Set<Caller> { state.withLock { Set($0.listeners.values.map(\.caller)) } }

    /// Ends all streams and lets no new one begin.
    func endAll() {
      change { state in
        state.isClosed = true
        for number in state.listeners.keys { state.end(number) }
      }
    }

    /// Changes the state, then wakes whoever has something to do now, outside of the lock.
    @discardableResult
    private func change<T>(_ body: (inout HubState) -> T) -> T {
      var woken: [(CheckedContinuation<Wake, Never>, Wake)] = []
      let result = state.withLock { state in
        let result = body(&state)
        woken = state.wake()
        return result
      }
      for (waiter, wake) in woken { waiter.resume(returning: wake) }
      return result
    }
  }
#endif
