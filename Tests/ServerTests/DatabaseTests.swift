internal import Foundation
internal import GRDB
internal import Kernel
internal import SQL
@testable internal import Server
internal import TestKit
internal import Testing
internal import Wire

/// The server's one file: how it is opened, kept safe, and let go.
struct DatabaseTests {
  private let folder = TemporaryFolder()
  private let hands = Hands()
  private var path: String { folder.file("data/lifeosd.sqlite") }

  private func open(beside: Bool = false) throws -> ServerDatabase {
    try ServerDatabase(path: path, world: hands.world, beside: beside)
  }

  @Test func `what is committed is on the disk, and for the owner alone`() async throws {
    let database = try open()
    defer { database.close() }
    #expect(try await database.settled { try $0.integer("PRAGMA synchronous") } == 2)
    #expect(
      try await database.settled { try $0.first("PRAGMA journal_mode") { $0.text(0) } } == "wal")
    #expect(try await database.settled { try $0.integer("PRAGMA wal_autocheckpoint") } == 1000)
    #expect(mode(folder.file("data")) == 0o700)
    for name in names(folder.file("data")) {
      #expect(mode(folder.file("data/\(name)")) == 0o600, "\(name)")
    }
    #expect(names(folder.file("data")).contains("lifeosd.sqlite-wal"))
    #expect(await database.state() == "ok")
  }

  @Test func `readers cannot write`() async throws {
    let database = try open()
    defer { database.close() }
    await #expect(throws: APIError.self) {
      try await database.read { try $0.run("DELETE FROM server_meta") }
    }
    #expect(throws: APIError.self) {
      try database.peek { try $0.run("DELETE FROM server_meta") }
    }
    #expect(await database.state() == "ok")
  }

  @Test func `a folder that others can enter is refused, not changed`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("data"), withIntermediateDirectories: true)
    #expect(chmod(folder.file("data"), 0o755) == 0)
    #expect(FileManager.default.createFile(atPath: folder.file("data/of others"), contents: nil))
    #expect(throws: ServerError.self) { try open() }
    #expect(mode(folder.file("data")) == 0o755)
    #expect(names(folder.file("data")) == ["of others"])
    try FileManager.default.removeItem(atPath: folder.file("data/of others"))
    try open().close()
    #expect(mode(folder.file("data")) == 0o700)
  }

  @Test func `a server keeps its id, and another file has another one`() throws {
    let first = try open()
    first.close()
    let second = try open()
    second.close()
    #expect(first.serverID == second.serverID)
    let other = try ServerDatabase(path: folder.file("other/a.sqlite"), world: hands.world)
    other.close()
    #expect(other.serverID != first.serverID)
  }

  @Test func `one server a file, tools beside it`() async throws {
    #expect(throws: ServerError.inUse(path: path)) { try open(beside: true).lockedOut() }
    let server = try open()
    #expect(throws: ServerError.inUse(path: path)) { try open() }
    let tool = try open(beside: true)
    // Two connections that checkpoint would meet a fault of this SQLite.
    #expect(try await tool.settled { try $0.integer("PRAGMA wal_autocheckpoint") } == 0)
    try await tool.write {
      try $0.run("INSERT INTO server_meta (k, v) VALUES ('by_tool', 1)")
    }
    #expect(
      try await server.read {
        try $0.integer("SELECT v FROM server_meta WHERE k = 'by_tool'")
      } == 1)
    tool.close()
    server.close()
    try open().close()
  }

  @Test func `time does not go back behind what was saved`() async throws {
    let database = try open()
    let first = database.now()
    #expect(first == hands.now)
    database.close()
    hands.go(days: -20_000)
    let again = try open()
    #expect(again.now() == first)
    again.close()
    hands.go(days: 20_001)
    let later = try open()
    defer { later.close() }
    #expect(later.now() == hands.now)
  }

  @Test func `every minute the clock's floor is saved, and a WAL that grew is folded back`()
    async throws
  {
    let database = try open()
    defer { database.close() }
    try await database.settled { try $0.run("PRAGMA wal_autocheckpoint = 0") }
    try await database.write {
      try $0.run("INSERT INTO server_meta (k, v) VALUES ('big', zeroblob(20000000))")
    }
    #expect(try #require(DataFiles.size(path + "-wal")) > ServerOpening.mostWal)
    hands.go(seconds: 60)
    try await database.settled(ServerDatabase.keep(database))
    let saved = try await database.read {
      try $0.integer("SELECT v FROM server_meta WHERE k = 'hlc_floor'")
    }
    #expect(saved == hands.now.milliseconds)
    #expect(try #require(DataFiles.size(path + "-wal")) < 100_000)
    let before = hands.now
    hands.go(days: -1)
    #expect(database.now() == before)
  }

  @Test func `a transaction that fails leaves nothing, and its error passes`() async throws {
    struct Stop: Error {}
    let database = try open()
    defer { database.close() }
    await #expect(throws: Stop.self) {
      try await database.write { connection in
        try connection.run("INSERT INTO server_meta (k, v) VALUES ('half', 1)")
        throw Stop()
      }
    }
    #expect(try await database.read { try $0.integer("SELECT count(*) FROM server_meta") } == 2)
  }

  @Test func `a full disk is told, nothing is half written, and it heals`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    let database = desk.database
    try await database.settled {
      let pages = try $0.integer("PRAGMA page_count")
      try $0.run("PRAGMA max_page_count = \(pages)")
    }
    let error = await refusal {
      try await database.write { connection in
        try connection.run("INSERT INTO server_meta (k, v) VALUES ('small', 1)")
        try connection.run("INSERT INTO server_meta (k, v) VALUES ('big', zeroblob(200000))")
      }
    }
    #expect(error.status == 503)
    #expect(error.code == .unavailable)
    #expect(error.retryAfter != nil)
    #expect(await database.state() != "ok")
    // Reading goes on, and so does who is signed in.
    let next = try await desk.accounts.authorise(reply.tokens.access)
    #expect(try await desk.accounts.me(next).user == "ann")
    try await database.settled { try $0.run("PRAGMA max_page_count = 1000000") }
    try await database.write { try $0.run("INSERT INTO server_meta (k, v) VALUES ('small', 1)") }
    #expect(await database.state() == "ok")
    #expect(try await database.read { try $0.integer("SELECT count(*) FROM server_meta") } == 3)
  }

  @Test func `a disk that may only be read answers 503 and lets people read`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    let next = try await desk.refresh(reply.tokens.refresh)
    try await desk.database.settled { try $0.run("PRAGMA query_only = 1") }
    #expect(await refusal { _ = try await desk.login("ann") }.status == 503)
    #expect(await refusal { _ = try await desk.refresh(next.refresh, 2) }.status == 503)
    _ = try await desk.accounts.authorise(next.access)
    try await desk.database.settled { try $0.run("PRAGMA query_only = 0") }
    _ = try await desk.refresh(next.refresh, 2)
  }

  @Test func `after closing all is answered by 503, and the file is whole`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    desk.database.close()
    desk.database.close()
    #expect(
      await refusal { _ = try await desk.accounts.authorise(reply.tokens.access) }.status == 503)
    #expect(await refusal { _ = try await desk.login("ann") }.status == 503)
    #expect(await desk.database.state() != "ok")
    #expect(!names(desk.folder.file("data")).contains("lifeosd.sqlite-wal"))
  }

  @Test func `many readers at once all get their turn`() async throws {
    let database = try open()
    defer { database.close() }
    let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
      for number in 0..<200 {
        group.addTask { try await database.read { try $0.integer("SELECT \(number)") } }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == 19_900)
  }
}

extension ServerDatabase {
  /// For a file that does not exist, a tool is its only process: it may do all, then lets go.
  fileprivate func lockedOut() throws {
    close()
    throw ServerError.inUse(path: path)
  }
}
