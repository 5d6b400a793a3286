internal import Glibc
internal import Kernel

/// Lines for people and programs, written at once.
enum Say {
  /// To standard output.
  static func line(_ text: String) { write(text, to: 1) }
  /// To standard error.
  static func error(_ text: String) { write(text, to: 2) }

  /// Names and messages are others' texts: only what is safe on a terminal goes out. What can't be
  /// written is lost.
  private static func write(_ text: String, to file: Int32) {
    let bytes = Array("\(SafeText(text))\n".utf8)
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return }
      offset += max(0, count)
    }
  }
}
