internal import GRDB
internal import Kernel
internal import SQL
@testable internal import Server
internal import Synchronization
internal import TestKit
internal import Testing
internal import Wire

/// The rule of the idempotent successor: a lost answer signs nobody out, a thief does not stay.
struct TokensRenewalTests {
  @Test func `a renewal gives another pair, and the session slides on`() async throws {
    let desk = try AccountsDesk()
    var tokens = try await desk.register("ann").tokens
    for round in 1...5 {
      desk.hands.go(days: 29)
      let next = try await desk.refresh(tokens.refresh, UInt8(round))
      #expect(next.refresh != tokens.refresh)
      #expect(next.session == tokens.session)
      #expect(next.refreshExpires == desk.hands.now + 30 * 86_400_000)
      _ = try await desk.accounts.authorise(next.access)
      tokens = next
    }
  }

  @Test func `a session that was not renewed for 30 days has ended`() async throws {
    let desk = try AccountsDesk { $0.accessSeconds = 40 * 86_400 }
    let tokens = try await desk.register("ann").tokens
    desk.hands.go(days: 30)
    #expect(await refusal { _ = try await desk.refresh(tokens.refresh) }.code == .sessionRevoked)
    #expect(
      await refusal { _ = try await desk.accounts.authorise(tokens.access) }.code
        == .sessionRevoked)
  }

  @Test func `an access token that is under way outlives a renewal`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let next = try await desk.refresh(tokens.refresh)
    _ = try await desk.accounts.authorise(tokens.access)
    // It is no sign that the new pair has arrived.
    #expect(try await desk.refresh(tokens.refresh).refresh == next.refresh)
  }

  @Test func `a lost answer can be asked for again without end`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let first = try await desk.refresh(tokens.refresh, 7)
    for _ in 0..<50 {
      desk.hands.go(seconds: 40_000)
      let again = try await desk.refresh(tokens.refresh, 7)
      #expect(again.refresh == first.refresh)
      #expect(again.access != first.access)
      #expect(again.refreshExpires == first.refreshExpires)
    }
    let next = try await desk.refresh(first.refresh, 8)
    _ = try await desk.accounts.authorise(next.access)
    #expect(try await !desk.audit().contains("reuse"))
  }

  @Test func `two renewals that race are told, and nothing is revoked`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let first = try await desk.refresh(tokens.refresh, 1)
    desk.hands.go(seconds: 30)
    let error = await refusal { _ = try await desk.refresh(tokens.refresh, 2) }
    #expect(error.status == 409)
    #expect(error.code == .refreshInProgress)
    _ = try await desk.accounts.authorise(first.access)
    #expect(desk.ended.withLock { $0 }.isEmpty)
  }

  @Test func `a spent token that comes late with other words ends its family`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let phone = try await desk.login("ann").tokens
    let first = try await desk.refresh(tokens.refresh, 1)
    desk.hands.go(seconds: 31)
    let error = await refusal { _ = try await desk.refresh(tokens.refresh, 2) }
    #expect(error.status == 401)
    #expect(error.code == .sessionRevoked)
    for token in [tokens.access, first.access] {
      #expect(
        await refusal { _ = try await desk.accounts.authorise(token) }.code == .sessionRevoked)
    }
    #expect(await refusal { _ = try await desk.refresh(first.refresh, 3) }.code == .sessionRevoked)
    #expect(desk.ended.withLock { $0 } == [tokens.session])
    #expect(try await desk.audit().filter { $0 == "reuse" }.count == 1)
    // The other device has another family.
    _ = try await desk.accounts.authorise(phone.access)
  }

  @Test(arguments: [1, 2] as [UInt8])
  func `once the successor was used, the token before it is a thief's`(idem: UInt8) async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let first = try await desk.refresh(tokens.refresh, 1)
    _ = try await desk.accounts.authorise(first.access)
    #expect(
      await refusal { _ = try await desk.refresh(tokens.refresh, idem) }.code == .sessionRevoked)
    #expect(try await desk.audit().last == "reuse")
    #expect(await refusal { _ = try await desk.refresh(first.refresh, 3) }.code == .sessionRevoked)
  }

  @Test func `a token of many generations ago ends the family too`() async throws {
    let desk = try AccountsDesk()
    let stolen = try await desk.register("ann").tokens
    var tokens = stolen
    for round in 1...4 {
      tokens = try await desk.refresh(tokens.refresh, UInt8(round))
      desk.hands.go(days: 1)
    }
    // Even with the words that its owner used.
    #expect(await refusal { _ = try await desk.refresh(stolen.refresh, 1) }.code == .sessionRevoked)
    #expect(try await desk.audit().last == "reuse")
    #expect(await refusal { _ = try await desk.refresh(tokens.refresh, 9) }.code == .sessionRevoked)
    // A second try of the thief is no second event.
    _ = await refusal { _ = try await desk.refresh(stolen.refresh, 1) }
    #expect(try await desk.audit().filter { $0 == "reuse" }.count == 1)
  }

  @Test func `a token that never was ends nothing`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    for guess in ["", "0", String(repeating: "0", count: 64), tokens.refresh.uppercased()] {
      #expect(await refusal { _ = try await desk.refresh(guess) }.code == .sessionRevoked)
    }
    _ = try await desk.refresh(tokens.refresh)
  }

  @Test(arguments: ["", "00", "zz", String(repeating: "0", count: 31)])
  func `a renewal needs its 16 bytes`(idem: String) async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let error = await refusal {
      _ = try await desk.accounts.refresh(RefreshQuery(refresh: tokens.refresh, idem: idem))
    }
    #expect(error.status == 422)
    _ = try await desk.refresh(tokens.refresh)
  }

  @Test func `many renewals at once with the same words give one successor`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let successors = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<16 { group.addTask { try await desk.refresh(tokens.refresh, 1).refresh } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(successors.count == 1)
    #expect(try await desk.count("SELECT gen FROM session") == 1)
  }

  @Test func `of many renewals at once with other words one wins`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let codes = await withTaskGroup(of: String.self) { group in
      for idem in 0..<16 {
        group.addTask {
          do {
            return try await desk.refresh(tokens.refresh, UInt8(idem)).refresh
          } catch let error as APIError {
            return error.code.text
          } catch {
            return "\(error)"
          }
        }
      }
      return await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(codes.filter { $0 == "refresh_in_progress" }.count == 15)
    let winner = try #require(codes.first { $0 != "refresh_in_progress" })
    _ = try await desk.refresh(winner, 99)
  }

  /// What the server does in a renewal, by the statement before which it dies.
  static let deaths = [
    "BEFORE INSERT ON spent_token", "AFTER INSERT ON spent_token", "BEFORE UPDATE ON session",
    "AFTER UPDATE ON session",
  ]

  @Test(arguments: deaths)
  func `a server that dies within a renewal has not renewed`(death: String) async throws {
    let desk = try AccountsDesk()
    let old = try await desk.register("ann").tokens
    let tokens = try await desk.refresh(old.refresh, 1)
    _ = try await desk.accounts.authorise(tokens.access)
    try await desk.database.write {
      try $0.execute(
        sql: "CREATE TEMP TRIGGER death \(death) BEGIN SELECT raise(ROLLBACK, 'died'); END")
    }
    for _ in 0..<3 {
      #expect(await refusal { _ = try await desk.refresh(tokens.refresh, 2) }.status >= 500)
    }
    _ = try await desk.accounts.authorise(tokens.access)
    try await desk.database.write { try $0.execute(sql: "DROP TRIGGER death") }
    let next = try await desk.refresh(tokens.refresh, 2)
    #expect(next.refresh == (try await desk.refresh(tokens.refresh, 2)).refresh)
    _ = try await desk.accounts.authorise(next.access)
    // The history is whole: the oldest still betrays a thief.
    _ = await refusal { _ = try await desk.refresh(old.refresh, 1) }
    #expect(try await desk.audit().last == "reuse")
  }

  @Test func `a server that dies after a renewal repeats it after its start`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let lost = try await desk.refresh(tokens.refresh, 1)
    desk.database.close()
    let database = try ServerDatabase(path: desk.database.path, world: desk.hands.world)
    defer { database.close() }
    let accounts = Accounts(
      database: database, secrets: try Secrets(folder: desk.folder.file("data")),
      world: desk.hands.world)
    let idem = String(repeating: "01", count: 16)
    let again = try await accounts.refresh(RefreshQuery(refresh: tokens.refresh, idem: idem))
    #expect(again.refresh == lost.refresh)
    _ = try await accounts.authorise(lost.access)
  }

  @Test func `secrets that were lost sign nobody out in the middle of a renewal`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    let lost = try await desk.refresh(tokens.refresh, 1)
    try DataFiles.remove(desk.folder.file("data/secrets"))
    let accounts = try desk.again()
    let idem = String(repeating: "01", count: 16)
    let again = try await accounts.refresh(RefreshQuery(refresh: tokens.refresh, idem: idem))
    #expect(again.refresh != lost.refresh)
    let next = try await accounts.refresh(RefreshQuery(refresh: again.refresh, idem: idem))
    _ = try await accounts.authorise(next.access)
  }

  @Test func `a session of a switched-off account is not renewed`() async throws {
    let desk = try AccountsDesk()
    let tokens = try await desk.register("ann").tokens
    try await desk.database.write { try $0.run("UPDATE account SET disabled_at = 1") }
    #expect(await refusal { _ = try await desk.refresh(tokens.refresh) }.code == .sessionRevoked)
  }
}
