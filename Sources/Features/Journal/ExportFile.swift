internal import Glibc

/// Why an export could not be written.
package enum ExportError: Error, Equatable, Sendable {
  /// Something stands there already, which is never overwritten unless that is asked for.
  case exists(path: String)
  case failed(path: String, reason: String)
}

/// A file that comes into being whole or not at all: written beside its place, flushed, then moved
/// there. 0600.
final class ExportFile {
  private let path: String
  private let temporary: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  init(path: String, replacing: Bool) throws(ExportError) {
    var facts = stat()
    if !replacing, lstat(path, &facts) == 0 { throw .exists(path: path) }
    self.path = path
    let (folder, name) = Self.parts(path)
    temporary = "\(folder)/.\(name).part-\(getpid())"
    unlink(temporary)
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  func write(_ text: String) throws(ExportError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 18 { try flush() }
  }

  /// Puts the file in its place.
  func finish() throws(ExportError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    close(descriptor)
    descriptor = -1
    guard rename(temporary, path) == 0 else {
      let failure = Self.failure(path)
      unlink(temporary)
      throw failure
    }
    Self.flushFolder(Self.parts(path).folder)
  }

  private func flush() throws(ExportError) {
    var done = 0
    while done < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      guard count > 0 else { throw Self.failure(path) }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  static func failure(_ path: String) -> ExportError {
    .failed(path: path, reason: String(cString: strerror(errno)))
  }

  static func flushFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Makes a folder, 0700, unless it is there.
  static func makeFolder(_ path: String) throws(ExportError) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
  }

  /// True where a folder holds anything; false where it is empty or not there.
  static func holdsAnything(_ path: String) throws(ExportError) -> Bool {
    guard let handle = opendir(path) else {
      if errno == ENOENT { return false }
      throw errno == ENOTDIR ? .exists(path: path) : failure(path)
    }
    defer { closedir(handle) }
    var count = 0
    while readdir(handle) != nil { count += 1 }
    return count > 2
  }
}
