internal import Features
internal import Kernel
internal import Net
internal import Sync
internal import Wire

/// What a person reads when something about a group did not work: why, and what to do next.
extension Words {
  /// `error` as the failure to tell of; what has nothing to do with groups keeps its own words.
  static func group(_ error: any Error) -> any Error {
    switch error {
    case let error as APIError: group(error)
    case SyncTrouble.alone:
      Failure(
        .needsPerson,
        "groups live on a server, and nobody has signed in here; `lifeos register URL` or "
          + "`lifeos login URL` comes first")
    default:
      Words.network(error).map { Failure(Words.networkCode(of: error) ?? .failed, $0) } ?? error
    }
  }

  private static func group(_ error: APIError) -> Failure {
    switch error.code {
    case .unreachable, .unavailable, .internalError:
      Failure(
        .offline,
        "groups are made and joined on the server, which can not be reached now "
          + "(\(clause(error.message))); check-ins are kept and go out later")
    case .noSuchCode:
      Failure(
        .notFound,
        "no group has this code, or it is too old; ask somebody in the group for the one of now")
    case .groupFull: Failure(.failed, "the group is full; its admin can make it larger")
    case .alreadyMember: Failure(.failed, "\(clause(error.message, or: "you are in it already"))")
    case .rateLimited:
      Failure(
        .offline,
        "that were too many attempts; wait \(wait(error.retryAfter)), then try again")
    case .forbidden: Failure(.failed, clause(error.message, or: "the server does not allow this"))
    case .notFound, .notMember:
      Failure(
        .notFound,
        clause(error.message, or: "there is no such group, or you are no longer in it"))
    case .malformed where error.details["field"] != nil:
      Failure(.wrongUsage, clause(error.message))
    default: Failure(Words.networkCode(of: error) ?? .failed, Words.of(error))
    }
  }

  /// A sentence as a part of one: without its full stop, its first letter in lower case.
  private static func clause(_ sentence: String, or other: String = "") -> String {
    var text = sentence[...]
    if text.hasSuffix(".") { text = text.dropLast() }
    guard !text.isEmpty else { return other }
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// `40 s`, `12 minutes`, `2 hours`
  private static func wait(_ seconds: Int?) -> String {
    switch seconds {
    case nil: "a minute"
    case let seconds? where seconds < 100: "\(seconds) s"
    case let seconds? where seconds < 5400: "\((seconds + 59) / 60) minutes"
    case let seconds?: "\((seconds + 3599) / 3600) hours"
    }
  }
}
