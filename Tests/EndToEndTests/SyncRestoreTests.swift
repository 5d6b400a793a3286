import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// Servers and devices that go back in time.
@Suite(.serialized) struct SyncRestoreTests {
  typealias House = SyncJourneyTests.House

  @Test func `a server restored from a backup is given back what it lacks`() async throws {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    try await house.fill(0, 20, "Old")
    try await house.add(1, "old, of home")
    try await house.syncAll()
    let said = try await house.server.run("backup").output
    let backup = try #require(said.split(separator: " ").first.map(String.init))
    let id = try await house.add(0, "new, of the laptop")
    try await house.add(1, "new, of home")
    try await house.syncAll()
    try await house.machines[1]("journal", "edit", id, "--text", "new, edited at home")
    try await house.sync(1)
    try await house.server.stop()
    let restored = try await house.server.run("restore", backup)
    try #require(restored.code == 0, "\(restored)")
    try await house.server.start()
    try await house.add(0, "after it, of the laptop")
    for index in 0...1 {
      let words = try await house.refusedSync(index, code: 5)
      #expect(words.contains("login"), "\(words)")
      try await house.logIn(index)
    }
    try await house.syncAll()
    try await house.expectWhole(24)
    let titles = try await house.titles(0)
    #expect(titles.contains { $0.contains("new, edited at home") })
    #expect(try await house.doctor("registers") > 24)
  }

  @Test func `a server whose database was copied back by hand is noticed`() async throws {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    try await house.fill(0, 20, "Old")
    try await house.syncAll()
    try await house.server.stop()
    let database = house.server.data + "/lifeosd.sqlite"
    let kept = try Data(contentsOf: URL(fileURLWithPath: database))
    try await house.server.start()
    try await house.fill(0, 5, "New")
    try await house.add(1, "new, of home")
    try await house.syncAll()
    try await house.server.stop()
    for suffix in ["-wal", "-shm"] { unlink(database + suffix) }
    try kept.write(to: URL(fileURLWithPath: database))
    try await house.server.start()
    // As many new ones as were lost: the head's number alone would betray nothing.
    try await house.fill(1, 6, "Newer")
    try await house.sync(1)
    try await house.syncAll()
    try await house.expectWhole(32)
    let registers = try await house.doctor("registers")
    // A machine that has seen nothing gets all of it from the server.
    let third = try await House(quiet: 1, at: house.server)
    try await third.logIn(0)
    #expect(try await third.titles(0) == house.titles(0))
    #expect(try await house.doctor("registers") == registers)
  }

  @Test func `a copied profile loses nothing and becomes a device of its own`() async throws {
    let house = try await House(quiet: 2)
    try await house.signIn(0)
    try await house.add(0, "before the copy")
    try await house.sync(0)
    let waiting = try await house.add(0, "waits in both")
    try FileManager.default.copyItem(
      atPath: house.machines[0].home, toPath: house.machines[1].home)
    try await house.add(0, "of the original")
    try await house.add(1, "of the copy")
    try await house.machines[1]("journal", "edit", waiting, "--text", "edited in the copy")
    for index in [0, 1, 0, 1] {
      let ran = try await house.machines[index]("sync")
      if ran.code == 5 { try await house.logIn(index) } else { #expect(ran.code == 0, "\(ran)") }
    }
    try await house.syncAll()
    try await house.expectWhole(4)
    #expect(try await house.doctor("devices") == 2)
  }

  @Test func `a home folder that is put back gives nothing up`() async throws {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    try await house.add(0, "before the copy")
    try await house.syncAll()
    let kept = house.server.folder.file("kept")
    try FileManager.default.copyItem(atPath: house.machines[0].home, toPath: kept)
    try await house.fill(0, 3, "Sent and then forgotten")
    try await house.sync(0)
    try FileManager.default.removeItem(atPath: house.machines[0].home)
    try FileManager.default.moveItem(atPath: kept, toPath: house.machines[0].home)
    try await house.add(0, "written again")
    try await house.syncAll()
    try await house.expectWhole(5)
  }
}
