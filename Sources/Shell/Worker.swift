internal import Dispatch
internal import Synchronization
package import TUI

/// Runs jobs off the screen's thread and posts their replies.
package final class Worker: Sendable {
  private let needed = DispatchQueue(label: "lifeos.worker", qos: .utility)
  private let reading = DispatchQueue(label: "lifeos.reader", qos: .utility)
  private let post: @Sendable (Event) -> Void

  /// `post` must be safe to call from any thread; it wakes the loop.
  package init(post: @escaping @Sendable (Event) -> Void) { self.post = post }

  /// Puts a job at the end of the queue; its reply will carry `id`.
  package func start(_ job: Job, id: Int) {
    (job.isNeeded ? needed : reading).async { [post] in
      post(.replied(job: id, Result { try job.work() }))
    }
  }

  /// Waits until everything that writes has ended: before the program exits.
  package func finish() { needed.sync {} }
}
