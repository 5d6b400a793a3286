#if Server
  internal import GRDB
  internal import Wire

  extension ServerError {
    /// What SQLite's result means for the database at `path`.
    init(_ error: any Error, path: String) {
      if let known = error as? ServerError {
        self = known
        return
      }
      guard let error = error as? DatabaseError else {
        self = .failed("\(error)")
        return
      }
      switch error.resultCode {
      case .SQLITE_FULL: self = .diskFull(path: path)
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .damaged(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: self = .inUse(path: path)
      case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_IOERR:
        self = .noAccess(path: path, reason: error.message ?? "cannot be read or written")
      default:
        let code = error.extendedResultCode.rawValue
        self = .failed("\(path): \(error.message ?? "unknown error") (SQLite \(code))")
      }
    }
  }

  extension APIError {
    /// What a failure inside of the server is to those outside: nothing internal is told.
    init(inside error: any Error) {
      if let known = error as? APIError {
        self = known
        return
      }
      guard let error = error as? DatabaseError else {
        self.init(status: 500, code: .internalError, message: "Something went wrong here.")
        return
      }
      switch error.resultCode {
      case .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_CORRUPT,
        .SQLITE_NOTADB, .SQLITE_PERM:
        self.init(
          status: 503, code: .unavailable,
          message: "The server cannot use its disk. What you wrote stays on your device.",
          retryAfter: 30)
      case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL, .SQLITE_MISUSE, .SQLITE_INTERRUPT,
        .SQLITE_ABORT:
        self.init(
          status: 503, code: .unavailable, message: "The server is busy.", retryAfter: 2)
      default:
        self.init(status: 500, code: .internalError, message: "Something went wrong here.")
      }
    }
  }
#endif
