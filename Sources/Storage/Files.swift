internal import Glibc

/// Plain file work with the modes that a private diary needs: folders 0700, files 0600.
enum Files {
  /// What the system says about a path itself: links are not followed.
  struct Facts {
    let isFile: Bool
    let isFolder: Bool
    let isLink: Bool
    /// Bytes.
    let size: Int
    /// Permission bits.
    let mode: UInt32
    let owner: UInt32
  }

  /// nil where nothing stands at `path`.
  static func facts(_ path: String) -> Facts? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    let type = status.st_mode & S_IFMT
    return Facts(
      isFile: type == S_IFREG, isFolder: type == S_IFDIR, isLink: type == S_IFLNK,
      size: Int(status.st_size), mode: status.st_mode & 0o7777, owner: status.st_uid)
  }

  static func exists(_ path: String) -> Bool { facts(path) != nil }

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
  static func makeFolder(_ path: String) throws(StoreError) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw .noAccess(path: path, reason: "is not a folder")
      }
      return
    }
    let above = folder(of: path)
    if above != path, above != "." { try makeFolder(above) }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw error(errno, path) }
  }

  /// Makes the folder where it is missing, and takes everybody else's rights away where it is not.
  static func makePrivateFolder(_ path: String) throws(StoreError) {
    try makeFolder(path)
    var status = stat()
    guard stat(path, &status) == 0 else { throw error(errno, path) }
    guard status.st_uid == geteuid() || geteuid() == 0 else {
      throw .noAccess(path: path, reason: "belongs to somebody else")
    }
    if status.st_mode & 0o077 != 0, chmod(path, 0o700) != 0 { throw error(errno, path) }
  }

  /// Makes an empty file, 0600; false where something stands there already.
  static func makeFile(_ path: String) throws(StoreError) -> Bool {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return false }
      throw error(errno, path)
    }
    close(descriptor)
    return true
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

  /// A small file as text; empty where it cannot be read.
  static func text(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  /// Renames over whatever stands at `target`, and makes the new name survive a power cut.
  static func move(_ path: String, to target: String) throws(StoreError) {
    guard rename(path, target) == 0 else { throw error(errno, target) }
    flush(folder(of: target))
  }

  static func remove(_ path: String) throws(StoreError) {
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
  static func copy(_ path: String, to target: String) throws(StoreError) {
    let source = open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw error(errno, path) }
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
      var written = 0
      while written < count {
        let step = buffer.withUnsafeBytes { bytes -> Int in
          guard let start = bytes.baseAddress else { return 0 }
          return write(copy, start + written, count - written)
        }
        guard step > 0 else {
          if errno == EINTR { continue }
          throw error(errno, target)
        }
        written += step
      }
    }
    guard fsync(copy) == 0 else { throw error(errno, target) }
  }

  /// Puts a small text in the file's place, 0600, all or nothing.
  static func replace(_ path: String, with text: String) throws(StoreError) {
    let fresh = path + ".new"
    try remove(fresh)
    let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw error(errno, fresh) }
    let bytes = Array(text.utf8)
    let isWritten = write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
    let failure = errno
    close(file)
    guard isWritten else { throw error(failure, fresh) }
    try move(fresh, to: path)
  }

  /// What a failed system call means for the file at `path`.
  static func error(_ number: CInt, _ path: String) -> StoreError {
    switch number {
    case ENOSPC, EDQUOT: .diskFull
    case EROFS: .readOnly(path: path)
    default: .noAccess(path: path, reason: String(cString: strerror(number)))
    }
  }
}
