#if Server
  internal import GRDB
  internal import Synchronization

  /// A few connections that read, each for one at a time; who comes when all are busy waits in line.
  final class ServerReaders: Sendable {
    typealias Work = @Sendable (Database) -> Void

    private struct State {
      var free: [DatabaseQueue]
      var waiting: [Work] = []
      /// The first that waits: a queue without moving all at each step.
      var first = 0
    }

    private let state: Mutex<State>
    private let all: [DatabaseQueue]

    init(_ connections: [DatabaseQueue]) {
      all = connections
      state = Mutex(State(free: connections))
    }

    func run(_ work: @escaping Work) {
      let connection = state.withLock { state -> DatabaseQueue? in
        if let free = state.free.popLast() { return free }
        state.waiting.append(work)
        return nil
      }
      if let connection { start(work, on: connection) }
    }

    func close() throws {
      for connection in all { try connection.close() }
    }

    private func start(_ work: @escaping Work, on connection: DatabaseQueue) {
      connection.asyncWriteWithoutTransaction { database in
        work(database)
        if let next = self.next(after: connection) { self.start(next, on: connection) }
      }
    }

    private func next(after connection: DatabaseQueue) -> Work? {
      state.withLock { state in
        guard state.first < state.waiting.count else {
          state.waiting.removeAll(keepingCapacity: true)
          state.first = 0
          state.free.append(connection)
          return nil
        }
        let next = state.waiting[state.first]
        state.waiting[state.first] = { _ in }
        state.first += 1
        return next
      }
    }
  }
#endif
