internal import Glibc
internal import Kernel

/// The ground that a database file stands on: looked at before SQLite opens it.
///
/// The file itself is never opened here: closing a descriptor of it would drop the locks that SQLite
/// holds for another connection of this process (POSIX locks belong to the process).
enum Footing {
  /// Makes the file, 0600, where it is missing; throws where SQLite's WAL would not be safe in its
  /// folder, or where the file cannot be written. True where the file is new or empty.
  static func prepare(_ path: String) throws(StoreError) -> Bool {
    let folder = Files.folder(of: path)
    try Files.makeFolder(folder)
    guard !isNetwork(folder), !isSynced(folder) else { throw .networkFileSystem(path: folder) }
    guard access(folder, W_OK | X_OK) == 0 else { throw refusal(folder) }
    guard let facts = Files.facts(path) else {
      return try Files.makeFile(path)
    }
    guard !facts.isLink else { throw .noAccess(path: path, reason: "is a symbolic link") }
    guard facts.isFile else { throw .noAccess(path: path, reason: "is not a file") }
    guard facts.owner == geteuid() || geteuid() == 0 else {
      throw .noAccess(path: path, reason: "belongs to somebody else")
    }
    guard access(path, R_OK | W_OK) == 0 else { throw refusal(path) }
    if facts.mode & 0o077 != 0 { chmod(path, 0o600) }
    return facts.size == 0
  }

  /// Whether no process has the database open. In WAL mode each connection holds a lock on a byte of
  /// the file that SQLite keeps for readers. Must not be asked while it is open here.
  static func isFree(_ path: String) -> Bool {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    let firstSharedByte = 0x4000_0002
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = firstSharedByte
    lock.l_len = 510
    guard fcntl(descriptor, F_GETLK, &lock) == 0 else { return true }
    return lock.l_type == Int16(F_UNLCK)
  }

  private static func refusal(_ path: String) -> StoreError {
    errno == EACCES || errno == EROFS ? .readOnly(path: path) : Files.error(errno, path)
  }

  /// The file systems where locks and shared memory cannot be trusted, by the names that the kernel
  /// gives them; FUSE also carries local disks, so that only these mounts of it count.
  private static let networkTypes: Set<Substring> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "coda", "ncpfs", "gfs2", "ocfs2",
    "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs", "fuse.gcsfuse", "fuse.cephfs",
    "fuse.glusterfs", "fuse.smbnetfs",
  ]

  static func isNetwork(_ folder: String) -> Bool {
    var status = stat()
    guard stat(folder, &status) == 0 else { return false }
    let device = UInt64(status.st_dev)
    let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
    let minor = device & 0xFF | device >> 12 & ~0xFF
    // A disk has a major number; what has none is named in the list of mounts.
    guard major == 0 else { return false }
    return networkTypes.contains(type(of: "0:\(minor)", in: Files.text("/proc/self/mountinfo")))
  }

  /// The type of the mount with this device number, from proc(5)'s mountinfo: the third word of its
  /// line is the number, the first one behind a lone hyphen the type.
  static func type(of device: String, in mounts: String) -> Substring {
    for line in mounts.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 4, words[2] == device else { continue }
      guard let hyphen = words.firstIndex(of: "-"), hyphen + 1 < words.count else { continue }
      return words[hyphen + 1]
    }
    return ""
  }

  /// A folder that a program copies to other machines file by file, tearing file and WAL apart.
  static func isSynced(_ folder: String) -> Bool {
    let synced: Set<Substring> = [
      "Dropbox", "OneDrive", "Google Drive", "GoogleDrive", "iCloud Drive", "iCloudDrive",
      "Nextcloud", "ownCloud", "pCloudDrive", "Syncthing",
    ]
    return folder.split(separator: "/").contains { synced.contains($0) }
  }
}
