internal import Kernel
internal import SQL
@testable internal import Server
internal import Testing
internal import Wire

/// The growing delay after failed sign-ins.
struct AccountsBrakeTests {
  private func fail(_ desk: AccountsDesk, from address: String = "192.0.2.7") async -> APIError {
    await refusal { _ = try await desk.login("ann", "Wrong horse 1", from: address) }
  }

  @Test func `five failures are free, then each wait is twice as long`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann")
    for _ in 0..<5 { #expect(await fail(desk).status == 401) }
    for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
      let error = await fail(desk)
      #expect(error.status == 429)
      #expect(error.code == .rateLimited)
      #expect(error.retryAfter == wait)
      desk.hands.go(seconds: Int64(wait))
      #expect(await fail(desk).status == 401)
    }
  }

  @Test func `while the wait runs even the right password is not looked at`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann")
    for _ in 0..<5 { _ = await fail(desk) }
    #expect(await refusal { _ = try await desk.login("ann") }.status == 429)
    desk.hands.go(seconds: 1)
    _ = try await desk.login("ann")
    // Success forgets all.
    for _ in 0..<5 { #expect(await fail(desk).status == 401) }
  }

  @Test func `who guesses elsewhere does not lock the owner out`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann")
    for _ in 0..<6 { _ = await fail(desk, from: "203.0.113.5") }
    #expect(await fail(desk, from: "203.0.113.5").status == 429)
    _ = try await desk.login("ann")
  }

  @Test func `unknown accounts are braked alike`() async throws {
    let desk = try AccountsDesk()
    for _ in 0..<5 { _ = await refusal { _ = try await desk.login("nobody") } }
    #expect(await refusal { _ = try await desk.login("nobody") }.status == 429)
  }

  @Test func `after a day all is forgotten, and a clock set back locks nobody out`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann")
    for _ in 0..<6 { _ = await fail(desk) }
    desk.hands.go(days: 2)
    _ = await refusal { _ = try await desk.login("somebody-else") }
    #expect(try await desk.count("SELECT count(*) FROM auth_failure") == 1)
    for _ in 0..<5 { _ = await fail(desk) }
    desk.hands.go(days: -2)
    _ = try await desk.login("ann")
  }

  @Test func `the wait stays after a new start`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann")
    for _ in 0..<5 { _ = await fail(desk) }
    let accounts = try desk.again()
    let query = LoginQuery(user: "ann", password: AccountsDesk.password, device: desk.device())
    let error = await refusal { _ = try await accounts.login(query, from: AccountsDesk.address) }
    #expect(error.status == 429)
  }

  @Test func `a stolen session cannot guess the password without end`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    let caller = try await desk.accounts.authorise(reply.tokens.access)
    for _ in 0..<5 {
      let error = await refusal {
        try await desk.accounts.delete(DeleteAccountQuery(password: "Wrong 1"), caller)
      }
      #expect(error.status == 403)
      #expect(error.code == .invalidCredentials)
    }
    let error = await refusal {
      try await desk.accounts.changePassword(
        ChangePasswordQuery(current: "Wrong 1", new: "Another horse 2"), caller)
    }
    #expect(error.status == 429)
  }
}
