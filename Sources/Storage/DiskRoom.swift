internal import Glibc

/// Whether the disk has room to take in what others wrote. What the person writes here comes first: it
/// may use the rest.
enum DiskRoom {
  static let least: UInt64 = 64 << 20

  /// Throws `.diskFull` where less than `least` bytes are free beside the file; nothing in memory.
  static func check(_ path: String?, least: UInt64 = least) throws(StoreError) {
    guard let path else { return }
    var status = statvfs()
    // A file system that does not tell is no reason to stop.
    guard statvfs(Files.folder(of: path), &status) == 0 else { return }
    let (free, isHuge) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    guard isHuge || free >= least else { throw .diskFull }
  }
}
