internal import Features
internal import Kernel
internal import Net
internal import Storage
internal import Sync
internal import Wire

/// What a person reads when the way to the server fails: what happened, and what to do next.
extension Words {
  /// The sentence for `error`; nil for what `of` knows.
  static func network(_ error: any Error) -> String? {
    switch error {
    case let error as APIError: of(error)
    case let error as SyncTrouble: of(error)
    case let error as FileProblem: of(error)
    default: nil
    }
  }

  /// The exit code that fits; nil for what `code` knows.
  static func networkCode(of error: any Error) -> ExitStatus? {
    switch error {
    case let error as APIError: code(of: SyncTrouble.server(error))
    case let error as SyncTrouble: code(of: error)
    default: nil
    }
  }

  private static func code(of trouble: SyncTrouble) -> ExitStatus {
    if case .server(let error) = trouble {
      switch error.code {
      case .notFound: return .notFound
      case .weakPassword, .nameTaken: return .wrongUsage
      case .invalidCredentials, .registrationClosed, .forbidden: return .failed
      default: break
      }
    }
    switch trouble.state {
    case .offline: return .offline
    case .needsSignIn, .upgrade, .untrusted, .diverged, .full, .paused, .alone: return .needsPerson
    default: return .failed
    }
  }

  static func of(_ error: APIError) -> String {
    switch error.code {
    case .invalidCredentials: "the name or the password is wrong; try again"
    case .weakPassword:
      "the password is too weak: at least 8 characters, with upper case, lower case and a digit, "
        + "at most 72 bytes"
    case .nameTaken: "there is such an account already; choose another name, or `lifeos login`"
    case .registrationClosed:
      "the server takes no new accounts; ask whoever runs it for one (`lifeosd user add`)"
    case .needsSignIn, .sessionRevoked, .tokenExpired:
      "your session has ended; `lifeos login URL` signs in again (nothing is lost)"
    case .refreshInProgress: "another lifeos renews the session right now; try again"
    case .forbidden, .notMember: "the server does not allow this: \(error.message)"
    case .notFound: "the server has no such thing: \(error.message)"
    case .diverged, .staleRequest:
      "the server has another history than this machine; `lifeos sync` brings them together"
    case .wrongServer:
      "another server answers at this address than the one you signed in to; check the address"
    case .tooLarge: "the server finds it too large: \(error.message)"
    case .upgradeRequired:
      "the server wants lifeos \(error.details["min_client"] ?? "of a newer version"); update "
        + "lifeos (what you write is kept here meanwhile)"
    case .rateLimited:
      "that were too many attempts; wait \(error.retryAfter.map { "\($0) s" } ?? "a minute"), then "
        + "try again"
    case .unavailable, .internalError:
      "the server is not well; try again later (nothing is lost)"
    case .unreachable:
      "the server can not be reached: \(error.message); check the address, or try again later (what "
        + "you write is kept here)"
    case .untrusted:
      "the connection is not safe and was not used: \(error.message)"
        + (error.details["found"] == nil
          ? "" : "; if its owner has changed it, `lifeos login URL` compares anew")
    case .notLifeos:
      "something else than a lifeos server answers there: \(error.message); check the address, or "
        + "sign in to the network you are on"
    case .malformed: "the server did not understand: \(error.message); update lifeos or the server"
    default: "the server refused: \(error.message)"
    }
  }

  static func of(_ problem: FileProblem) -> String {
    switch problem {
    case .unsafe, .damaged: problem.message
    case .noAccess: "the session's file can not be used: \(problem.message)"
    case .busy: "\(problem.message); try again"
    case .cut: "it was ended early"
    }
  }

  static func of(_ trouble: SyncTrouble) -> String {
    switch trouble {
    case .server(let error): of(error)
    case .store(let error): of(error as any Error)
    case .fault(.forbiddenDevice):
      "this device is signed out of the server; `lifeos login URL` signs in again"
    case .fault(.notMember):
      "the server does not know this journal; `lifeos login URL` signs in again"
    case .fault: "another copy of this profile is syncing at the same time; try again"
    case .otherServer:
      "another server answers at this address than the one you signed in to; nothing was sent"
    case .diverged:
      "this machine and the server hold different things, and giving back did not help; keep a "
        + "`lifeos backup`, and report this with `lifeos doctor`"
    case .busy: "another lifeos is syncing right now; what you wrote goes with it"
    case .alone: "nobody has signed in here; `lifeos register URL` or `lifeos login URL`"
    case .noProgress:
      "the server's answers lead nowhere; check that server and lifeos are up to date"
    case .stopped: "it was ended early; nothing is lost"
    case .failed(let reason): reason
    }
  }
}
