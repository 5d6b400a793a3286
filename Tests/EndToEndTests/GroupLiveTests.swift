import Foundation
import Glibc
import Life
import ProgramKit
import TestKit
import Testing

/// Screens that stand open while friends do something.
@Suite(.serialized) struct GroupLiveTests {
  /// Two people in a group, whose programs sync by themselves.
  private func house(
    _ extra: [String: String] = [:]
  ) async throws -> (house: GroupHouse, anna: GroupHouse.Machine, ben: GroupHouse.Machine) {
    let house = try await GroupHouse(extra)
    let anna = try await house.machine("anna", isLively: true)
    let ben = try await house.machine("ben", isLively: true)
    try await house.group("Harbour Four", ["--zone", "UTC"], of: [anna, ben])
    return (house, anna, ben)
  }

  /// The screen of the group.
  private func watch(_ machine: GroupHouse.Machine) async throws -> VirtualTerminal {
    let screen = try await machine.open()
    try await screen.send("3")
    try await screen.wait(for: "WEEK")
    try await screen.send("G")
    try await screen.wait(for: "GROUPS")
    try await screen.wait(for: "Harbour Four")
    try await screen.send("\r")
    // The friend is the second: what they have shown is beside.
    try await screen.wait(for: "you share")
    try await screen.send("j")
    return screen
  }

  private func end(_ screens: VirtualTerminal...) async throws {
    for screen in screens {
      try await screen.kill(SIGTERM)
      #expect(try await screen.exitCode() == 0)
    }
  }

  @Test func `a friend's check-in, reaction and comment are on the screen by themselves`()
    async throws
  {
    let (house, anna, ben) = try await house()
    let screen = try await watch(ben)
    try await screen.wait(for: "synced")
    try await anna("checkin", "8", "7", "6", "3", "--mood", "sailing")
    try await screen.hear("sailing")
    try await screen.hear("1 of 2 in")
    try await ben("checkin", "5", "5", "5", "7")
    try await screen.wait(for: "2 of 2 in")
    let other = try await watch(anna)
    try await ben("checkin", "react", "anna", "celebrate")
    try await other.send("k")
    try await other.hear("celebrate")
    try await ben("checkin", "comment", "anna", "Fair winds.")
    try await other.hear("Fair winds.")
    try await end(screen, other)
    try await house.expectWell()
  }

  @Test func `where hints do not come through, polling shows it`() async throws {
    let (_, anna, ben) = try await house(["LIFEOSD_POLL_SECONDS": "5"])
    var faults = FaultyProxy.Faults()
    faults.loseStream = 1
    ben.proxy.set(faults)
    let screen = try await watch(ben)
    try await anna("checkin", "8", "7", "6", "3", "--mood", "sailing")
    try await screen.hear("sailing")
    #expect(ben.proxy.counts["stream"] == nil, "no stream stood")
    try await end(screen)
  }

  @Test func `who is online is shown, and who goes`() async throws {
    let (_, anna, ben) = try await house()
    let screen = try await watch(ben)
    let isOnline = { @Sendable (grid: Grid) in
      grid.lines.contains { $0.contains("anna") && $0.contains("●") }
    }
    #expect(try await !isOnline(screen.grid()))
    let other = try await anna.open()
    try await screen.wait(for: "anna online", timeout: .seconds(60), until: isOnline)
    try await end(other)
    try await screen.wait(for: "anna offline", timeout: .seconds(60)) { !isOnline($0) }
    // Back, and gone without a word.
    let again = try await anna.open()
    try await screen.wait(for: "anna online again", timeout: .seconds(60), until: isOnline)
    try await again.kill(SIGKILL)
    try await screen.wait(for: "anna offline again", timeout: .seconds(60)) { !isOnline($0) }
    // Nothing is claimed of others by who hears nothing.
    let third = try await anna.open()
    try await screen.wait(for: "anna online once more", timeout: .seconds(60), until: isOnline)
    ben.setReachable(false)
    try await screen.wait(for: "nobody known to be online", timeout: .seconds(60)) { !isOnline($0) }
    ben.setReachable(true)
    try await screen.wait(for: "anna still online", timeout: .seconds(60), until: isOnline)
    try await end(screen, third)
  }

  @Test func `who joins, leaves and is removed is shown, and another name of the group`()
    async throws
  {
    let (house, anna, ben) = try await house()
    let cleo = try await house.machine("cleo", isLively: true)
    let screen = try await watch(ben)
    let code = try await anna("group", "code", "Harbour", "--json").json()["code"] as? String
    try await cleo("group", "join", try #require(code))
    try await screen.hear("cleo")
    try await cleo("group", "leave", "Harbour")
    try await screen.wait(for: "cleo gone", timeout: .seconds(60)) { !$0.contains("cleo") }
    try await anna("group", "rename", "Harbour", "Harbour Five")
    try await screen.hear("Harbour Five")
    // And who is thrown out sees it.
    try await anna("group", "remove", "Harbour", "ben")
    try await screen.hear("no longer in")
    try await end(screen)
  }

  @Test func `the other machine of a person joins in by itself, and both post one check-in`()
    async throws
  {
    let (house, anna, ben) = try await house()
    let home = try await house.machine("anna", isFirst: false, isLively: true)
    let screen = try await watch(home)
    try await screen.send("k")
    // The same week on both while neither hears of the other.
    anna.setReachable(false)
    home.setReachable(false)
    try await anna("checkin", "8", "7", "6", "3", "--mood", "early")
    try house.goTo(week: 45, day: 1)
    try await home("checkin", "7", "7", "7", "2", "--mood", "sailing")
    try await screen.hear("sailing")
    anna.setReachable(true)
    home.setReachable(true)
    for _ in 0..<2 {
      try await anna.sync()
      try await home.sync()
      try await ben.sync()
    }
    for machine in [anna, home, ben] {
      let lines = try GroupKnowledge(machine, "Harbour Four", in: house).lines
      #expect(lines.count == 1 && lines[0].contains("sailing"), "\(machine.user): \(lines)")
    }
    #expect(try GroupKnowledge.own(anna, in: house).points.count == 1)
    try await end(screen)
  }
}
