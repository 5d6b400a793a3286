internal import Foundation
internal import Kernel
internal import Synchronization
internal import TestKit
internal import Testing
@testable internal import Net
@testable internal import Wire

/// Access tokens and their renewal.
@Suite(.timeLimit(.minutes(2))) struct TokenKeeperTests {
  private let folder = TemporaryFolder()
  private let clock = SetClock(1_000_000)
  private var file: TokenFile { TokenFile(folder: folder.file("data")) }

  /// Each is like a process of its own: it shares only the files.
  private func keeper(
    _ issuer: Issuer, _ checkpoint: Checkpoint = Checkpoint()
  ) -> TokenKeeper {
    TokenKeeper(.file(file), world: clock.world, checkpoint: checkpoint) {
      query throws(APIError) in try issuer.refresh(query)
    }
  }

  private func signIn(_ issuer: Issuer, seconds: Int = 900) throws {
    var start = credentials("g0", seconds: seconds)
    start.tokens = issuer.pair
    try keeper(issuer).signIn(start)
  }

  @Test func `a young token is handed out without asking`() throws {
    let issuer = Issuer()
    try signIn(issuer)
    clock.set(1_000_000 + 700_000)
    #expect(try keeper(issuer).token() == accessToken("g0"))
    #expect(issuer.refreshes == 0)
  }

  @Test func `a token is renewed when a fifth of its life is left, give or take`() throws {
    let issuer = Issuer()
    try signIn(issuer)
    var seconds = 700
    while issuer.refreshes == 0, seconds < 900 {
      seconds += 1
      clock.set(1_000_000 + Int64(seconds) * 1000)
      _ = try keeper(issuer).token()
    }
    #expect((702...738).contains(seconds))
    #expect(try keeper(issuer).token() == accessToken("g1"))
    #expect(issuer.refreshes == 1)
  }

  @Test(arguments: [-86_400_000, 86_400_000 * 400, -900_000] as [Int64])
  func `a clock that is wrong costs one renewal at most`(_ jump: Int64) throws {
    let issuer = Issuer()
    try signIn(issuer)
    clock.set(1_000_000 + jump)
    for _ in 0..<10 { _ = try keeper(issuer).token() }
    #expect(issuer.refreshes <= 1)
    #expect(!issuer.isRevoked)
  }

  @Test func `a token that cannot be renewed in time is used until its end`() throws {
    try signIn(Issuer())
    clock.set(1_000_000 + 800_000)
    for error in [
      APIError(status: 0, code: .unreachable, message: ""),
      APIError(status: 503, code: .unavailable, message: ""),
      APIError(status: 401, code: .notLifeos, message: ""),
    ] {
      let keeper = TokenKeeper(.file(file), world: clock.world) { _ throws(APIError) in throw error
      }
      #expect(try keeper.token() == accessToken("g0"))
      let forced = failure { () throws(APIError) in
        _ = try keeper.token(insteadOf: accessToken("g0"))
      }
      #expect(forced == error)
    }
    #expect(try file.load()?.tokens.refresh == "refresh-g0")
  }

  @Test func `a session that has ended needs a sign-in, and deletes nothing`() throws {
    let issuer = Issuer()
    try signIn(issuer)
    issuer.revoke()
    let error = failure { () throws(APIError) in
      _ = try keeper(issuer).token(insteadOf: accessToken("g0"))
    }
    #expect(error?.code == .needsSignIn)
    #expect(error?.details["reason"] == "session_revoked")
    #expect(try file.load()?.tokens == tokens("g0"))
  }

  @Test func `without a sign-in there is no token`() throws {
    let issuer = Issuer()
    #expect(failure { () throws(APIError) in _ = try keeper(issuer).token() }?.code == .needsSignIn)
    try signIn(issuer)
    chmod(file.path, 0o644)
    let error = failure { () throws(APIError) in _ = try keeper(issuer).token() }
    #expect(error?.code == .needsSignIn)
    #expect(error?.message.contains("chmod 600") == true)
  }

  @Test func `the token of scripts is used as it is, and never renewed`() throws {
    let source = TokenSource(environment: ["LIFEOS_TOKEN": " abc\n"], file: file)
    let keeper = TokenKeeper(source, world: clock.world) { _ throws(APIError) in tokens("x") }
    #expect(try keeper.token() == "abc")
    #expect(
      failure { () throws(APIError) in _ = try keeper.token(insteadOf: "abc") }?.code
        == .needsSignIn)
    guard case .file = TokenSource(environment: ["LIFEOS_TOKEN": ""], file: file) else {
      Issue.record("an empty token is none")
      return
    }
  }

  @Test func `eight threads and two processes renew once`() throws {
    let issuer = Issuer()
    try signIn(issuer)
    let keepers = [keeper(issuer), keeper(issuer)]
    let got = Mutex<[String]>([])
    for round in 0..<20 {
      got.withLock { $0 = [] }
      onThreads(8) { index in
        let token = try? keepers[index % 2].token(insteadOf: accessToken("g\(round)"))
        got.withLock { $0.append(token ?? "none") }
      }
      #expect(got.withLock { $0 } == [String](repeating: accessToken("g\(round + 1)"), count: 8))
      #expect(issuer.refreshes == round + 1)
    }
    #expect(!issuer.isRevoked)
  }

  @Test func `a renewal killed between any two steps never signs out`() throws {
    for victim in 0..<100 {
      let issuer = Issuer()
      try file.delete()
      try signIn(issuer)
      // Killed at the first place, at the second in the next process, and so on: every process
      // dies.
      for (turn, place) in [victim, victim, victim / 2].enumerated() {
        let passed = Atomic<Int>(0)
        let dying = keeper(
          issuer,
          Checkpoint { _ in passed.wrappingAdd(1, ordering: .relaxed).oldValue < place })
        let stale = try #require(try file.load()).tokens.access
        let error = failure { () throws(APIError) in _ = try dying.token(insteadOf: stale) }
        if error == nil, turn == 0 {
          // No place so late: all of them were met.
          #expect(victim > 10)
          return
        }
        #expect(error == nil || error?.message == "cut")
      }
      let stale = try #require(try file.load()).tokens.access
      let token = try keeper(issuer).token(insteadOf: stale)
      #expect(token == issuer.pair.access)
      #expect(token != stale)
      #expect(!issuer.isRevoked, "\(victim)")
    }
    Issue.record("a renewal has no hundred steps")
  }

  @Test func `a lost answer is asked for again under the same key, as often as it takes`() throws {
    let issuer = Issuer()
    try signIn(issuer)
    let keys = Mutex<[String]>([])
    let losing = TokenKeeper(.file(file), world: clock.world) { query throws(APIError) in
      keys.withLock { $0.append(query.idem) }
      _ = try issuer.refresh(query)
      throw APIError(status: 0, code: .unreachable, message: "cut")
    }
    for _ in 0..<10 {
      #expect(throws: APIError.self) { try losing.token(insteadOf: accessToken("g0")) }
    }
    let drawn = keys.withLock { $0 }
    #expect(Set(drawn).count == 1)
    #expect(drawn.first?.utf8.count == 32)
    #expect(try keeper(issuer).token(insteadOf: accessToken("g0")) == accessToken("g1"))
    #expect(issuer.generation == 1)
    #expect(!issuer.isRevoked)
    #expect(try file.load()?.idem == nil)
    #expect(try keeper(issuer).token(insteadOf: accessToken("g1")) == accessToken("g2"))
  }

  @Test func `a renewal under way elsewhere is waited for`() throws {
    let issuer = Issuer()
    try signIn(issuer)
    let file = file
    let racing = TokenKeeper(.file(file), world: clock.world) { query throws(APIError) in
      // Another machine on the same home folder, where locks don't reach, is faster.
      do {
        var held = try #require(try file.load())
        held.tokens = try issuer.refresh(RefreshQuery(refresh: query.refresh, idem: "other"))
        held.idem = nil
        try file.save(held, Checkpoint())
      } catch {
        Issue.record(error)
      }
      throw APIError(status: 409, code: .refreshInProgress, message: "")
    }
    #expect(try racing.token(insteadOf: accessToken("g0")) == accessToken("g1"))
    #expect(!issuer.isRevoked)
  }

  @Test func `a new sign-in waits for a renewal and is not undone by it`() throws {
    let issuer = Issuer()
    try signIn(issuer)
    let file = file
    let asked = DispatchSemaphore(value: 0)
    let slow = TokenKeeper(.file(file), world: clock.world) { query throws(APIError) in
      asked.signal()
      return try issuer.refresh(query)
    }
    onThreads(2) { index in
      if index == 0 {
        _ = try? slow.token(insteadOf: accessToken("g0"))
      } else {
        asked.wait()
        try? file.save(credentials("new"))
      }
    }
    #expect(try file.load() == credentials("new"))
  }
}
