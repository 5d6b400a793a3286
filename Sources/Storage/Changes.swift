internal import GRDB
package import Kernel
internal import SQL
internal import Synchronization

/// Who wants to hear of commits.
final class ChangeNotices: Sendable {
  private let bodies = Mutex<[@Sendable (Set<Kind>) -> Void]>([])
  /// The last `data_version` seen.
  let version = Mutex<Int64>(0)

  func add(_ body: @escaping @Sendable (Set<Kind>) -> Void) {
    bodies.withLock { $0.append(body) }
  }

  func send(_ kinds: Set<Kind>) {
    guard !kinds.isEmpty else { return }
    for body in bodies.withLock({ $0 }) { body(kinds) }
  }
}

extension Store {
  /// Calls `body` after each commit that changed rows, on the committing thread, where it may read.
  /// Also for writes of other processes, once `noticeOtherProcesses` has found one.
  package func onChange(_ body: @escaping @Sendable (Set<Kind>) -> Void) {
    notices.add(body)
  }

  /// Checks `PRAGMA data_version`; true (and `onChange` called with all kinds) where another process
  /// wrote since the last call (the first time: since the file was opened).
  package func noticeOtherProcesses() throws -> Bool {
    let version = try peek { try $0.integer("PRAGMA data_version") }
    let isChanged = notices.version.withLock { last -> Bool in
      defer { last = version }
      return last != version
    }
    if isChanged { notices.send(Kind.keptByServer.union(schema.entries.map { $0.kind })) }
    return isChanged
  }

  /// One statement outside of any transaction.
  func peek<T>(_ body: (Database) throws -> T) throws -> T {
    do { return try queue.unsafeRead(body) } catch { throw StoreError(error, path: path) }
  }
}
