internal import Glibc

/// Whoever changes the sign-in of a profile holds its `auth.lock`: a thread of this process or
/// another process. The kernel lets go of it when the holder dies.
struct SignInLock {
  private let file: CInt

  /// Waits for the holder, at most about `milliseconds`.
  init(folder: String, within milliseconds: Int = 40_000) throws(FileProblem) {
    let path = folder + "/auth.lock"
    // Each holder opens the file anew: `flock` keeps threads apart by that too.
    file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw .noAccess(path: path, reason: String(cString: strerror(errno)))
    }
    var waited = 0
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      if reason == EINTR { continue }
      guard reason == EWOULDBLOCK else {
        close(file)
        throw .noAccess(path: path, reason: String(cString: strerror(reason)))
      }
      guard waited < milliseconds else {
        close(file)
        throw .busy(path: path)
      }
      usleep(5000)
      waited += 5
    }
  }

  /// Once, by whoever has made it.
  func release() { close(file) }
}
