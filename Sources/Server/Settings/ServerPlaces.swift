internal import Glibc

/// Where the server keeps what is its own: one folder, which nobody else may open.
package struct ServerPlaces: Sendable, Hashable {
  package let folder: String

  package init(folder: String) { self.folder = folder }

  /// The folder of `LIFEOSD_DATA`, or else the one that the system means for such data.
  package init(environment: [String: String]) {
    if let folder = environment["LIFEOSD_DATA"], !folder.isEmpty {
      self.init(folder: folder)
    } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      self.init(folder: data + "/lifeosd")
    } else {
      self.init(folder: (environment["HOME"] ?? ".") + "/.local/share/lifeosd")
    }
  }

  package var database: String { folder + "/lifeosd.sqlite" }
  package var backups: String { folder + "/backups" }
  package var settings: String { folder + "/lifeosd.toml" }

  /// Makes the folder, 0700, with the folders that lead to it. Throws `ServerError`.
  package func prepare() throws {
    var path = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      path += "/" + part
      guard mkdir(path, 0o700) != 0, errno != EEXIST else { continue }
      // A folder above may be closed to us, and still be there.
      guard access(path, F_OK) == 0 else {
        throw ServerError.noAccess(path: path, reason: String(cString: strerror(errno)))
      }
    }
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw ServerError.noAccess(path: folder, reason: "this is no folder")
    }
    guard status.st_uid == geteuid() else {
      throw ServerError.noAccess(path: folder, reason: "this folder belongs to somebody else")
    }
    if status.st_mode & 0o077 != 0 { chmod(folder, 0o700) }
  }
}
