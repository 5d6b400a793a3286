internal import Glibc

/// The lines of a text file, one at a time, however long the file is.
///
/// UTF-8 with or without a byte order mark; UTF-16 with one. A line that is no UTF-8 is read as
/// Windows-1252 and counted.
struct ImportLines {
  /// Files are not read beyond this many bytes.
  static let mostBytes = 512 << 20

  private let path: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var at = 0
  private var total = 0
  private(set) var number = 0
  private(set) var foreign = 0

  /// Call `close` when done.
  init(path: String) throws(ImportError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ImportFile.failure(path) }
    try fill()
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    if buffer.starts(with: [0xFF, 0xFE]) || buffer.starts(with: [0xFE, 0xFF]) {
      while descriptor >= 0 { try fill() }
      buffer = ImportText.fromUTF16(buffer)
    }
  }

  mutating func close() {
    if descriptor >= 0 { _ = Glibc.close(descriptor) }
    descriptor = -1
  }

  /// The next line without its line feed; nil at the end.
  mutating func next() throws(ImportError) -> String? {
    var searched = at
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        return line(to: end, next: end + 1)
      }
      guard descriptor >= 0 else {
        return at < buffer.count ? line(to: buffer.count, next: buffer.count) : nil
      }
      searched = buffer.count - at
      try fill()
    }
  }

  private mutating func line(to end: Int, next: Int) -> String {
    number += 1
    let (text, isForeign) = ImportText.text(buffer[at..<end])
    if isForeign { foreign += 1 }
    at = next
    return text
  }

  /// Drops what was read and reads on; closes the file at its end.
  private mutating func fill() throws(ImportError) {
    buffer.removeFirst(at)
    at = 0
    let old = buffer.count
    let size = 1 << 20
    buffer.append(contentsOf: repeatElement(0, count: size))
    let count = buffer.withUnsafeMutableBytes {
      Glibc.read(descriptor, $0.baseAddress.map { $0 + old }, size)
    }
    guard count >= 0 else { throw ImportFile.failure(path) }
    buffer.removeLast(size - count)
    total += count
    if total > Self.mostBytes { throw .tooLarge(path: path, limit: Self.mostBytes) }
    if count == 0 { close() }
  }
}
