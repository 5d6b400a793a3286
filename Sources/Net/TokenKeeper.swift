internal import Glibc
package import Kernel
internal import Synchronization
package import Wire

/// Hands out access tokens, and renews them: once for all callers, threads and processes alike.
///
/// Nothing that goes wrong on the way ends a session: before the server is asked, the key of the
/// renewal is on disk, so that whoever comes after a crash asks for the same successor again
/// (sync.md, section 10).
package final class TokenKeeper: Sendable {
  /// Asks the server for a successor.
  package typealias Renew = @Sendable (RefreshQuery) throws(APIError) -> Tokens

  private let source: TokenSource
  private let world: World
  private let checkpoint: Checkpoint
  private let renew: Renew
  /// The share of its life at which a token is renewed, in thousandths: another one for each, so
  /// that devices don't come all at once.
  private let share = Mutex<(access: String, share: Int64)>(("", 0))

  package init(
    _ source: TokenSource, world: World, checkpoint: Checkpoint = Checkpoint(),
    renew: @escaping Renew
  ) {
    self.source = source
    self.world = world
    self.checkpoint = checkpoint
    self.renew = renew
  }

  /// An access token, renewed before where its end is near.
  ///
  /// With `stale`, one that the server has refused: always another one. Throws `needsSignIn`
  /// where the session has ended, and any other error where it only could not be renewed now.
  package func token(insteadOf stale: String? = nil) throws(APIError) -> String {
    switch source {
    case .none: throw .needsSignIn("Nobody has signed in.")
    case .fixed(let token):
      guard stale == nil else { throw .needsSignIn("The server refuses LIFEOS_TOKEN.") }
      return token
    case .file(let file):
      let held = try load(file)
      if held.tokens.access == stale { return try renewed(file, insteadOf: held) }
      guard isDue(held) else { return held.tokens.access }
      do throws(APIError) {
        return try renewed(file, insteadOf: held)
      } catch {
        if error.code == .needsSignIn { throw error }
        // Until its end the old token is as good as a new one; the server has the last word.
        return held.tokens.access
      }
    }
  }

  /// Stores a new sign-in in place of any other.
  package func signIn(_ credentials: Credentials) throws(APIError) {
    guard case .file(let file) = source else { return }
    var credentials = credentials
    credentials.received = world.now()
    do throws(FileProblem) {
      try file.save(credentials)
    } catch {
      throw .file(error)
    }
  }

  private func renewed(
    _ file: TokenFile, insteadOf held: Credentials
  ) throws(APIError) -> String {
    do throws(APIError) {
      return try renewOnce(file, insteadOf: held)
    } catch {
      guard error.code == .refreshInProgress else { throw error }
      return try awaitOther(file, held, error)
    }
  }

  private func renewOnce(
    _ file: TokenFile, insteadOf held: Credentials
  ) throws(APIError) -> String {
    let lock = try storing { () throws(FileProblem) in try SignInLock(folder: file.folder) }
    defer { lock.release() }
    try storing { () throws(FileProblem) in try checkpoint.pass(.locked) }
    var credentials = try load(file)
    try storing { () throws(FileProblem) in try checkpoint.pass(.read) }
    guard credentials.tokens.access == held.tokens.access else {
      return credentials.tokens.access  // somebody was faster
    }
    let idem = credentials.idem ?? drawIdem()
    if credentials.idem == nil {
      credentials.idem = idem
      try store(credentials, file)
    }
    try storing { () throws(FileProblem) in try checkpoint.pass(.asking) }
    credentials.tokens = try ask(RefreshQuery(refresh: credentials.tokens.refresh, idem: idem))
    try storing { () throws(FileProblem) in try checkpoint.pass(.answered) }
    credentials.idem = nil
    credentials.received = world.now()
    try store(credentials, file)
    return credentials.tokens.access
  }

  private func ask(_ query: RefreshQuery) throws(APIError) -> Tokens {
    do throws(APIError) {
      return try renew(query)
    } catch {
      // Only the server's own word ends a session: not a proxy's, and not what it says of its
      // health.
      guard error.status == 401, error.code != .notLifeos else { throw error }
      throw .needsSignIn("The session has ended.", details: ["reason": error.code.text])
    }
  }

  /// Somebody renews without our lock, as on a home folder of the network: theirs comes soon.
  /// Asking on would look like a thief after some seconds.
  private func awaitOther(
    _ file: TokenFile, _ held: Credentials, _ error: APIError
  ) throws(APIError) -> String {
    for _ in 0..<50 {
      let now = try load(file)
      if now.tokens.access != held.tokens.access { return now.tokens.access }
      usleep(100_000)
    }
    throw error
  }

  private func isDue(_ credentials: Credentials) -> Bool {
    let access = credentials.tokens.access
    let share = share.withLock { share in
      if share.access != access { share = (access, 180 + Int64(world.random() % 41)) }
      return share.share
    }
    return TokenLife.isDue(credentials, now: world.now(), share: share)
  }

  /// 16 random bytes as hex.
  private func drawIdem() -> String {
    EntryID(high: world.random(), low: world.random()).description
  }

  private func load(_ file: TokenFile) throws(APIError) -> Credentials {
    let held = try storing { () throws(FileProblem) in try file.load() }
    guard let held else { throw .needsSignIn("Nobody has signed in.") }
    return held
  }

  private func store(_ credentials: Credentials, _ file: TokenFile) throws(APIError) {
    try storing { () throws(FileProblem) in try file.save(credentials, checkpoint) }
  }

  private func storing<Result>(
    _ body: () throws(FileProblem) -> Result
  ) throws(APIError) -> Result {
    do throws(FileProblem) {
      return try body()
    } catch {
      throw .file(error)
    }
  }
}

extension APIError {
  static func needsSignIn(_ message: String, details: [String: String] = [:]) -> APIError {
    APIError(status: 0, code: .needsSignIn, message: message, details: details)
  }

  /// A file that others could read or that makes no sense is cured by signing in anew; what the
  /// system refuses may go by itself.
  static func file(_ problem: FileProblem) -> APIError {
    switch problem {
    case .unsafe, .damaged: .needsSignIn(problem.message)
    case .noAccess, .busy, .cut:
      APIError(status: 0, code: .unavailable, message: problem.message)
    }
  }
}
