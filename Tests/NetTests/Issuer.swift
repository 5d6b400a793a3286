internal import Kernel
internal import Synchronization
@testable internal import Net
@testable internal import Wire

/// One session as a server keeps it: the rule of refreshing in section 10 of sync.md, in memory.
final class Issuer: Sendable {
  private struct Session {
    var generation = 0
    var spentIdem: String?
    var isSuccessorUsed = false
    var isRevoked = false
    var refreshes = 0
  }

  private let session = Mutex(Session())
  private let seconds: Int

  init(seconds: Int = 900) { self.seconds = seconds }

  /// How often a new pair was made, and whether the family was revoked.
  var generation: Int { session.withLock { $0.generation } }
  var refreshes: Int { session.withLock { $0.refreshes } }
  var isRevoked: Bool { session.withLock { $0.isRevoked } }
  var pair: Tokens { tokens("g\(generation)", seconds: seconds) }

  func revoke() { session.withLock { $0.isRevoked = true } }

  func refresh(_ query: RefreshQuery) throws(APIError) -> Tokens {
    let pair = session.withLock { session -> Tokens? in
      session.refreshes += 1
      if session.isRevoked { return nil }
      if query.refresh == "refresh-g\(session.generation)" {
        session.spentIdem = query.idem
        session.generation += 1
        return tokens("g\(session.generation)", seconds: seconds)
      }
      let isLastSpent = query.refresh == "refresh-g\(session.generation - 1)"
      if isLastSpent, query.idem == session.spentIdem {
        return tokens("g\(session.generation)", seconds: seconds)
      }
      session.isRevoked = true
      return nil
    }
    guard let pair else {
      throw APIError(status: 401, code: .sessionRevoked, message: "Revoked.")
    }
    return pair
  }
}
