internal import Dispatch
internal import Glibc
internal import Synchronization
package import TUI

/// Runs jobs off the screen's thread and posts their replies; those that write one after the other.
///
/// Each job has a thread of its own that ends with it: a pool would go on waking up for some seconds
/// in a program that has nothing to do.
package final class Worker: Sendable {
  private let post: @Sendable (Event) -> Void
  private let needed = DispatchGroup()
  private let turn = Mutex(())

  /// `post` must be safe to call from any thread; it wakes the loop.
  package init(post: @escaping @Sendable (Event) -> Void) { self.post = post }

  /// Starts a job; its reply comes as an event with this id. Where the system gives no thread, the
  /// job runs here and now.
  package func start(_ job: Job, id: Int) {
    if job.isNeeded { needed.enter() }
    let errand = Unmanaged.passRetained(Errand { [self] in run(job, id) })
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Errand>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, errand.toOpaque())
    if failure == 0 {
      pthread_detach(thread)
    } else {
      errand.takeRetainedValue().body()
    }
  }

  /// Waits until everything that writes has ended: before the program exits.
  package func finish() { needed.wait() }

  private func run(_ job: Job, _ id: Int) {
    guard job.isNeeded else {
      post(.replied(job: id, Result { try job.work() }))
      return
    }
    let result = turn.withLock { _ in Result { try job.work() } }
    post(.replied(job: id, result))
    needed.leave()
  }

  private final class Errand {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}
