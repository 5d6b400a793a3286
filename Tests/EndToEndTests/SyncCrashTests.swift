import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// Programs that die in the middle of it.
@Suite(.serialized) struct SyncCrashTests {
  typealias House = SyncJourneyTests.House

  @Test(arguments: ["after-auth", "before-commit", "after-commit", "after-response"])
  func `a server that dies in a push has each entry once`(point: String) async throws {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    try await house.fill(0, 520)
    try await house.add(1, "meanwhile")
    for turn in 1...2 {
      try await house.server.stop()
      try await house.server.start([
        "LIFEOSD_TEST_CRASH": "\(point)@/api/v1/sync/exchange:\(turn)"
      ])
      // Behind the last byte of the last answer a client may be content.
      let ran = try await house.machines[0]("sync")
      #expect(ran.code == 4 || point == "after-response" && ran.code == 0, "\(ran)")
      #expect(try await house.server.death() == 137, "\(house.server.log)")
      try await house.server.start()
      try await house.add(0, "after death \(turn)")
    }
    try await house.syncAll()
    try await house.expectWhole(523)
  }

  @Test(arguments: [
    "after-commit@/api/v1/auth/login", "after-response@/api/v1/auth/login",
    "before-commit@/api/v1/sync/exchange", "after-commit@/api/v1/sync/exchange",
  ])
  func `a server that dies while somebody signs in lets him in afterwards`(point: String)
    async throws
  {
    let house = try await House(quiet: 2)
    try await house.signIn(0)
    try await house.add(0, "of the laptop")
    try await house.sync(0)
    try await house.add(1, "of home")
    try await house.server.stop()
    try await house.server.start(["LIFEOSD_TEST_CRASH": point])
    let ran = try await house.machines[1](
      "login", house.server.url, "--user", "anna", "--password-file", try house.passwordFile())
    #expect(ran.code == 4, "\(ran)")
    #expect(try await house.server.death() == 137, "\(house.server.log)")
    try await house.server.start()
    // Where the tokens had come, nobody has to type the password again.
    if !point.hasSuffix("login") { try await house.sync(1) }
    try await house.logIn(1)
    try await house.syncAll()
    try await house.expectWhole(2)
    #expect(try await house.doctor("devices") == 2)
  }

  @Test(arguments: ["after-commit", "after-response"])
  func `a server that dies while it renews a session signs nobody out`(point: String) async throws {
    let house = try await House(quiet: 1)
    try await house.signIn(0)
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    for turn in 1...3 {
      try await house.server.stop()
      try await house.server.start(["LIFEOSD_TEST_CRASH": "\(point)@/api/v1/auth/refresh"])
      // An hour later by the machine's clock its access token is old.
      let later = ["LIFEOS_TEST_NOW": "\((clock.tv_sec + turn * 3600) * 1000)"]
      try await house.add(0, "entry \(turn)", env: later)
      let ran = try await house.machines[0]("sync", env: later)
      #expect(ran.code == 4, "\(ran)")
      #expect(try await house.server.death() == 137, "\(house.server.log)")
      try await house.server.start()
      let healed = try await house.machines[0]("sync", env: later)
      #expect(healed.code == 0, "\(healed)\n\(house.server.log)")
    }
    try await house.expectWhole(3)
    #expect(try await house.doctor("sessions") == 1)
  }

  @Test func `a client killed at any moment of a push or a pull has all of it once`() async throws {
    let house = try await House(quiet: 2)
    try await house.signInAll()
    try await house.fill(0, 600)
    for turn in 0..<6 {
      try await house.machines[0].kill(after: 40 + turn * 60, ["sync", "--quiet"])
      try await house.add(0, "after kill \(turn)")
    }
    try await house.sync(0)
    for turn in 0..<6 {
      try await house.machines[1].kill(after: 40 + turn * 60, ["sync", "--quiet"])
      try await house.add(1, "after kill \(turn) of home")
    }
    try await house.syncAll()
    try await house.expectWhole(612)
  }

  @Test func `a client killed while it signs in is signed in by the next try`() async throws {
    let house = try await House(quiet: 2)
    try await house.signIn(0)
    try await house.fill(0, 200)
    try await house.sync(0)
    try await house.add(1, "of home")
    let file = try house.passwordFile()
    for turn in 0..<8 {
      try await house.machines[1].kill(
        after: 30 + turn * 35,
        ["login", house.server.url, "--user", "anna", "--password-file", file])
      // Whatever stands: words or success, never a crash, never a lost entry.
      let ran = try await house.machines[1]("status")
      #expect(ran.code == 0, "\(ran)")
    }
    try await house.logIn(1)
    try await house.syncAll()
    try await house.expectWhole(201)
  }
}
