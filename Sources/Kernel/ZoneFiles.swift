internal import Glibc

/// Where a system keeps its zones, and which one is its own.
struct ZoneFiles {
  /// The variable `TZ`; nil where it is not set.
  let variable: String?
  /// The folders of zones, the first one first.
  let folders: [String]
  /// Where the system's own zone lies.
  let local: String

  static func system() -> ZoneFiles {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    var folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"]
    if let own = variable("TZDIR"), own.hasPrefix("/") { folders.insert(own, at: 0) }
    return ZoneFiles(variable: variable("TZ"), folders: folders, local: "/etc/localtime")
  }

  /// The zone that the variable names, else the system's; UTC where it cannot be read.
  func current() -> Zone {
    guard let variable else { return localZone() ?? .utc }
    var name = variable
    if name.hasPrefix(":") { name.removeFirst() }
    if name.isEmpty { return .utc }
    if name.hasPrefix("/") { return zone(atPath: name) ?? .utc }
    return zone(named: name) ?? .utc
  }

  func zone(named name: String) -> Zone? {
    if name == "UTC" { return .utc }
    if Self.isName(name) {
      for folder in folders {
        if let bytes = Self.read(folder + "/" + name), let zone = Zone(name: name, tzif: bytes) {
          return zone
        }
      }
    }
    return Zone(rule: name)
  }

  private func localZone() -> Zone? {
    if let target = Self.target(of: local), let name = name(ofPath: target),
      let zone = zone(named: name)
    {
      return zone
    }
    return zone(atPath: local)
  }

  /// Named after its place among the zones, else by its rule, which can be read again.
  private func zone(atPath path: String) -> Zone? {
    guard let bytes = Self.read(path), let zone = Zone(name: path, tzif: bytes) else { return nil }
    if let name = name(ofPath: path) { return zone.renamed(name) }
    return zone.renamed(zone.ruleText ?? zone.abbreviation(at: Moment(seconds: 0)))
  }

  /// What follows the folder of zones, such as `Europe/Bucharest`.
  private func name(ofPath path: String) -> String? {
    for folder in folders where path.hasPrefix(folder + "/") {
      let name = String(path.dropFirst(folder.count + 1))
      if Self.isName(name) { return Self.plain(name) }
    }
    let parts = path.split(separator: "/")
    guard let index = parts.lastIndex(of: "zoneinfo") else { return nil }
    let name = parts[(index + 1)...].joined(separator: "/")
    return Self.isName(name) ? Self.plain(name) : nil
  }

  /// `posix/…` repeats the plain names.
  private static func plain(_ name: String) -> String {
    name.hasPrefix("posix/") ? String(name.dropFirst(6)) : name
  }

  /// Parts of letters, digits and `+-_.` between slashes, none of them `.` or `..`.
  private static func isName(_ name: String) -> Bool {
    name.utf8.count <= 64
      && name.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).allSatisfy { part in
        guard let first = part.first, first != UInt8(ascii: ".") else { return false }
        return part.allSatisfy { byte in
          switch byte {
          case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
          default: [UInt8](arrayLiteral: 0x2B, 0x2D, 0x5F, 0x2E).contains(byte)
          }
        }
      }
  }

  private static func target(of path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 1024)
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0, count < buffer.count else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static let mostBytes = 262_144

  /// The content of a plain file of at most 256 KiB; nil for all others.
  private static func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      (1...mostBytes).contains(Int(status.st_size))
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(file, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      filled += count
    }
    return bytes
  }
}
