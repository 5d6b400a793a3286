internal import Glibc

/// Notices that another process wrote to a file.
final class FileWatch {
  let descriptor: Int32
  private let path: String
  private var watchesFolder = false

  /// Nil where the system watches no more files; the program works without.
  init?(path: String) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    self.path = path
    if descriptor < 0 { return nil }
    attach()
  }

  deinit { close(descriptor) }

  /// Takes all that is waiting; true where there was something.
  func drain() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    var changed = false
    while read(descriptor, &buffer, buffer.count) > 0 { changed = true }
    if changed && watchesFolder { attach() }
    return changed
  }

  /// The file where it exists, or the folder in which it will appear.
  private func attach() {
    let modified = UInt32(IN_MODIFY)
    if inotify_add_watch(descriptor, path, modified) >= 0 {
      watchesFolder = false
      return
    }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    _ = inotify_add_watch(descriptor, folder, modified | UInt32(IN_CREATE))
    watchesFolder = true
  }
}
