internal import Dispatch
internal import Synchronization
package import TUI

/// Runs jobs one after the other off the screen's thread and posts their replies.
package final class Worker: Sendable {
  private let queue = DispatchQueue(label: "lifeos.worker", qos: .utility)
  private let post: @Sendable (Event) -> Void

  /// `post` must be safe to call from any thread; it wakes the loop.
  package init(post: @escaping @Sendable (Event) -> Void) { self.post = post }

  package func start(_ job: Job, id: Int) {
    queue.async { [post] in post(.replied(job: id, Result { try job.work() })) }
  }

  /// Waits until everything that was started has ended: before the program exits.
  package func finish() { queue.sync {} }
}
