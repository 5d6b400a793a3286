package import Kernel
package import Storage
package import Wire

/// Keeps a store in step with its server, on a thread of its own.
package final class SyncEngine: Sendable {
  package init(
    store: Store, remote: any Remote, world: World, app: String,
    report: @escaping @Sendable (SyncStatus) -> Void
  ) { fatalError("CONTRACT") }

  /// Starts the thread: one exchange at once, then by hints, writes and polls.
  package func start() { fatalError("CONTRACT") }
  /// A write was made: exchange 300 ms later, at most 2 s after the first of several.
  package func nudge() { fatalError("CONTRACT") }
  /// One whole round now, on the calling thread: until the head is reached and nothing waits.
  package func once() throws(APIError) -> SyncStatus { fatalError("CONTRACT") }
  package func stop() { fatalError("CONTRACT") }
}
