internal import GRDB

extension StoreError {
  /// What SQLite's result means for the database at `path`: the one place that knows its codes.
  init(_ error: any Error, path: String?) {
    if let known = error as? StoreError {
      self = known
      return
    }
    let place = path ?? ":memory:"
    guard let error = error as? DatabaseError else {
      self = .failed("\(error)")
      return
    }
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_READONLY: self = .readOnly(path: place)
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: self = .locked
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .damaged(path: place)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      self = .noAccess(path: place, reason: error.message ?? "cannot be opened")
    default:
      let code = error.extendedResultCode.rawValue
      self = .failed("\(error.message ?? "unknown error") (SQLite \(code))")
    }
  }
}
