import Glibc
import ProgramKit
import TestKit
import Testing

/// A clock that the test moves, for programs that are running.
@Suite(.serialized) struct GroupClockTests {
  @Test func `an open screen and a server pass through four weeks, and go on syncing`()
    async throws
  {
    let house = try await GroupHouse()
    let laptop = try await house.machine("anna", isLively: true)
    let home = try await house.machine("anna", isFirst: false, isLively: true)
    let screen = try await home.open()
    try await screen.send("2")
    try await screen.wait(for: "synced")
    for week in 46...49 {
      try house.goTo(week: week)
      try await laptop("journal", "add", "in week \(week)")
      try await screen.hear("in week \(week)")
    }
    let days = try await laptop("journal", "list", "--json").list("entries")
      .compactMap { $0["date"] as? String }
    #expect(days.sorted() == ["2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"], "\(days)")
    try await screen.kill(SIGTERM)
    #expect(try await screen.exitCode() == 0)
  }

  @Test func `who was away for longer than a session lives signs in again and loses nothing`()
    async throws
  {
    let house = try await GroupHouse()
    let laptop = try await house.machine("anna")
    try await laptop("journal", "add", "before the long journey")
    // A session lives for 30 days without a sign of life.
    try house.goTo(week: 50)
    let words = try await laptop.refused(5, "sync")
    #expect(words.contains("lifeos login"), "\(words)")
    try await house.signIn(laptop)
    try await laptop.sync()
    let home = try await house.machine("anna", isFirst: false)
    try await home.sync()
    #expect(try await home("journal", "list", "--json").list("entries").count == 1)
    #expect(try await laptop.status()["waiting"] as? Int == 0)
  }
}
