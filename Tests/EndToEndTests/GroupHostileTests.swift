import Foundation
import Glibc
import Kernel
import Life
import ProgramKit
import TestKit
import Testing
import Wire

/// Members whose words are made to do something to the terminal that shows them.
@Suite(.serialized) struct GroupHostileTests {
  /// Titles, clipboards, colours, eight-bit controls, bells, and text that runs backwards.
  static let poison =
    "\u{1B}]0;pwned\u{7}\u{1B}]52;c;cHduZWQ=\u{7}\u{1B}[66;6mred\u{9B}66;6m"
    + "\u{1B}[2J\u{202E}esrever\u{2066}\u{1B}P66;6q\u{9C}"
  /// What of it must never reach a terminal.
  static let controls = [
    "\u{1B}]0;pwned", "\u{1B}]52;c;cHdu", "\u{1B}[66;6", "\u{9B}", "\u{1B}P66", "\u{9C}",
  ]
  static let turns = ["\u{202E}", "\u{2066}"]

  private func expectClean(
    _ bytes: [UInt8], of forbidden: [String] = controls + turns, _ what: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    for poison in forbidden where bytes.firstRange(of: Array(poison.utf8)) != nil {
      Issue.record("\(what) has \(poison.debugDescription)", sourceLocation: location)
    }
  }

  /// A group of one honest member and one whose words are poison; the honest one has all of it.
  private func house() async throws -> (GroupHouse, GroupHouse.Machine) {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    let code = try await house.group("Harbour Four", of: [anna])
    let stranger = try await GroupStranger("mallory", in: house)
    let group = try await stranger.join(code)
    let space = group.id
    var checkIn = CheckIn(of: stranger.account, in: space, key: "2026-W45")
    checkIn.scores = Scores(productive: 8, satisfied: 7, body: 6, care: 3)
    checkIn.mood = Self.poison
    checkIn.note = Self.poison + "the note"
    checkIn.zone = Self.poison
    checkIn.written = GroupHouse.monday
    _ = try await stranger.send(checkIn, to: space)
    try await anna("checkin", "8", "7", "6", "3")
    try await anna.sync()
    let own = try #require(group.members.first { $0.user == "anna" }).account
    let target = CheckIn(of: own, in: space, key: "2026-W45").id
    _ = try await stranger.send(
      CheckInComment(
        of: stranger.account, to: target, in: space,
        key: World.live(house.clock.environment).newID(), text: Self.poison + "the comment",
        at: GroupHouse.monday), to: space)
    try await anna.sync()
    return (house, anna)
  }

  @Test func `no word of a member controls what a command prints`() async throws {
    let (_, anna) = try await house()
    for arguments in [
      ["group", "list"], ["group", "members", "Harbour"], ["checkin", "list"], ["checkin"],
      ["checkin", "stats"], ["checkin", "show", "2026-W45"], ["due"], ["notices"], [],
    ] {
      let ran = try await anna.program.run(arguments)
      expectClean(ran.bytes + Array(ran.errors.utf8), arguments.joined(separator: " "))
      guard !arguments.isEmpty else { continue }
      let json = try await anna.program.run(arguments + ["--json"])
      expectClean(json.bytes, of: Self.controls, arguments.joined(separator: " ") + " --json")
    }
  }

  @Test(arguments: [(30, 100), (24, 80), (12, 40)])
  func `no word of a member controls the terminal that shows it`(rows: Int, columns: Int)
    async throws
  {
    let (house, anna) = try await house()
    let screen = try await anna.open(rows: rows, columns: columns)
    try await screen.send("3")
    try await screen.wait(for: "WEEK")
    try await screen.send("G")
    try await screen.wait(for: "GROUPS")
    try await screen.send("\r")
    try await screen.wait(for: "mallory")
    // The friend's page, down to the note, and the digest, which holds the comment as well.
    try await screen.send("j\r")
    for _ in 0..<4 {
      try await screen.press(.pageDown)
      _ = try await screen.grid()
    }
    try await screen.press(.escape)
    try await screen.send("D")
    for _ in 0..<6 {
      try await screen.press(.pageDown)
      _ = try await screen.grid()
    }
    try await screen.send("gn")
    try await screen.wait(for: "mallory")
    try await screen.send("1")
    try await screen.wait(for: "orning")
    try await screen.kill(SIGTERM)
    #expect(try await screen.exitCode() == 0)
    let bytes = try await screen.bytes()
    expectClean(bytes, "the screen")
    #expect(try await screen.grid().bells == 0)
    try await house.expectWell()
  }
}
