import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// Servers that nobody but their owner vouches for.
@Suite(.serialized) struct SyncTrustTests {
  typealias House = SyncJourneyTests.House

  static func fingerprint(_ server: ServerProgram) throws -> String {
    let found = try #require(server.said.firstMatch(of: /fingerprint ([0-9a-f ]+)\n/), "no mark")
    return String(found.1)
  }

  private static func words(_ server: ServerProgram) throws -> String {
    let found = try #require(server.said.firstMatch(of: /in words +([a-z ]+)\n/), "no words")
    return String(found.1)
  }

  private func signIn(
    _ house: House, _ index: Int, _ fingerprint: String?, verb: String = "login"
  ) async throws -> ClientProgram.Ran {
    let base = [
      verb, house.server.url, "--user", "anna", "--password-file", try house.passwordFile(),
    ]
    return try await house.machines[index].run(
      base + (fingerprint.map { ["--fingerprint", $0] } ?? []))
  }

  private static let requests = "\"path\":"

  @Test func `a server's own certificate is compared, pinned, and never changed in silence`()
    async throws
  {
    let house = try await House(quiet: 2, at: ServerProgram([:], ["--self-signed"]))
    let mark = try Self.fingerprint(house.server)
    try await house.add(0, "of the laptop")
    let unasked = try await signIn(house, 0, nil, verb: "register")
    #expect(unasked.code == 5 && unasked.errors.contains(mark), "\(unasked)")
    let wrong = try await signIn(
      house, 0, String(mark.filter { $0 != " " }.reversed()), verb: "register")
    #expect(wrong.code == 5 && wrong.errors.contains("nothing was sent"), "\(wrong)")
    let short = try await signIn(house, 0, "c5e4", verb: "register")
    #expect(short.code == 2, "\(short)")
    #expect(try await house.doctor("accounts") == 0)
    #expect(!house.server.log.contains("auth/register"))

    let right = try await signIn(house, 0, mark, verb: "register")
    #expect(right.code == 0, "\(right)")
    try await house.add(1, "of home")
    let other = try await signIn(house, 1, mark.filter { $0 != " " })
    #expect(other.code == 0, "\(other)")
    try await house.syncAll()
    try await house.expectWhole(2)

    let words = try Self.words(house.server)
    try await house.server.stop()
    for name in ["self-signed.pem", "self-signed-key.pem"] {
      try FileManager.default.moveItem(
        atPath: house.server.data + "/" + name, toPath: house.server.data + "/kept-" + name)
    }
    let before = house.server.log
    try await house.server.start()
    try await house.add(0, "goes on")
    for _ in 0..<2 {
      let said = try await house.refusedSync(0, code: 5)
      #expect(said.contains(words) && said.contains("`lifeos login URL`"), "\(said)")
      #expect(said.contains(try Self.words(house.server)), "\(said)")
    }
    let again = try await signIn(house, 1, mark)
    #expect(again.code == 5, "\(again)")
    #expect(!house.server.log.dropFirst(before.count).contains(Self.requests))
    #expect(try await house.titles(0).count == 2 + 1)

    // The old certificate is back: nothing needs to be done. A new one needs a word by a person.
    let changed = try Self.fingerprint(house.server)
    let renewed = try await signIn(house, 1, changed)
    #expect(renewed.code == 0, "\(renewed)")
    try await house.server.stop()
    for name in ["self-signed.pem", "self-signed-key.pem"] {
      unlink(house.server.data + "/" + name)
      try FileManager.default.moveItem(
        atPath: house.server.data + "/kept-" + name, toPath: house.server.data + "/" + name)
    }
    try await house.server.start()
    try await house.sync(0)
    try await house.refusedSync(1, code: 5)
    #expect(try await signIn(house, 1, mark).code == 0)
    try await house.expectWhole(3)
  }

  @Test func `a way that everybody can read is not taken unasked`() async throws {
    let house = try await House(quiet: 1)
    for url in ["http://192.0.2.1:8480", "http://life.example.org"] {
      let ran = try await house.machines[0](
        "register", url, "--user", "anna", "--password-file", try house.passwordFile())
      #expect(ran.code == 2 && ran.errors.contains("--allow-http"), "\(ran)")
    }
    for url in ["ftp://127.0.0.1", "http://", "https://anna:secret@127.0.0.1", "http://a b:x"] {
      let ran = try await house.machines[0](
        "login", url, "--user", "anna", "--password-file", try house.passwordFile())
      #expect(ran.code == 2, "\(url) \(ran)")
      #expect(!ran.errors.contains("secret"), "\(ran)")
    }
    // TLS to a port that speaks none.
    let mixed = try await house.machines[0](
      "login", "https://127.0.0.1:\(house.server.port)", "--user", "anna", "--password-file",
      try house.passwordFile())
    #expect(mixed.code != 0 && mixed.errors.contains("TLS"), "\(mixed)")
    #expect(try await house.machines[0]("status", "--json").json()["user"] is NSNull)
  }

  @Test func `plain http to a port that speaks TLS says what it is`() async throws {
    let house = try await House(quiet: 1, at: ServerProgram([:], ["--self-signed"]))
    let ran = try await house.machines[0](
      "login", "http://127.0.0.1:\(house.server.port)", "--user", "anna", "--password-file",
      try house.passwordFile())
    #expect(ran.code == 4, "\(ran)")
    try await house.add(0, "goes on")
  }
}
