internal import CTerminal
internal import Glibc
internal import Synchronization
package import TUI

/// Where any thread posts events and only the loop takes them out; posting wakes the loop.
package final class Mailbox: Sendable {
  /// Readable while something is in the box.
  let descriptor: Int32
  private let box = Mutex<[Event]>([])

  /// Throws `TerminalError.system` where the process has no descriptor left.
  package init() throws(TerminalError) {
    descriptor = ct_eventfd()
    if descriptor < 0 { throw .system("eventfd") }
  }

  deinit { close(descriptor) }

  /// Puts an event in from any thread and wakes the loop.
  package func post(_ event: Event) {
    box.withLock { $0.append(event) }
    ct_eventfd_signal(descriptor)
  }

  /// Everything posted so far, oldest first.
  package func drain() -> [Event] {
    ct_eventfd_drain(descriptor)
    return box.withLock { events in
      defer { events = [] }
      return events
    }
  }
}
