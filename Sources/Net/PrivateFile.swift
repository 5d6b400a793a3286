internal import Glibc

/// A small file that only its owner may see, replaced whole or not at all.
struct PrivateFile: Sendable {
  static let mostBytes = 64 << 10

  let folder: String
  let name: String
  var path: String { folder + "/" + name }

  /// nil where nothing stands there.
  func read() throws(FileProblem) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      if errno == ELOOP {
        throw .unsafe(path: path, reason: "is a link", cure: "rm \(quoted(path))")
      }
      throw refused(path)
    }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0 else { throw refused(path) }
    try checkFile(facts)
    try checkFolder()
    return try bytes(of: file)
  }

  /// Writes `bytes` beside the file, brings them to disk and puts them in its place.
  ///
  /// The caller holds the lock of the folder: the name beside is always the same, so that a writer
  /// who died leaves nothing behind for long.
  func write(_ bytes: [UInt8], _ checkpoint: Checkpoint) throws(FileProblem) {
    try makeFolder()
    let beside = path + ".new"
    guard unlink(beside) == 0 || errno == ENOENT else { throw refused(beside) }
    let file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw refused(beside) }
    do throws(FileProblem) {
      defer { close(file) }
      try checkpoint.pass(.opened)
      // The umask may have taken rights away.
      guard fchmod(file, 0o600) == 0 else { throw refused(beside) }
      try put(bytes, into: file, beside)
      try checkpoint.pass(.written)
      guard fsync(file) == 0 else { throw refused(beside) }
      try checkpoint.pass(.synced)
      guard rename(beside, path) == 0 else { throw refused(path) }
    } catch {
      // What is left over is unfinished and is removed by the next writer at the latest.
      if error != .cut { unlink(beside) }
      throw error
    }
    try checkpoint.pass(.renamed)
    try syncFolder()
    try checkpoint.pass(.settled)
  }

  /// Nothing stands there afterwards, not even what a dead writer left.
  func delete() throws(FileProblem) {
    for path in [path, path + ".new"] {
      guard unlink(path) == 0 || errno == ENOENT else { throw refused(path) }
    }
    try syncFolder()
  }

  private func checkFile(_ facts: stat) throws(FileProblem) {
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .unsafe(path: path, reason: "is no file", cure: "rm -r \(quoted(path))")
    }
    guard facts.st_uid == geteuid() else {
      throw .unsafe(
        path: path, reason: "belongs to somebody else", cure: "sudo chown \"$USER\" \(quoted(path))"
      )
    }
    guard facts.st_mode & 0o077 == 0 else {
      throw .unsafe(
        path: path, reason: "can be read by others", cure: "chmod 600 \(quoted(path))")
    }
  }

  private func checkFolder() throws(FileProblem) {
    var facts = stat()
    guard stat(folder, &facts) == 0 else { throw refused(folder) }
    guard facts.st_uid == geteuid() else {
      throw .unsafe(
        path: folder, reason: "belongs to somebody else",
        cure: "sudo chown \"$USER\" \(quoted(folder))")
    }
    guard facts.st_mode & 0o077 == 0 else {
      throw .unsafe(
        path: folder, reason: "is open to others", cure: "chmod 700 \(quoted(folder))")
    }
  }

  /// Makes the folder, 0700, and takes others' rights away where it is there.
  func makeFolder() throws(FileProblem) {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw refused(folder) }
    var facts = stat()
    guard stat(folder, &facts) == 0 else { throw refused(folder) }
    guard facts.st_mode & S_IFMT == S_IFDIR else {
      throw .noAccess(path: folder, reason: "is not a folder")
    }
    if facts.st_mode & 0o077 != 0, chmod(folder, 0o700) != 0 { throw refused(folder) }
  }

  func isFolderThere() throws(FileProblem) -> Bool {
    var facts = stat()
    if stat(folder, &facts) == 0 { return true }
    guard errno == ENOENT else { throw refused(folder) }
    return false
  }

  private func bytes(of file: CInt) throws(FileProblem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.mostBytes + 1)
    var filled = 0
    while filled < bytes.count {
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(file, $0.baseAddress.map { $0 + filled }, $0.count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw refused(path) }
      if got == 0 { return Array(bytes[..<filled]) }
      filled += got
    }
    throw .damaged(path: path, reason: "it is too long")
  }

  private func put(_ bytes: [UInt8], into file: CInt, _ path: String) throws(FileProblem) {
    var done = 0
    while done < bytes.count {
      let put = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw refused(path) }
      done += put
    }
  }

  private func syncFolder() throws(FileProblem) {
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw refused(folder) }
    defer { close(file) }
    // Some file systems cannot bring a folder to disk by itself: EINVAL.
    guard fsync(file) == 0 || errno == EINVAL else { throw refused(folder) }
  }

  private func refused(_ path: String) -> FileProblem {
    .noAccess(path: path, reason: String(cString: strerror(errno)))
  }

  private func quoted(_ path: String) -> String {
    "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
