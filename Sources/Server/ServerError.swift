/// Why the server's data cannot be opened, kept or put back.
package enum ServerError: Error, Hashable, Sendable {
  /// Another lifeosd works on this database.
  case inUse(path: String)
  /// A newer lifeosd made it: these migrations are unknown here.
  case newerSchema(unknown: [String])
  /// The file is another program's.
  case foreign(path: String)
  case damaged(path: String)
  case diskFull(path: String)
  case noAccess(path: String, reason: String)
  case noSuchFile(path: String)
  case failed(String)
}

extension ServerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .inUse(let path): "another lifeosd works on \(path)"
    case .newerSchema(let unknown):
      "a newer lifeosd made this database (\(unknown.joined(separator: ", "))): update this one"
    case .foreign(let path): "\(path) is the database of another program"
    case .damaged(let path): "\(path) is damaged: put a backup back with lifeosd restore"
    case .diskFull(let path): "the disk of \(path) is full"
    case .noAccess(let path, let reason): "\(path): \(reason)"
    case .noSuchFile(let path): "there is no file \(path)"
    case .failed(let reason): reason
    }
  }
}
