internal import Glibc
internal import Synchronization

/// The right to be the one process that serves a database: a `flock` on a file beside it, which the
/// kernel takes back when the process dies.
final class ServerLock: Sendable {
  private let descriptor: Mutex<CInt>

  /// nil where another process holds it, and does not let it go within `patience` milliseconds.
  init?(database path: String, patience: Int = 0) throws(ServerError) {
    let place = path + ".lock"
    let descriptor = open(place, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw DataFiles.error(errno, place) }
    var left = patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      if errno == EWOULDBLOCK, left > 0 {
        left -= 20
        poll(nil, 0, 20)
        continue
      }
      let failure = errno
      close(descriptor)
      if failure == EWOULDBLOCK { return nil }
      throw DataFiles.error(failure, place)
    }
    self.descriptor = Mutex(descriptor)
  }

  deinit { release() }

  func release() {
    descriptor.withLock { descriptor in
      if descriptor >= 0 { close(descriptor) }
      descriptor = -1
    }
  }
}
