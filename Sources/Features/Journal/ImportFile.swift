internal import Glibc

/// Files and folders that an import reads.
enum ImportFile {
  /// The error that `errno` tells of.
  static func failure(_ path: String) -> ImportError {
    errno == ENOENT
      ? .missing(path: path) : .unreadable(path: path, reason: String(cString: strerror(errno)))
  }

  /// nil where nothing stands at `path`.
  static func isFolder(_ path: String) -> Bool? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    return facts.st_mode & S_IFMT == S_IFDIR
  }

  /// All of a file; at most `limit` bytes.
  static func bytes(
    _ path: String, limit: Int = ImportLines.mostBytes
  ) throws(ImportError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw failure(path) }
    guard facts.st_size <= limit else { throw .tooLarge(path: path, limit: limit) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(facts.st_size))
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
    }
  }

  /// The first bytes of a file: enough to see what it is.
  static func beginning(_ path: String, count: Int = 65536) throws(ImportError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let found = read(descriptor, &bytes, count)
    guard found >= 0 else { throw failure(path) }
    return Array(bytes[..<found])
  }

  /// The regular files below `folder` whose names end in `ending`, as paths from it, sorted. Links
  /// are not followed, hidden names are left out; at most eight folders deep.
  static func names(below folder: String, ending: String) throws(ImportError) -> [String] {
    var found: [String] = []
    var folders = [""]
    while let inner = folders.popLast() {
      let path = inner.isEmpty ? folder : folder + "/" + inner
      guard let handle = opendir(path) else { throw failure(path) }
      defer { closedir(handle) }
      while let item = readdir(handle) {
        let name = withUnsafePointer(to: &item.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard !name.hasPrefix(".") else { continue }
        let place = inner.isEmpty ? name : inner + "/" + name
        var facts = stat()
        guard lstat(folder + "/" + place, &facts) == 0 else { continue }
        switch facts.st_mode & S_IFMT {
        case S_IFDIR where place.split(separator: "/").count < 8: folders.append(place)
        case S_IFREG where name.hasSuffix(ending): found.append(place)
        default: continue
        }
      }
    }
    return found.sorted()
  }
}
