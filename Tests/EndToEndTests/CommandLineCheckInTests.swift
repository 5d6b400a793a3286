import Foundation
import ProgramKit
import Testing

@Suite struct CommandLineCheckInTests {
  let lifeos = ClientProgram()

  private func now(weeksLater weeks: Int) -> [String: String] {
    ["LIFEOS_TEST_NOW": String(ClientProgram.noon + weeks * 7 * 86_400_000)]
  }

  @Test(arguments: [["8", "7", "6", "3"], ["8763"], ["8,7,6,3"]])
  func `four answers make the week's check-in`(words: [String]) async throws {
    let made = try await lifeos.run(
      ["checkin"] + words + ["--note", "roof", "--mood", "calm", "--energy", "4", "--json"],
      input: [])
    #expect(made.code == 0, "\(made)")
    let plan = try made.json()
    #expect(plan["is_edit"] as? Bool == false && plan["dry_run"] as? Bool == false)
    let shown = try await lifeos("checkin", "show", "--json").json()
    let checkIn = try #require(shown["checkin"] as? [String: Any])
    #expect(shown["week"] as? String == "2026-W47")
    #expect(
      checkIn["scores"] as? [String: Int] == [
        "productive": 8, "satisfied": 7, "body": 6, "care": 3,
      ])
    #expect(checkIn["score"] as? Int == 18)
    #expect(checkIn["note"] as? String == "roof" && checkIn["mood"] as? String == "calm")
    #expect(checkIn["energy"] as? Int == 4)
    #expect(checkIn["written"] as? String == "2026-11-20T12:00:00.000Z")
  }

  @Test func `a second one of the week changes the first and says so`() async throws {
    try await lifeos("checkin", "8", "7", "6", "3", "--note", "first")
    let again = try await lifeos("checkin", "1", "2", "3", "0")
    #expect(again.output.contains("is edited"))
    let list = try await lifeos("checkin", "list", "--json").list("checkins")
    #expect(list.count == 1)
    #expect(list[0]["note"] as? String == "first")
    #expect((list[0]["scores"] as? [String: Int])?["care"] == 10)
    try await lifeos("checkin", "edit", "--mood", "🙂", "--note", "")
    let edited = try await lifeos("checkin", "list", "--json").list("checkins")[0]
    #expect(edited["note"] is NSNull && edited["mood"] as? String == "🙂")
    try await lifeos("undo")
    let undone = try await lifeos("checkin", "list", "--json").list("checkins")[0]
    #expect(undone["note"] as? String == "first")
  }

  @Test(arguments: [
    ["8", "7", "11", "3"], ["8", "7", "6"], ["1", "2", "3", "4", "5"], ["a", "b", "c", "d"],
    ["8763", "--energy", "6"], ["8763", "--week", "2026-W54"], ["8763", "--week", "soon"],
    ["8763", "--group", "none"], ["8763", "--mood", String(repeating: "x", count: 41)],
    ["8763", "--week", "2026-W44"], ["8763", "--week", "2026-W48"], ["--note", "alone"],
  ])
  func `what is no check-in is refused and leaves nothing`(words: [String]) async throws {
    let refused = try await lifeos.run(["checkin"] + words, input: [])
    #expect(refused.code == 2 || refused.code == 3, "\(refused)")
    #expect(!refused.errors.isEmpty)
    #expect(try await lifeos("checkin", "list", "--json").list("checkins").isEmpty)
  }

  @Test func `the range is named`() async throws {
    #expect(try await lifeos("checkin", "8", "7", "11", "3").errors.contains("1 to 10"))
    #expect(try await lifeos("checkin", "edit", "last").code == 2)
    #expect(try await lifeos("checkin", "edit", "last", "--mood", "x").code == 3)
    #expect(try await lifeos("checkin", "delete", "last").code == 3)
  }

  @Test func `a dry run writes nothing`() async throws {
    let dry = try await lifeos("checkin", "8763", "--dry-run", "--json").json()
    #expect(dry["dry_run"] as? Bool == true)
    #expect(try await lifeos("checkin", "list", "--json").list("checkins").isEmpty)
  }

  @Test func `a late week is taken for seven days, then it is closed`() async throws {
    let late = try await lifeos("checkin", "8763", "--week", "last", "--json").json()
    #expect(late["is_late"] as? Bool == true)
    let closed = try await lifeos(
      "checkin", "1111", "--week", "2026-W46", env: now(weeksLater: 2))
    #expect(closed.code == 2 && closed.errors.contains("closed"), "\(closed)")
    let kept = try await lifeos("checkin", "show", "2026-W46", "--json").json()
    #expect((kept["checkin"] as? [String: Any])?["score"] as? Int == 18)
    #expect(try await lifeos("checkin", "delete", "2026-W46").code == 0)
    #expect(try await lifeos("checkin", "list", "--json").list("checkins").isEmpty)
  }

  @Test func `figures of some weeks`() async throws {
    for (week, answers) in ["5555", "6666", "7775", "8883", "9991"].enumerated() {
      try await lifeos("checkin", answers, env: now(weeksLater: week))
    }
    let stats = try await lifeos("checkin", "stats", "--json", env: now(weeksLater: 4)).json()
    let trend = try #require(
      (stats["trend"] as? [String: Any])?["score"] as? [String: Any])
    // 10, 12, 16, 21, 26: the last three have the mean 21, those before 11.
    #expect(trend["recent_tenths"] as? Int == 210 && trend["earlier_tenths"] as? Int == 110)
    let streak = try #require(stats["streak"] as? [String: Any])
    #expect(streak["current"] as? Int == 5 && streak["longest"] as? Int == 5)
    let shown = try await lifeos("checkin", "explain", env: now(weeksLater: 4))
    #expect(shown.output.contains("productive + satisfied + body − care"))
    #expect(shown.output.contains("5 weeks without a gap"))
  }

  @Test func `text that would steer a terminal is printed harmlessly`() async throws {
    try await lifeos("checkin", "8763", "--note", "\u{1B}[2Jgone", "--mood", "\u{1B}]0;x\u{07}")
    for arguments in [["checkin", "list"], ["checkin", "show"], ["checkin", "show", "--json"]] {
      let ran = try await lifeos.run(arguments, input: [])
      #expect(ran.code == 0)
      #expect(!ran.bytes.contains(0x1B) && !ran.bytes.contains(0x07))
    }
  }
}
