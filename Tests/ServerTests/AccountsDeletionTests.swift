internal import GRDB
internal import Kernel
internal import SQL
@testable internal import Server
internal import Synchronization
internal import Testing
internal import Wire

/// An account leaves, or takes its things along.
struct AccountsDeletionTests {
  @Test func `a deleted account leaves no row, anywhere, and no word in the file`() async throws {
    let desk = try AccountsDesk()
    let ann = try await desk.register("ann-who-leaves", email: "ann@gone.example")
    let phone = try await desk.login("ann-who-leaves", device: desk.device("phone-of-ann"))
    _ = await refusal { _ = try await desk.login("ann-who-leaves", "Wrong horse 1") }
    try await desk.push("A secret title", as: ann)
    try await desk.push("Another secret title", as: ann)
    let renewed = try await desk.refresh(ann.tokens.refresh, 1)
    _ = try await desk.refresh(renewed.refresh, 2)
    let caller = try await desk.accounts.authorise(phone.tokens.access)
    try await desk.accounts.delete(
      DeleteAccountQuery(password: AccountsDesk.password), caller)

    let rows = try await allRows(of: desk.database)
    #expect(
      rows.filter { !$0.hasPrefix("server_meta") && !$0.hasPrefix("migration") } == [
        "audit: deleted"
      ])
    #expect(
      Set(desk.ended.withLock { $0 }) == [ann.tokens.session, phone.tokens.session])
    for token in [ann.tokens.access, phone.tokens.access] {
      #expect(
        await refusal { _ = try await desk.accounts.authorise(token) }.code == .sessionRevoked)
    }
    #expect(
      await refusal { _ = try await desk.login("ann-who-leaves") }.code == .invalidCredentials)
    let all = desk.everyByte()
    for word in ["ann-who-leaves", "gone.example", "secret title", "phone-of-ann"] {
      #expect(!all.contains(word), "\(word)")
    }
  }

  @Test func `another's things stay as they were`() async throws {
    let desk = try AccountsDesk()
    let ben = try await desk.register("ben")
    try await desk.push("Of Ben", as: ben)
    let before = try await allRows(of: desk.database)
    let ann = try await desk.register("ann")
    try await desk.push("Of Ann", as: ann)
    let caller = try await desk.accounts.authorise(ann.tokens.access)
    try await desk.accounts.delete(DeleteAccountQuery(password: AccountsDesk.password), caller)
    let after = try await allRows(of: desk.database)
    #expect(after.sorted() == (before + ["audit: deleted"]).sorted())
    _ = try await desk.accounts.authorise(ben.tokens.access)
    // The name is free again.
    _ = try await desk.register("ann")
  }

  @Test func `without the password, or with an ended session, nothing is deleted`() async throws {
    let desk = try AccountsDesk()
    let ann = try await desk.register("ann")
    let caller = try await desk.accounts.authorise(ann.tokens.access)
    let wrong = await refusal {
      try await desk.accounts.delete(DeleteAccountQuery(password: "Wrong horse 1"), caller)
    }
    #expect(wrong.code == .invalidCredentials)
    try await desk.accounts.logout(caller)
    let ended = await refusal {
      try await desk.accounts.delete(
        DeleteAccountQuery(password: AccountsDesk.password), caller)
    }
    #expect(ended.code == .sessionRevoked)
    #expect(try await desk.count("SELECT count(*) FROM account") == 1)
    #expect(try await desk.count("SELECT count(*) FROM space") == 1)
  }

  @Test func `an export has every value, also the lost ones, and no secret`() async throws {
    let desk = try AccountsDesk()
    let ann = try await desk.register("ann", email: "ann@example.org")
    let ben = try await desk.register("ben")
    try await desk.push("First title", as: ann)
    desk.hands.go(seconds: 60)
    try await desk.push("Second title", as: ann)
    try await desk.push("Of Ben", as: ben)
    let caller = try await desk.accounts.authorise(ann.tokens.access)
    let export = try await desk.accounts.export(caller).content
    let text = "\(export)"
    for word in ["ann@example.org", "First title", "Second title", "laptop", "192.0.2.7"] {
      #expect(text.contains(word), "\(word)")
    }
    for secret in ["Of Ben", "$2b$", ann.tokens.refresh, AccountsDesk.password] {
      #expect(!text.contains(secret), "\(secret)")
    }
    guard case .object(let members) = export,
      case .list(let spaces) = members.first(where: { $0.key == "spaces" })?.value,
      case .object(let space) = spaces.first,
      case .list(let registers) = space.first(where: { $0.key == "registers" })?.value,
      case .list(let versions) = space.first(where: { $0.key == "versions" })?.value
    else {
      Issue.record("the export has another shape")
      return
    }
    #expect(registers.count == 1)
    #expect(versions.count == 1)
    #expect(try await desk.audit().last == "export")
  }

  /// Every row of every table, one line each; of the audit only what happened.
  private func allRows(of database: ServerDatabase) async throws -> [String] {
    try await database.read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      return try tables.flatMap { table -> [String] in
        guard table != "audit" else {
          return try String.fetchAll(database, sql: "SELECT 'audit: ' || what FROM audit")
        }
        return try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"").map {
          "\(table): \($0)"
        }
      }
    }
  }
}
