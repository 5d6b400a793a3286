internal import Foundation
internal import GRDB
internal import Kernel
internal import SQL
@testable internal import Server
internal import TestKit
internal import Testing

/// Files of other ages and other programs.
struct DatabaseMigrationTests {
  private let folder = TemporaryFolder()
  private let hands = Hands()
  private var path: String { folder.file("data/lifeosd.sqlite") }
  private var copies: String { folder.file("data/before-migration") }

  private func open() throws -> ServerDatabase {
    try ServerDatabase(path: path, world: hands.world)
  }

  /// A file as an older lifeosd left it: without the tables of the ledger and of groups.
  private func makeOld() throws -> EntryID {
    let database = try open()
    database.close()
    let queue = try DatabaseQueue(path: path)
    try queue.write { connection in
      for (name, _) in ServerMigrating.all where name != "accounts.1" {
        try connection.execute(
          sql: "DELETE FROM migration WHERE name = ?", arguments: [name])
      }
      for table in [
        "space", "member", "device", "device_space", "op_log", "reg", "version", "op_seen",
        "group_settings", "group_seat", "group_invitation",
      ] { try connection.execute(sql: "DROP TABLE \(table)") }
    }
    try queue.close()
    return database.serverID
  }

  @Test func `an older file is copied, then brought up`() async throws {
    let id = try makeOld()
    let database = try open()
    defer { database.close() }
    #expect(database.serverID == id)
    #expect(try await database.read { try $0.integer("SELECT count(*) FROM space") } == 0)
    let copy = try #require(names(copies).first)
    #expect(mode(copies) == 0o700)
    #expect(mode("\(copies)/\(copy)") == 0o600)
    let queue = try DatabaseQueue(path: "\(copies)/\(copy)")
    #expect(
      try await queue.read {
        try $0.first("SELECT v FROM server_meta WHERE k = 'server_id'") { $0.id(0) }
      } == id)
    #expect(try await queue.read { try !$0.tableExists("space") })
  }

  @Test func `of the copies before migrations three stay`() throws {
    for _ in 0..<5 {
      _ = try makeOld()
      hands.go(seconds: 1)
      try open().close()
      hands.go(seconds: 1)
    }
    #expect(names(copies).count == 3)
  }

  @Test func `a newer lifeosd's file is refused untouched`() throws {
    try open().close()
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.run("INSERT INTO migration (name, at) VALUES ('groups.9', 1)") }
    try queue.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: ServerError.newerSchema(unknown: ["groups.9"])) { try open() }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `another program's file is refused untouched`() throws {
    try DataFiles.makePrivateFolder(folder.file("data"))
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE recipe (name TEXT)") }
    try queue.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: ServerError.foreign(path: path)) { try open() }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `garbage is refused untouched`() throws {
    try DataFiles.makePrivateFolder(folder.file("data"))
    let garbage = Data((0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 37) })
    try garbage.write(to: URL(fileURLWithPath: path))
    #expect(throws: ServerError.damaged(path: path)) { try open() }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == garbage)
  }

  @Test func `a migration that fails changes nothing`() throws {
    _ = try makeOld()
    let queue = try DatabaseQueue(path: path)
    // A table in the way of the ledger's last one.
    try queue.write { try $0.execute(sql: "CREATE TABLE op_seen (anything TEXT)") }
    try queue.close()
    #expect(throws: ServerError.self) { try open() }
    let after = try DatabaseQueue(path: path)
    #expect(try after.read { try !$0.tableExists("space") })
    try after.write { try $0.execute(sql: "DROP TABLE op_seen") }
    try after.close()
    try open().close()
  }
}
