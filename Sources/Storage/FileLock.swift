internal import Glibc
internal import Synchronization

/// A `flock` on a file beside the database; the kernel lets go of it when a process dies.
final class FileLock: Sendable {
  private let path: String
  private let descriptor = Mutex<CInt>(-1)

  init(path: String) { self.path = path }

  deinit {
    descriptor.withLock { if $0 >= 0 { close($0) } }
  }

  /// Waits, at most about `milliseconds`, for those who hold it alone.
  func share(within milliseconds: Int) throws(StoreError) {
    try wait(for: LOCK_SH, within: milliseconds)
  }

  /// Waits, at most about `milliseconds`, for all others.
  func holdAlone(within milliseconds: Int) throws(StoreError) {
    try wait(for: LOCK_EX, within: milliseconds)
  }

  /// Without waiting: false where somebody else holds it, or where there can be no lock.
  func tryHoldAlone() -> Bool {
    do throws(StoreError) {
      return try attempt(LOCK_EX)
    } catch {
      return false
    }
  }

  func release() {
    descriptor.withLock { if $0 >= 0 { flock($0, LOCK_UN) } }
  }

  private func wait(for operation: CInt, within milliseconds: Int) throws(StoreError) {
    var waited = 0
    while try !attempt(operation) {
      guard waited < milliseconds else { throw .locked }
      usleep(2000)
      waited += 2
    }
  }

  private func attempt(_ operation: CInt) throws(StoreError) -> Bool {
    let path = path
    return try descriptor.withLock { (descriptor: inout CInt) throws(StoreError) -> Bool in
      if descriptor < 0 {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Files.error(errno, path) }
      }
      while flock(descriptor, operation | LOCK_NB) != 0 {
        switch errno {
        case EINTR: continue
        case EWOULDBLOCK: return false
        default: throw Files.error(errno, path)
        }
      }
      return true
    }
  }
}
