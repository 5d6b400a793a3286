internal import Glibc
internal import Toml

/// Small text files that a person edits: read whole, replaced atomically.
enum TextFile {
  /// No settings or theme is larger; a mistaken path might be.
  static let limit = 1 << 20

  /// The text of the file at `path`, or nil where there is none.
  static func read(_ path: String) throws(SettingsProblem) -> String? {
    // Not to hang where somebody put a pipe.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw SettingsProblem(file: path, message: "cannot be read: \(reason())")
    }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      throw SettingsProblem(file: path, message: "cannot be read: no ordinary file")
    }
    guard info.st_size <= limit else {
      throw SettingsProblem(file: path, message: "is larger than 1 MB: not read")
    }
    let bytes = try readAll(descriptor, path: path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SettingsProblem(file: path, message: "is not UTF-8 text: not read")
    }
    return text
  }

  /// Puts `text` at `path` so that a reader sees the old file or the new one, never a part.
  /// Follows links, keeps the mode of a file that is there; a new file is 0600, its folder 0700.
  static func replace(_ path: String, with text: String) throws(SettingsProblem) {
    let target = resolved(path)
    makeFolder(of: target)
    var info = stat()
    let mode = stat(target, &info) == 0 ? info.st_mode & 0o777 : 0o600
    var name = Array("\(target).XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      throw SettingsProblem(file: path, message: "cannot be written: \(reason())")
    }
    // An editor started meanwhile must not inherit it.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let isWritten =
      fchmod(descriptor, mode) == 0 && writeAll(descriptor, text) && fsync(descriptor) == 0
    let failure = isWritten ? nil : reason()
    close(descriptor)
    if let failure {
      unlink(name)
      throw SettingsProblem(file: path, message: "cannot be written: \(failure)")
    }
    guard rename(name, target) == 0 else {
      let failure = reason()
      unlink(name)
      throw SettingsProblem(file: path, message: "cannot be written: \(failure)")
    }
  }

  /// The names in the folder at `path`, sorted; none where it cannot be read.
  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted()
  }

  static func exists(_ path: String) -> Bool { access(path, R_OK) == 0 }

  private static func readAll(_ descriptor: Int32, path: String) throws(SettingsProblem) -> [UInt8]
  {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw SettingsProblem(file: path, message: "cannot be read: \(reason())")
      }
    }
    throw SettingsProblem(file: path, message: "is larger than 1 MB: not read")
  }

  private static func writeAll(_ descriptor: Int32, _ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
    }
    return true
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func makeFolder(of path: String) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    // Where this fails, creating the file fails too and says why.
    mkdir(String(path[..<slash]), 0o700)
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
