import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// Sessions that end, and accounts that go.
@Suite(.serialized) struct SyncSessionTests {
  typealias House = SyncJourneyTests.House

  @Test func `a revoked machine says so, goes on writing, and sends all after a sign-in`()
    async throws
  {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    try await house.add(1, "before")
    try await house.syncAll()
    let sessions = try await house.machines[0]("devices", "--json").list("devices")
    #expect(sessions.count == 2)
    let other = try #require(sessions.first { $0["is_current"] as? Bool == false })
    let revoked = try await house.machines[0](
      "devices", "revoke", try #require(other["id"] as? String))
    #expect(revoked.code == 0, "\(revoked)")
    let words = try await house.refusedSync(1, code: 5)
    #expect(words.contains("lifeos login"), "\(words)")
    try await house.add(1, "meanwhile")
    let again = try await house.refusedSync(1, code: 5)
    #expect(again == words)
    let status = try await house.machines[1]("status", "--json").json()
    #expect(status["waiting"] as? Int == 1, "\(status)")
    try await house.logIn(1)
    try await house.syncAll()
    try await house.expectWhole(2)
  }

  @Test func `a deleted account is gone on the server and leaves the journals`() async throws {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    try await house.add(0, "stays")
    try await house.syncAll()
    let unsure = try await house.machines[0](
      "account", "delete", "--password-file", try house.passwordFile())
    #expect(unsure.code == 2 && unsure.errors.contains("--yes"), "\(unsure)")
    let wrong = try await house.machines[0](
      "account", "delete", "--yes", "--password-file", try house.passwordFile("Wrong-Horse-7"))
    #expect(wrong.code == 1, "\(wrong)")
    #expect(try await house.doctor("accounts") == 1)
    let done = try await house.machines[0](
      "account", "delete", "--yes", "--password-file", try house.passwordFile())
    #expect(done.code == 0, "\(done)")
    for name in ["accounts", "sessions", "devices", "spaces", "operations", "registers"] {
      #expect(try await house.doctor(name) == 0, "\(name)")
    }
    for index in 0...1 {
      let words = try await house.refusedSync(index, code: 5)
      #expect(words.contains("lifeos login"), "\(words)")
      #expect(try await house.titles(index).count == 1)
      try await house.add(index, "goes on")
    }
    let gone = try await house.machines[0](
      "login", house.server.url, "--user", "anna", "--password-file", try house.passwordFile())
    #expect(gone.code == 1, "\(gone)")
    // The journal is nobody's now: a new account takes it over, with all that it held before.
    try await house.signIn(0)
    #expect(try await house.titles(0).count == 2)
    let third = try await House(quiet: 1, at: house.server)
    try await third.logIn(0)
    #expect(try await third.titles(0) == house.titles(0))
    try await house.sync(0)
    try await third.expectWhole(2)
  }

  @Test func `another account on the same machine gets a file of its own`() async throws {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    try await house.add(0, "of anna")
    let first = house.machines[0].database
    let berta = try await house.machines[0](
      "register", house.server.url, "--user", "berta", "--password-file", try house.passwordFile())
    #expect(berta.code == 0 && berta.output.contains("profiles/"), "\(berta)")
    #expect(try await house.titles(0).isEmpty)
    try await house.add(0, "of berta")
    try await house.sync(0)
    #expect(try await house.titles(0).count == 1)
    #expect(FileManager.default.fileExists(atPath: first))
    try await house.sync(1)
    #expect(try await house.titles(1).isEmpty)
    // Back to the first: what waited there still waits, and goes to its own account.
    try await house.logIn(0)
    let titles = try await house.titles(0)
    #expect(titles.count == 1 && titles[0].contains("of anna"), "\(titles)")
    try await house.syncAll()
    try await house.expectWhole(1)
  }

  @Test func `another server at the address is told from the right one, and gets nothing`()
    async throws
  {
    let house = try await House(quiet: 1)
    try await house.signInAll()
    try await house.add(0, "first")
    try await house.sync(0)
    try await house.server.stop()
    let stranger = ServerProgram(port: house.server.port)
    try await stranger.start()
    try await house.add(0, "waits")
    let words = try await house.refusedSync(0, code: 5)
    #expect(words.contains("another server"), "\(words)")
    let strange = try await House(quiet: 0, at: stranger)
    for name in ["accounts", "operations", "devices"] {
      #expect(try await strange.doctor(name) == 0, "\(name)")
    }
    // The same name there is another account: a file of its own.
    let made = try await house.machines[0](
      "register", stranger.url, "--user", "anna", "--password-file", try house.passwordFile())
    #expect(made.code == 0, "\(made)")
    #expect(try await house.titles(0).isEmpty)
    #expect(try await strange.doctor("registers") < 2)
    try await stranger.stop()
    try await house.server.start()
    try await house.logIn(0)
    try await house.expectWhole(2)
  }
}
