internal import GRDB
internal import Kernel
internal import SQL
@testable internal import Server
internal import Synchronization
internal import TestKit
internal import Testing
internal import Wire

/// Sessions: seeing them, ending them, and what ends them.
struct AccountsSessionTests {
  @Test func `signing out ends this session alone, at once`() async throws {
    let desk = try AccountsDesk()
    let laptop = try await desk.register("ann")
    let phone = try await desk.login("ann")
    let caller = try await desk.accounts.authorise(laptop.tokens.access)
    try await desk.accounts.logout(caller)
    let error = await refusal { _ = try await desk.accounts.authorise(laptop.tokens.access) }
    #expect(error.status == 401)
    #expect(error.code == .sessionRevoked)
    #expect(
      await refusal { _ = try await desk.refresh(laptop.tokens.refresh) }.code == .sessionRevoked)
    _ = try await desk.accounts.authorise(phone.tokens.access)
    #expect(desk.ended.withLock { $0 } == [laptop.tokens.session])
    #expect(await !desk.accounts.isLive(caller))
    #expect(await refusal { try await desk.accounts.logout(caller) }.code == .sessionRevoked)
  }

  @Test func `the list has the account's live sessions and marks the caller's`() async throws {
    let desk = try AccountsDesk()
    let laptop = try await desk.register("ann")
    desk.hands.go(seconds: 5)
    let phone = try await desk.login("ann", device: desk.device("phone"))
    _ = try await desk.register("ben")
    let caller = try await desk.accounts.authorise(phone.tokens.access)
    let sessions = try await desk.accounts.sessions(caller).sessions
    #expect(sessions.map(\.id) == [phone.tokens.session, laptop.tokens.session])
    #expect(sessions.map(\.isCurrent) == [true, false])
    #expect(sessions.map(\.name) == ["phone", "laptop"])
    try await desk.accounts.revoke(laptop.tokens.session, caller)
    #expect(try await desk.accounts.sessions(caller).sessions.count == 1)
    #expect(desk.ended.withLock { $0 } == [laptop.tokens.session])
  }

  @Test func `another account's session cannot be ended, nor told from one that is not`()
    async throws
  {
    let desk = try AccountsDesk()
    let ann = try await desk.register("ann")
    let ben = try await desk.register("ben")
    let caller = try await desk.accounts.authorise(ben.tokens.access)
    let foreign = await refusal {
      try await desk.accounts.revoke(ann.tokens.session, caller)
    }
    let missing = await refusal {
      try await desk.accounts.revoke(desk.hands.world.newID(), caller)
    }
    #expect(foreign == missing)
    #expect(foreign.status == 404)
    _ = try await desk.accounts.authorise(ann.tokens.access)
  }

  @Test func `another password ends all other sessions`() async throws {
    let desk = try AccountsDesk()
    let laptop = try await desk.register("ann")
    let phone = try await desk.login("ann")
    let caller = try await desk.accounts.authorise(phone.tokens.access)
    try await desk.accounts.changePassword(
      ChangePasswordQuery(current: AccountsDesk.password, new: "Another horse 2"), caller)
    _ = try await desk.accounts.authorise(phone.tokens.access)
    _ = await refusal { _ = try await desk.accounts.authorise(laptop.tokens.access) }
    #expect(await refusal { _ = try await desk.login("ann") }.status == 401)
    _ = try await desk.login("ann", "Another horse 2")
    #expect(desk.ended.withLock { $0 } == [laptop.tokens.session])
  }

  @Test func `a weak or unproven new password changes nothing`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    let caller = try await desk.accounts.authorise(reply.tokens.access)
    for (current, new, code) in [
      (AccountsDesk.password, "weak", APIError.Code.weakPassword),
      ("Wrong horse 1", "Another horse 2", .invalidCredentials),
    ] {
      let error = await refusal {
        try await desk.accounts.changePassword(
          ChangePasswordQuery(current: current, new: new), caller)
      }
      #expect(error.code == code)
    }
    _ = try await desk.login("ann")
  }

  @Test func `an account that is switched off is out at once, and comes back`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    try await desk.accounts.setDisabled(true, user: "Ann")
    #expect(
      await refusal { _ = try await desk.accounts.authorise(reply.tokens.access) }.code
        == .sessionRevoked)
    #expect(desk.ended.withLock { $0 } == [reply.tokens.session])
    // Only who knows the password hears why.
    #expect(await refusal { _ = try await desk.login("ann", "Wrong horse 1") }.status == 401)
    let told = await refusal { _ = try await desk.login("ann") }
    #expect(told.status == 403)
    #expect(told.code == .forbidden)
    #expect(try await desk.accounts.users().map(\.sessions) == [0])
    #expect(try await desk.accounts.users().first?.disabled == desk.hands.now)
    try await desk.accounts.setDisabled(false, user: "ann")
    _ = try await desk.login("ann")
    #expect(
      await refusal { try await desk.accounts.setDisabled(true, user: "nobody") }.status == 404)
  }

  @Test func `a password that the keeper gives ends all sessions and the wait`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    for _ in 0..<6 { _ = await refusal { _ = try await desk.login("ann", "Wrong horse 1") } }
    try await desk.accounts.resetPassword(of: "ann", to: "Given horse 3")
    #expect(
      await refusal { _ = try await desk.accounts.authorise(reply.tokens.access) }.code
        == .sessionRevoked)
    _ = try await desk.login("ann", "Given horse 3")
    #expect(
      await refusal {
        try await desk.accounts.resetPassword(of: "ann", to: "weak")
      }.code == .weakPassword)
  }

  @Test func `what another process ends is ended here`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    let caller = try await desk.accounts.authorise(reply.tokens.access)
    let beside = try ServerDatabase(
      path: desk.database.path, world: desk.hands.world, beside: true)
    defer { beside.close() }
    var settings = AccountSettings()
    settings.bcryptCost = 4
    let tool = Accounts(
      database: beside, secrets: try Secrets(folder: desk.folder.file("data")),
      world: desk.hands.world, settings: settings)
    try await tool.setDisabled(true, user: "ann")
    #expect(await !desk.accounts.isLive(caller))
    #expect(
      await refusal { _ = try await desk.accounts.authorise(reply.tokens.access) }.code
        == .sessionRevoked)
    #expect(
      await refusal {
        try await desk.database.write { try desk.accounts.confirm(caller, in: $0) }
      }.code == .sessionRevoked)
  }

  @Test func `sessions that ended long ago are forgotten`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    _ = try await desk.refresh(try await desk.refresh(reply.tokens.refresh).refresh)
    #expect(try await desk.count("SELECT count(*) FROM spent_token") == 1)
    desk.hands.go(days: 61)
    _ = try await desk.login("ann")
    #expect(try await desk.count("SELECT count(*) FROM session") == 1)
    #expect(try await desk.count("SELECT count(*) FROM spent_token") == 0)
  }

  @Test func `the audit can only grow`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann")
    for sql in ["DELETE FROM audit", "UPDATE audit SET what = 'nothing'"] {
      await #expect(throws: (any Error).self) {
        try await desk.database.write { try $0.run(sql) }
      }
    }
    #expect(try await desk.audit().count == 3)
  }
}
