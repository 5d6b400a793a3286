import Foundation
import Glibc
import Kernel
import Life
import ProgramKit
import TestKit
import Testing

/// Bad input and bad clocks, as people meet them.
@Suite(.serialized) struct GroupTroubleTests {
  @Test func `a code that is wrong, another's or old is refused with a word on what to do`()
    async throws
  {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    let ben = try await house.machine("ben")
    let code = try await house.group("Harbour Four", of: [anna])
    for wrong in ["ABCDEFGH", "x", "ABCDEFGHIJ", "AB CD-EF GH", "\u{1B}[31m", "ÄÖÜÄÖÜÄÖ"] {
      let words = try await ben.refused(3, "group", "join", wrong)
      #expect(words.contains("code") && !words.contains("\u{1B}"), "\(wrong): \(words)")
    }
    // Another one voids it.
    let other = try await anna("group", "code", "Harbour", "--new", "--json").json()["code"]
    try await ben.refused(3, "group", "join", code)
    // It holds for thirty days.
    try house.goTo(week: 50)
    try await house.signIn(ben)
    try await ben.refused(3, "group", "join", try #require(other as? String))
    try await house.signIn(anna)
    let third = try await anna("group", "code", "Harbour", "--new", "--json").json()["code"]
    let spelled = try #require(third as? String).lowercased()
    try await ben("group", "join", "\(spelled.prefix(4))-\(spelled.suffix(4))")
    let words = try await ben.refused(1, "group", "join", spelled)
    #expect(words.contains("already"), "\(words)")
    #expect(try await ben("group", "list", "--json").list("groups").count == 1)
  }

  @Test func `who guesses codes is made to wait, and told how long`() async throws {
    let house = try await GroupHouse([
      "LIFEOSD_LIMIT_GROUP_JOIN": "5"
    ])
    let anna = try await house.machine("anna")
    var words = ""
    for guess in 0..<8 {
      let ran = try await anna.program("group", "join", "ABCDEFG\(guess)")
      #expect(ran.code != 0)
      words = ran.errors
    }
    #expect(
      words.contains("minute") || words.contains("hour") || words.contains("later"), "\(words)")
    // Everything else goes on.
    try await anna("checkin", "8", "7", "6", "3")
    try await anna.sync()
  }

  @Test func `a group that is full says so to the code and to the invitation`() async throws {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    let ben = try await house.machine("ben")
    let cleo = try await house.machine("cleo")
    let code = try await house.group("Harbour Two", ["--max", "2"], of: [anna])
    try await anna("group", "invite", "Harbour", "cleo")
    try await ben("group", "join", code)
    let words = try await cleo.refused(1, "group", "join", code)
    #expect(words.contains("full"), "\(words)")
    try await cleo.sync()
    #expect(try await cleo.refused(1, "group", "accept", "Harbour").contains("full"))
    // With room for one more it still holds.
    try await anna("group", "edit", "Harbour", "--max", "3")
    try await cleo("group", "accept", "Harbour")
    #expect(try await cleo("group", "members", "Harbour", "--json").list("members").count == 3)
  }

  @Test func `scores out of range are refused with the range, and nothing is written`()
    async throws
  {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    for scores in [
      ["8", "7", "6", "11"], ["8", "7", "-1", "3"], ["8", "7", "6"], ["8", "7", "6", "3", "1"],
      ["8", "7", "six", "3"], ["8", "7", "6", "-3"], ["99999999999999999999", "1", "1", "1"],
    ] {
      let ran = try await anna.program.run(["checkin"] + scores)
      #expect(ran.code == 2, "\(scores): \(ran)")
    }
    let out = try await anna.refused(2, "checkin", "8", "7", "6", "11")
    #expect(out.contains("1") && out.contains("10"), "\(out)")
    try await anna.refused(2, "checkin", "8", "7", "6", "3", "--energy", "6")
    #expect(try await anna("checkin", "list", "--json").list("checkins").isEmpty)
  }

  @Test func `a second one of a week is an edit, a closed week is refused with its reason`()
    async throws
  {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    try await anna("checkin", "8", "7", "6", "3")
    let again = try await anna("checkin", "9", "7", "6", "3").output
    #expect(again.localizedCaseInsensitiveContains("edit"), "\(again)")
    #expect(try GroupKnowledge.own(anna, in: house).points.map(\.score) == [19])
    // The week before is open for seven days after its end, not for eight.
    try house.goTo(week: 46, day: 6, hour: 20)
    try await anna("checkin", "1", "1", "1", "1", "--week", "2026-W45")
    try house.goTo(week: 47, day: 0, hour: 4)
    let words = try await anna.refused(2, "checkin", "2", "2", "2", "2", "--week", "2026-W45")
    #expect(words.contains("closed") || words.contains("read-only"), "\(words)")
    try await anna.refused(2, "checkin", "2", "2", "2", "2", "--week", "2026-W48")
    try await anna.refused(2, "checkin", "2", "2", "2", "2", "--week", "soon")
    #expect(try GroupKnowledge.own(anna, in: house).points.map(\.score) == [2])
  }

  @Test func `a clock that goes a week ahead or back makes two weeks, and loses neither`()
    async throws
  {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    let ben = try await house.machine("ben")
    try await house.group("Harbour Four", ["--zone", "UTC"], of: [anna, ben])
    try house.goTo(week: 46)
    try await anna("checkin", "8", "7", "6", "3")
    // Ben's clock is a week ahead, then a week behind.
    func wrongly(_ weeks: Int64, _ arguments: String...) async throws {
      let clock = try SharedClock(at: GroupHouse.monday + (1 + weeks) * GroupHouse.week)
      _ = try await ben.run(arguments, env: clock.environment)
    }
    try await wrongly(1, "checkin", "5", "5", "5", "5")
    try await wrongly(1, "sync")
    try await wrongly(-1, "checkin", "6", "6", "6", "6")
    try await wrongly(-1, "sync")
    try await ben("checkin", "7", "7", "7", "7")
    try await house.syncAll(ben, anna)
    for machine in [anna, ben] {
      let lines = try GroupKnowledge(machine, "Harbour Four", in: house).lines
      #expect(lines.count == 4, "\(lines)")
      for (week, score) in [(45, 12), (46, 14), (47, 10)] {
        #expect(lines.contains { $0.contains("W\(week) ben") && $0.contains(" \(score) ") })
      }
    }
    try await house.expectWell()
  }

  @Test func `at the edge of a week each group counts by its own zone`() async throws {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna", ["TZ": "America/Los_Angeles"])
    try await house.group("Kiwi", ["--zone", "Pacific/Auckland"], of: [anna])
    try await house.group("Coast", ["--zone", "America/Los_Angeles"], of: [anna])
    // Sunday 8 November, 15 o'clock in UTC: Monday in Auckland, Sunday in Los Angeles. Her answer is
    // about week 45 everywhere, and late where that is over.
    try house.goTo(week: 45, day: 6, hour: 15)
    try await anna.checkIn([8, 7, 6, 3])
    for (name, isLate) in [("Kiwi", true), ("Coast", false)] {
      let round = try GroupKnowledge(anna, name, in: house).round("2026-W45")
      #expect(round.seats.map { $0.point?.score } == [18], "\(name)")
      #expect(round.seats.first?.point?.isLate == isLate, "\(name)")
    }
    // She flies to Auckland: there it is Monday of week 46, which Coast has not begun yet.
    let words = try await anna.run(
      ["checkin", "9", "9", "9", "9"], env: ["TZ": "Pacific/Auckland"]
    ).output
    #expect(words.contains("not Coast"), "\(words)")
    let own = try await anna("checkin", "list", "--json").list("checkins")
      .compactMap { $0["period"] as? String }
    #expect(own == ["2026-W46", "2026-W45"], "\(own)")
    #expect(try GroupKnowledge(anna, "Kiwi", in: house).lines.count == 2)
    #expect(try GroupKnowledge(anna, "Coast", in: house).lines.count == 1)
    try await anna.sync()
    #expect(try await anna.status()["waiting"] as? Int == 0)
  }

  @Test func `removed with a post waiting: it is kept, explained, never sent, and can come back`()
    async throws
  {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    let ben = try await house.machine("ben")
    try await house.group("Harbour Four", ["--zone", "UTC"], of: [anna, ben])
    try await ben("checkin", "6", "6", "6", "6")
    try await house.syncAll(ben, anna)
    try house.goTo(week: 46)
    ben.setReachable(false)
    try await ben("checkin", "9", "9", "9", "9", "--mood", "waiting")
    try await anna("group", "remove", "Harbour", "ben")
    ben.setReachable(true)
    try await ben.sync()
    let words = try await ben("quarantine").output
    #expect(words.contains("no longer"), "\(words)")
    #expect(try await ben.status()["waiting"] as? Int == 0)
    #expect(try await ben.status()["quarantined"] as? Int == 1)
    // One's own stays readable; what others do there is not heard of.
    #expect(try GroupKnowledge.own(ben, in: house).points.count == 2)
    try await anna("checkin", "8", "7", "6", "3", "--mood", "unheard")
    try await house.syncAll(anna, ben)
    #expect(
      !(try GroupKnowledge(ben, "Harbour Four", in: house)).lines.joined().contains("unheard"))
    #expect(
      !(try GroupKnowledge(anna, "Harbour Four", in: house)).lines.joined().contains("waiting"))
    // A code does not let him back, an invitation does.
    let code = try await anna("group", "code", "Harbour", "--json").json()["code"] as? String
    try await ben.refused(1, "group", "join", try #require(code))
    try await anna("group", "invite", "Harbour", "ben")
    try await ben.sync()
    try await ben("group", "accept", "Harbour")
    try await house.syncAll(ben, anna)
    func lines(_ machine: GroupHouse.Machine) throws -> [String] {
      try GroupKnowledge(machine, "Harbour Four", in: house).lines
    }
    // What waited goes on, and nothing of before is lost.
    let back = try lines(anna)
    #expect(try lines(ben) == back)
    for part in ["unheard", "W45 ben", "waiting"] {
      #expect(back.joined().contains(part), "\(back)")
    }
    #expect(try await ben.status()["quarantined"] as? Int == 0)
    try await house.expectWell()
  }
}
