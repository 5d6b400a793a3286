import Foundation
import Kernel
import ProgramKit
import TestKit
import Testing

/// Four weeks of a group, lived with real programs and a real server: anna has two machines, ben one
/// and is often away, cleo comes later, is removed with a post waiting, and comes back.
struct FourWeeks: Sendable {
  static let group = "Harbour Five"
  /// What each has answered in the end; in weeks that are not here they did not.
  static let answers: [String: [Int: [Int]]] = [
    "anna": [45: [8, 7, 6, 3], 46: [9, 8, 6, 5], 47: [3, 2, 4, 8], 48: [10, 9, 8, 1]],
    "ben": [45: [5, 5, 5, 7], 46: [6, 6, 4, 4], 47: [7, 7, 7, 2], 48: [9, 9, 9, 1]],
    // That of week 47 waited while she was not in the group, and went when she was back.
    "cleo": [46: [6, 6, 6, 6], 47: [9, 9, 9, 9], 48: [4, 5, 6, 7]],
  ]
  /// What of it the group does not see.
  static let hidden: [String: Set<Int>] = ["anna": [47]]
  static let roof = "Less mail, more roof."
  static let dry = "The roof is dry."
  static let own = "Nobody should read this."

  let house: GroupHouse
  let anna: GroupHouse.Machine
  /// Anna's other machine.
  let home: GroupHouse.Machine
  let ben: GroupHouse.Machine
  let cleo: GroupHouse.Machine
  /// What was said on the way.
  var words: [String: String] = [:]

  /// Lived once for all tests that look at how it ended.
  private static let lived = Task { try await FourWeeks() }

  /// Throws for each test where the life could not be lived.
  static func life() async throws -> FourWeeks {
    do {
      return try await lived.value
    } catch {
      throw NotLived(description: "\(error)")
    }
  }

  struct NotLived: Error, CustomStringConvertible { let description: String }

  private init() async throws {
    house = try await GroupHouse()
    anna = try await house.machine("anna")
    home = try await house.machine("anna", isFirst: false)
    ben = try await house.machine("ben")
    cleo = try await house.machine("cleo")
    try await house.group("Harbour Four", ["--zone", "UTC"], of: [anna, ben])
    try await home.sync()
    try await firstWeek()
    try await secondWeek()
    try await thirdWeek()
    try await fourthWeek()
    try await house.syncAll(anna, ben, cleo, home)
  }

  static func score(_ answers: [Int]) -> Int { answers[0] + answers[1] + answers[2] - answers[3] }

  /// Anna and ben check in, ben while the server is beyond his reach; he reacts later.
  private mutating func firstWeek() async throws {
    try house.goTo(week: 45, day: 1)
    try await anna.checkIn([8, 7, 6, 3], "--note", Self.roof, "--mood", "calm", "--energy", "4")
    try await anna.sync()
    ben.setReachable(false)
    try await ben.checkIn([5, 5, 5, 7])
    words["away"] = try await ben.refused(4, "sync")
    try house.goTo(week: 45, day: 4)
    ben.setReachable(true)
    try await house.syncAll(ben, anna)
    try await ben("checkin", "react", "anna", "celebrate")
    try await ben("checkin", "comment", "anna", "Well done.")
    try await house.syncAll(ben, anna)
  }

  /// The server is away; anna edits; cleo is invited and comes; ben does nothing.
  private mutating func secondWeek() async throws {
    try house.goTo(week: 46)
    try await house.server.stop()
    try await anna.checkIn([7, 8, 6, 5])
    words["stopped"] = try await anna.refused(4, "sync")
    try house.goTo(week: 46, day: 3)
    words["edited"] = try await anna.run(["checkin", "9", "8", "6", "5"]).output
    try await house.server.start()
    try await anna.sync()
    try await anna("group", "invite", "Harbour", "cleo")
    try await cleo.sync()
    words["invitation"] = try await cleo("group", "invitations").output
    words["due"] = try await cleo("due").output
    try await cleo("group", "accept", "Harbour")
    try await cleo.checkIn([6, 6, 6, 6])
    try await house.syncAll(cleo, anna, home)
  }

  /// Ben is late, and shares a note; anna keeps hers to herself, renames the group, and removes cleo,
  /// who has a post waiting.
  private mutating func thirdWeek() async throws {
    try house.goTo(week: 47)
    words["late"] = try await ben.run(["checkin", "6", "6", "4", "4", "--week", "2026-W46"]).output
    try await ben("group", "sharing", "Harbour", "note")
    try await ben.checkIn([7, 7, 7, 2], "--note", Self.dry)
    try await house.syncAll(ben, anna)
    try await anna.checkIn([3, 2, 4, 8], "--private", "--note", Self.own)
    try await anna("group", "rename", "Harbour", Self.group)
    cleo.setReachable(false)
    try await cleo.checkIn([9, 9, 9, 9])
    try await anna("group", "remove", "Harbour", "cleo")
    cleo.setReachable(true)
    try await cleo.sync()
    words["removed"] = try await cleo("quarantine").output
    words["archive"] = try await cleo("group", "list").output
    let archive = try GroupKnowledge(cleo, "Harbour Four", in: house).lines
    words["archived"] = archive.joined(separator: "\n")
    try await house.syncAll(anna, ben, home)
  }

  /// Cleo is asked again and comes back; anna answers at home; ben is away on Sunday, and reminded.
  private mutating func fourthWeek() async throws {
    try house.goTo(week: 48)
    try await anna("group", "invite", "Harbour", "cleo")
    try await cleo.sync()
    try await cleo("group", "accept", "Harbour")
    try await cleo.checkIn([4, 5, 6, 7])
    try await cleo.sync()
    anna.setReachable(false)
    try await home.sync()
    try await home.checkIn([10, 9, 8, 1])
    try await home.sync()
    anna.setReachable(true)
    try house.goTo(week: 48, day: 6, hour: 19)
    try await ben.sync()
    ben.setReachable(false)
    words["reminder"] = try await ben.program("due").output
    try await ben.checkIn([9, 9, 9, 1])
    words["answered"] = try await ben.program("due").output
    ben.setReachable(true)
    try await house.syncAll(ben, anna)
    words["unread"] = try await anna("notices").output
    try await anna("notices", "read")
    try await anna.sync()
    try await home.sync()
  }
}
