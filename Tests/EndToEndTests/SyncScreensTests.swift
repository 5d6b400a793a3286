import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// Screens that stand open while the world goes wrong around them.
@Suite(.serialized) struct SyncScreensTests {
  typealias House = SyncJourneyTests.House

  @Test func `a screen whose session is ended says so, and goes on by itself after a sign-in`()
    async throws
  {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    let terminal = try await house.open(1)
    try await terminal.send("2")
    try await terminal.wait(for: "synced")
    let sessions = try await house.machines[0]("devices", "--json").list("devices")
    let other = try #require(sessions.first { $0["is_current"] as? Bool == false })
    let revoked = try await house.machines[0](
      "devices", "revoke", try #require(other["id"] as? String))
    #expect(revoked.code == 0, "\(revoked)")
    try await terminal.send("n")
    try await terminal.wait(for: "Title")
    try await terminal.send("written while signed out")
    try await terminal.press(.escape)
    try await terminal.wait(for: "Saved.")
    try await terminal.wait(for: "sign in")
    try await house.logIn(1)
    try await terminal.wait(for: "synced")
    try await house.sync(0)
    #expect(try await house.titles(0).count == 1)
    try await terminal.kill(SIGTERM)
    #expect(try await terminal.exitCode() == 0)
  }

  @Test func `a screen outlives its server, and both outlive the screen's death`() async throws {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    let terminal = try await house.open(1)
    try await terminal.send("2")
    try await terminal.wait(for: "synced")
    try await house.server.stop(SIGKILL)
    try await terminal.send("n")
    try await terminal.wait(for: "Title")
    try await terminal.send("written without a server")
    try await terminal.press(.escape)
    try await terminal.wait(for: "Saved.")
    try await terminal.wait(for: "offline")
    try await house.server.start()
    try await terminal.wait(for: "synced")
    try await house.sync(0)
    #expect(try await house.titles(0).count == 1)
    try await house.add(0, "seen from afar")
    try await house.sync(0)
    try await terminal.wait(for: "seen from afar")
    try await terminal.kill(SIGKILL)
    _ = try await terminal.exitCode()
    try await house.syncAll()
    try await house.expectWhole(2)
  }

  @Test func `a screen takes over the certificate that was accepted beside it`() async throws {
    let house = try await House(quiet: 1, at: ServerProgram([:], ["--self-signed"]))
    func logIn(_ verb: String) async throws {
      let ran = try await house.machines[0](
        verb, house.server.url, "--user", "anna", "--password-file", try house.passwordFile(),
        "--fingerprint", try SyncTrustTests.fingerprint(house.server))
      try #require(ran.code == 0, "\(ran)")
    }
    try await logIn("register")
    let terminal = try await house.open(0)
    try await terminal.wait(for: "synced")
    try await house.server.stop()
    for name in ["self-signed.pem", "self-signed-key.pem"] {
      unlink(house.server.data + "/" + name)
    }
    try await house.server.start()
    try await house.add(0, "wants to be sent")
    // The longer the server was away, the longer the program waits before it asks again.
    try await terminal.wait(for: "the other certificate", timeout: .seconds(90)) {
      $0.contains("not the one you trust")
    }
    try await logIn("login")
    try await terminal.wait(for: "synced")
    try await terminal.kill(SIGTERM)
    #expect(try await terminal.exitCode() == 0)
  }
}
