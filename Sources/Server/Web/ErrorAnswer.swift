#if Server
  internal import GRDB
  internal import Kernel
  internal import Wire

  /// What an error looks like from outside.
  enum ErrorAnswer {
    static func of(_ error: any Error) -> APIError {
      switch error {
      case let error as APIError: error
      case let fault as ExchangeFault: fault.error
      case let error as WireError:
        APIError(
          status: 422, code: .malformed, message: "\(error.path): \(error.reason)",
          details: ["path": error.path])
      case let error as DatabaseError where isPassing(error):
        APIError(
          status: 503, code: .unavailable, message: "The server can't reach its database now.",
          retryAfter: 10)
      case is ServerError, is CancellationError:
        APIError(
          status: 503, code: .unavailable, message: "The server is not available now.",
          retryAfter: 10)
      default:
        APIError(
          status: 500, code: .internalError,
          message: "Something went wrong inside the server. Its log knows more.")
      }
    }

    /// A full or read-only disk, a locked file: what may be over soon, and is nobody's mistake.
    private static func isPassing(_ error: DatabaseError) -> Bool {
      [
        .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_IOERR, .SQLITE_BUSY, .SQLITE_LOCKED,
        .SQLITE_CANTOPEN,
        .SQLITE_NOMEM, .SQLITE_ABORT, .SQLITE_INTERRUPT,
      ].contains(error.resultCode)
    }

    /// For the log: the kind of error, and SQLite's own words. Never what somebody has written.
    static func safeText(_ error: any Error) -> String {
      if let error = error as? DatabaseError {
        return "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "")"
      }
      return String(reflecting: type(of: error))
    }
  }
#endif
