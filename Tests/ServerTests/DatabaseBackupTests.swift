internal import Foundation
internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL
@testable internal import Server
internal import TestKit
internal import Testing
internal import Wire

/// Copies of the database, and the way back.
struct DatabaseBackupTests {
  @Test func `a backup holds all, is checked, and for the owner alone`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    try await desk.push("A title", as: reply)
    let folder = desk.folder.file("data/backups")
    #expect(desk.database.needsBackup(in: folder))
    let backup = try await desk.database.backUp(into: folder)
    #expect(backup.path == folder + "/lifeosd-2026-11-20.sqlite")
    #expect(mode(backup.path) == 0o600)
    #expect(mode(folder) == 0o700)
    #expect(names(folder) == ["lifeosd-2026-11-20.sqlite"])
    #expect(ServerDatabase.backups(in: folder) == [backup])
    #expect(!desk.database.needsBackup(in: folder))
    let queue = try DatabaseQueue(path: backup.path)
    #expect(
      try await queue.read { try $0.first("SELECT f FROM op_log") { $0.text(0) } }
        == #"{"title":"A title"}"#)
  }

  @Test func `a second backup of a day replaces the first, and 14 days stay`() async throws {
    let desk = try AccountsDesk()
    let folder = desk.folder.file("data/backups")
    for _ in 0..<16 {
      _ = try await desk.database.backUp(into: folder)
      hands(desk, hours: 12)
      _ = try await desk.database.backUp(into: folder)
      hands(desk, hours: 12)
    }
    let all = ServerDatabase.backups(in: folder)
    #expect(all.count == 14)
    #expect(names(folder).count == 14)
    #expect(all.map(\.day) == all.map(\.day).sorted(by: >))
  }

  private func hands(_ desk: AccountsDesk, hours: Int64) { desk.hands.go(seconds: hours * 3600) }

  @Test func `a backup that cannot be written leaves the old one`() async throws {
    let desk = try AccountsDesk()
    let folder = desk.folder.file("data/backups")
    let backup = try await desk.database.backUp(into: folder)
    let before = try Data(contentsOf: URL(fileURLWithPath: backup.path))
    #expect(chmod(folder, 0o755) == 0)
    await #expect(throws: ServerError.self) { try await desk.database.backUp(into: folder) }
    #expect(names(folder).count == 1)
    #expect(try Data(contentsOf: URL(fileURLWithPath: backup.path)) == before)
  }

  @Test func `a restored server has other epochs, nobody signed in, and the old file beside`()
    async throws
  {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    try await desk.push("Before", as: reply)
    let backup = try await desk.database.backUp(into: desk.folder.file("data/backups"))
    try await desk.push("After", as: reply)
    let space = try #require(reply.me.spaces.first).id
    let old = try await desk.database.read { try Ledger().state(of: space, in: $0) }
    let path = desk.database.path
    #expect(throws: ServerError.inUse(path: path)) {
      try ServerDatabase.restore(backup.path, to: path, world: desk.hands.world)
    }
    desk.hands.go(seconds: 600)
    let end = desk.hands.now
    desk.database.close()
    // The clock went back meanwhile: time must not.
    desk.hands.go(days: -3)
    let aside = try #require(
      try ServerDatabase.restore(backup.path, to: path, world: desk.hands.world))

    let database = try ServerDatabase(path: path, world: desk.hands.world)
    defer { database.close() }
    #expect(database.serverID == desk.database.serverID)
    #expect(database.now() == end)
    let new = try await database.read { try Ledger().state(of: space, in: $0) }
    #expect(new?.head.seq == 1)
    #expect(old?.head.seq == 2)
    #expect(new?.epoch != old?.epoch)
    let accounts = Accounts(
      database: database, secrets: try Secrets(folder: desk.folder.file("data")),
      world: desk.hands.world)
    #expect(
      await refusal { _ = try await accounts.authorise(reply.tokens.access) }.code
        == .sessionRevoked)
    #expect(try await database.read { try $0.integer("SELECT count(*) FROM session") } == 0)
    #expect(
      try await database.read {
        try $0.first("SELECT what FROM audit ORDER BY n DESC") { $0.text(0) }
      }
        == "restore")
    _ = try await accounts.login(
      LoginQuery(user: "ann", password: AccountsDesk.password, device: desk.device()))
    // What was replaced is still there, whole.
    let replaced = try DatabaseQueue(path: aside)
    #expect(try await replaced.read { try $0.integer("SELECT count(*) FROM op_log") } == 2)
  }

  @Test func `each restore gives other epochs`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    let space = try #require(reply.me.spaces.first).id
    let backup = try await desk.database.backUp(into: desk.folder.file("data/backups"))
    desk.database.close()
    var epochs: Set<EntryID> = []
    for _ in 0..<3 {
      _ = try ServerDatabase.restore(
        backup.path, to: desk.database.path, world: desk.hands.world)
      let database = try ServerDatabase(path: desk.database.path, world: desk.hands.world)
      let state = try await database.read { try Ledger().state(of: space, in: $0) }
      epochs.insert(try #require(state).epoch)
      database.close()
    }
    #expect(epochs.count == 3)
  }

  @Test func `an empty place takes a backup too`() async throws {
    let desk = try AccountsDesk()
    _ = try await desk.register("ann")
    let backup = try await desk.database.backUp(into: desk.folder.file("data/backups"))
    let path = desk.folder.file("elsewhere/lifeosd.sqlite")
    #expect(try ServerDatabase.restore(backup.path, to: path, world: desk.hands.world) == nil)
    let database = try ServerDatabase(path: path, world: desk.hands.world)
    defer { database.close() }
    #expect(try await database.read { try $0.integer("SELECT count(*) FROM account") } == 1)
  }

  @Test func `what is no whole backup is refused, and the database stays`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    for number in 0..<200 {
      try await desk.push("Title \(number)", row: EntryID(high: 2, low: UInt64(number)), as: reply)
    }
    let backup = try await desk.database.backUp(into: desk.folder.file("data/backups"))
    desk.database.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: backup.path))
    var torn = whole
    torn.replaceSubrange(8192..<16384, with: Data(repeating: 0x5A, count: 8192))
    let before = try Data(contentsOf: URL(fileURLWithPath: desk.database.path))
    let bad = desk.folder.file("bad.sqlite")
    for data in [Data(), Data("garbage".utf8), torn, whole.prefix(20_000)] {
      try data.write(to: URL(fileURLWithPath: bad))
      #expect(throws: ServerError.damaged(path: bad)) {
        try ServerDatabase.restore(bad, to: desk.database.path, world: desk.hands.world)
      }
    }
    #expect(throws: ServerError.noSuchFile(path: bad + "?")) {
      try ServerDatabase.restore(bad + "?", to: desk.database.path, world: desk.hands.world)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: desk.database.path)) == before)
    #expect(names(desk.folder.file("data")).allSatisfy { !$0.contains("restored") })
  }

  @Test func `the doctor counts, and finds a digest that is not the registers'`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    try await desk.push("A title", as: reply)
    let folder = desk.folder.file("data/backups")
    let backup = try await desk.database.backUp(into: folder)
    let health = try await desk.database.health(backups: folder)
    #expect(health.complaints == [])
    #expect(health.synchronous == 2)
    #expect(health.journalMode == "wal")
    for count in [
      health.accounts, health.sessions, health.devices, health.spaces, health.operations,
      health.registers,
    ] { #expect(count == 1) }
    #expect(health.databaseSize > 0)
    #expect(health.newestBackup == backup)
    #expect(health.sqliteVersion.hasPrefix("3."))
    try await desk.database.write { try $0.run("UPDATE space SET digest = digest + 1") }
    let ill = try await desk.database.health(backups: nil)
    #expect(ill.complaints.count == 1)
    #expect(ill.complaints.first?.contains("digest") == true)
  }
}
