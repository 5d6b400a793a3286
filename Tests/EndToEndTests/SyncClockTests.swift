import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// Machines whose clocks are wrong.
@Suite(.serialized) struct SyncClockTests {
  typealias House = SyncJourneyTests.House

  /// How far a clock is wrong, in seconds; nil for one that stands in 1970.
  private func clock(_ wrong: Int?) -> [String: String] {
    guard let wrong else { return ["LIFEOS_TEST_NOW": "86400000"] }
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return ["LIFEOS_TEST_NOW": String((time.tv_sec + wrong) * 1000 + time.tv_nsec / 1_000_000)]
  }

  @Test(arguments: [3600, 600, -3600, 40_000_000, nil])
  func `a wrong clock is never noticed, and what is later wins`(wrong: Int?) async throws {
    let house = try await House(quiet: 2)
    let (bad, good) = (house.machines[0], house.machines[1])
    func badly(_ arguments: String...) async throws -> ClientProgram.Ran {
      let ran = try await bad.run(arguments, env: clock(wrong))
      #expect(ran.code == 0, "\(arguments): \(ran)\n\(house.server.log)")
      return ran
    }
    func around() async throws {
      for _ in 0..<2 {
        _ = try await badly("sync")
        try await house.sync(1)
      }
    }
    // Written before anybody could tell the time.
    let id = try await badly("journal", "add", "badly timed").text
    _ = try await badly("journal", "edit", id, "--text", "badly timed, twice")
    _ = try await badly(
      "register", house.server.url, "--user", "anna", "--password-file", try house.passwordFile())
    try await house.logIn(1)
    try await around()
    #expect(try await house.titles(1).contains { $0.contains("badly timed, twice") })
    // Later on the good clock.
    #expect(try await good("journal", "edit", id, "--text", "good and later").code == 0)
    try await around()
    for index in 0...1 {
      #expect(try await house.titles(index).contains { $0.contains("good and later") })
    }
    // Later on the bad one.
    _ = try await badly("journal", "edit", id, "--text", "bad and latest")
    try await around()
    for index in 0...1 {
      #expect(try await house.titles(index).contains { $0.contains("bad and latest") })
    }
    // Offline on both, the good one later: the offset that the bad one has learnt counts.
    // Its clock stands while the program starts, so that a minute leaves no doubt who was later.
    let earlier = try await bad.run(
      ["journal", "edit", id, "--text", "offline and earlier"],
      env: clock(wrong.map { $0 - 60 }))
    #expect(earlier.code == 0, "\(earlier)")
    #expect(try await good("journal", "edit", id, "--text", "offline and later").code == 0)
    try await around()
    for index in 0...1 {
      #expect(try await house.titles(index).contains { $0.contains("offline and later") })
    }
    let status = try await bad.run(["status", "--json"], env: clock(wrong)).json()
    #expect(status["waiting"] as? Int == 0, "\(status)")
    // The clock is put right.
    #expect(try await bad("journal", "edit", id, "--text", "the clock is right").code == 0)
    try await house.sync(0)
    try await house.syncAll()
    for index in 0...1 {
      #expect(try await house.titles(index).contains { $0.contains("the clock is right") })
    }
    try await house.expectWhole(1)
  }
}
