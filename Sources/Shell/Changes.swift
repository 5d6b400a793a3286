internal import Kernel
internal import Synchronization

/// The kinds whose rows were changed since the loop last looked, by whatever thread.
final class Changes: Sendable {
  private let kinds = Mutex<Set<Kind>>([])

  func add(_ changed: Set<Kind>) { kinds.withLock { $0.formUnion(changed) } }

  /// All of them; none are left.
  func drain() -> Set<Kind> {
    kinds.withLock { kinds in
      defer { kinds = [] }
      return kinds
    }
  }
}
