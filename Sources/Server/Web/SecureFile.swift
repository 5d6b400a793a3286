#if Server
  internal import Glibc

  /// Files that nobody else may read: written whole or not at all.
  package enum SecureFile {
    /// The text of a file; nil where there is none. Throws `ServerError`.
    package static func read(_ path: String) throws -> String? {
      let file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else {
        if errno == ENOENT { return nil }
        throw ServerError.noAccess(path: path, reason: String(cString: strerror(errno)))
      }
      defer { close(file) }
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 64 << 10)
      while true {
        let count = Glibc.read(file, &buffer, buffer.count)
        guard count > 0 else {
          if count == 0 { return String(decoding: bytes, as: UTF8.self) }
          if errno == EINTR { continue }
          throw ServerError.noAccess(path: path, reason: String(cString: strerror(errno)))
        }
        bytes += buffer[..<count]
        guard bytes.count <= 4 << 20 else {
          throw ServerError.noAccess(path: path, reason: "this is too long for what it should be")
        }
      }
    }

    /// Puts `bytes` at `path`, 0600: a new file beside it, on disk, then renamed. Throws `ServerError`.
    package static func write(_ bytes: [UInt8], to path: String) throws {
      let draft = path + ".new"
      unlink(draft)
      let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw fault(path) }
      defer { close(file) }
      var offset = 0
      while offset < bytes.count {
        let count = bytes[offset...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        guard count > 0 || errno == EINTR else { throw fault(path) }
        offset += max(0, count)
      }
      guard fsync(file) == 0, rename(draft, path) == 0 else { throw fault(path) }
      let folder = open(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), O_RDONLY)
      guard folder >= 0 else { return }
      fsync(folder)
      close(folder)
    }

    private static func fault(_ path: String) -> ServerError {
      errno == ENOSPC
        ? .diskFull(path: path) : .noAccess(path: path, reason: String(cString: strerror(errno)))
    }
  }
#endif
