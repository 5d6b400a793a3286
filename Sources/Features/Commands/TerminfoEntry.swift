internal import Glibc

/// What the system's compiled terminfo database says of a terminal (term(5)).
struct TerminfoEntry {
  /// nil where the terminal has no colours.
  let colours: Int?

  /// nil where no folder has an entry of that name.
  init?(named name: String, environment: [String: String]) {
    guard let first = name.utf8.first, !name.contains("/") else { return nil }
    let folder = String(decoding: [first], as: UTF8.self)
    var folders = [environment["TERMINFO"], environment["HOME"].map { $0 + "/.terminfo" }]
    folders += (environment["TERMINFO_DIRS"] ?? "").split(separator: ":").map(String.init)
    folders += ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"]
    for path in folders.compactMap(\.self) {
      if let bytes = Self.read("\(path)/\(folder)/\(name)"), let entry = TerminfoEntry(bytes) {
        self = entry
        return
      }
    }
    return nil
  }

  /// The header is six little-endian 16-bit numbers: magic, and the sizes of names, flags, numbers,
  /// string offsets and strings. The number at place 13 is max_colors.
  private init?(_ bytes: [UInt8]) {
    func short(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }
    guard bytes.count >= 12, [0o432, 0o1036].contains(short(0)) else { return nil }
    let width = short(0) == 0o432 ? 2 : 4
    var start = 12 + short(2) + short(4)
    start += start % 2
    let place = start + 13 * width
    guard short(6) > 13, place + width <= bytes.count else {
      colours = nil
      return
    }
    let low = short(place)
    let value = width == 2 ? low : low | short(place + 2) << 16
    colours = value >= (width == 2 ? 0x8000 : 0x8000_0000) ? nil : value
  }

  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}
