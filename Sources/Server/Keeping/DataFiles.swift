internal import Glibc

/// Plain file work with the modes that other people's lives need: folders 0700, files 0600.
enum DataFiles {
  /// Bytes of the plain file at `path`; nil where there is none. Links are not followed.
  static func size(_ path: String) -> Int? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// The folder that holds `path`.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of `path`.
  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Makes the folder and those above it where they are missing, 0700.
  ///
  /// A folder that others can enter is closed to them only while it is empty: what somebody gave by
  /// mistake (`/tmp`) is refused, not changed.
  static func makePrivateFolder(_ path: String) throws(ServerError) {
    var status = stat()
    if stat(path, &status) != 0 {
      let above = folder(of: path)
      if above != path, above != ".", !exists(above) { try makePrivateFolder(above) }
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw error(errno, path) }
      guard stat(path, &status) == 0 else { throw error(errno, path) }
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .noAccess(path: path, reason: "is not a folder")
    }
    guard status.st_uid == geteuid() || geteuid() == 0 else {
      throw .noAccess(path: path, reason: "belongs to somebody else")
    }
    guard status.st_mode & 0o077 != 0 else { return }
    guard names(in: path).isEmpty else {
      throw .noAccess(path: path, reason: "others can enter it: chmod 700 \(path)")
    }
    guard chmod(path, 0o700) == 0 else { throw error(errno, path) }
  }

  /// Makes an empty file, 0600; false where something stands there already.
  static func makeFile(_ path: String) throws(ServerError) -> Bool {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return false }
      throw error(errno, path)
    }
    close(descriptor)
    return true
  }

  /// Makes a file of these bytes, 0600, whole or not at all; false where something stands there
  /// already, unless it may be replaced.
  static func write(
    _ bytes: [UInt8], to path: String, replacing: Bool
  ) throws(ServerError) -> Bool {
    let draft = "\(path).new-\(getpid())"
    try remove(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw error(errno, draft) }
    var failure = put(bytes[...], into: descriptor)
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    close(descriptor)
    // A link, unlike a rename, never replaces what another process has put there meanwhile.
    if failure == 0, (replacing ? rename(draft, path) : link(draft, path)) != 0 { failure = errno }
    unlink(draft)
    if failure == EEXIST { return false }
    guard failure == 0 else { throw error(failure, path) }
    flush(folder(of: path))
    return true
  }

  /// The bytes of a small file that is its owner's alone; nil where there is none.
  static func privateBytes(_ path: String, most: Int) throws(ServerError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw error(errno, path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw error(errno, path) }
    guard status.st_uid == geteuid() || geteuid() == 0 else {
      throw .noAccess(path: path, reason: "belongs to somebody else")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw .noAccess(path: path, reason: "others can read it: chmod 600 \(path)")
    }
    var buffer = [UInt8](repeating: 0, count: most)
    let count = read(descriptor, &buffer, most)
    guard count >= 0 else { throw error(errno, path) }
    return Array(buffer[..<count])
  }

  /// The names in a folder, sorted; none where it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Renames over whatever stands at `target`, and makes the new name survive a power cut.
  static func move(_ path: String, to target: String) throws(ServerError) {
    guard rename(path, target) == 0 else { throw error(errno, target) }
    flush(folder(of: target))
  }

  static func remove(_ path: String) throws(ServerError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw error(errno, path) }
  }

  /// Writes the file or folder through to the disk.
  static func flush(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Copies a file's bytes into a new file, 0600, and flushes it.
  static func copy(_ path: String, to target: String) throws(ServerError) {
    let source = open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else {
      if errno == ENOENT { throw .noSuchFile(path: path) }
      throw error(errno, path)
    }
    defer { close(source) }
    let copy = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard copy >= 0 else { throw error(errno, target) }
    defer { close(copy) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(source, &buffer, buffer.count)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw error(errno, path)
      }
      let failure = put(buffer[..<count], into: copy)
      guard failure == 0 else { throw error(failure, target) }
    }
    guard fsync(copy) == 0 else { throw error(errno, target) }
  }

  /// 0, or the system's error number.
  private static func put(_ bytes: ArraySlice<UInt8>, into descriptor: CInt) -> CInt {
    bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count, let start = bytes.baseAddress {
        let step = Glibc.write(descriptor, start + written, bytes.count - written)
        if step < 0, errno == EINTR { continue }
        guard step > 0 else { return step == 0 ? EIO : errno }
        written += step
      }
      return 0
    }
  }

  /// What a failed system call means for the file at `path`.
  static func error(_ number: CInt, _ path: String) -> ServerError {
    switch number {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    default: .noAccess(path: path, reason: String(cString: strerror(number)))
    }
  }
}
