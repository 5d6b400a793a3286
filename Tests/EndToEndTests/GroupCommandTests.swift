import Foundation
import ProgramKit
import TestKit
import Testing

/// `lifeos group …` of several people against a real server.
@Suite(.serialized) struct GroupCommandTests {
  private func groups(_ machine: GroupHouse.Machine) async throws -> [[String: Any]] {
    try await machine("group", "list", "--json").list("groups")
  }

  private func members(_ machine: GroupHouse.Machine, _ group: String) async throws -> [String] {
    try await machine("group", "members", group, "--json").list("members").map {
      "\($0["user"] ?? "") \($0["role"] ?? "")"
    }
  }

  @Test func `a group is made, joined, changed, left and deleted by commands alone`() async throws {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    let ben = try await house.machine("ben")
    let cleo = try await house.machine("cleo")
    let made = try await anna(
      "group", "create", "Morning Circle", "--about", "Ten seconds", "--zone", "Europe/Berlin",
      "--json"
    ).json()
    #expect(made["name"] as? String == "Morning Circle")
    #expect(made["role"] as? String == "admin")
    #expect(made["zone"] as? String == "Europe/Berlin")
    #expect(made["sharing"] as? String == "answers")
    let code = try #require(made["code"] as? String)
    let typed = code.prefix(4).lowercased() + "-" + code.dropFirst(4).lowercased()
    let joined = try await ben("group", "join", typed)
    #expect(joined.output.contains("Joined: Morning Circle") && joined.output.contains("2 members"))
    #expect(try await members(ben, "morning") == ["anna admin", "ben member"])

    try await anna("group", "invite", "morning", "cleo")
    let invitations = try await cleo("group", "invitations", "--json").list("invitations")
    #expect(invitations.count == 1 && invitations[0]["from"] as? String == "anna")
    try await cleo("group", "accept", "MORNING CIRCLE")
    #expect(try await cleo("group", "invitations", "--json").list("invitations").isEmpty)
    // Who came meanwhile is asked for where a command names them.
    try await anna("group", "role", "morning", "ben", "moderator")
    let forbidden = try await ben.refused(1, "group", "rename", "morning", "Mine")
    #expect(forbidden.contains("admin"), "\(forbidden)")
    try await ben("group", "remove", "morning", "cleo")
    try await cleo.sync()
    let gone = try await groups(cleo)
    #expect(gone.map { $0["state"] as? String } == ["removed"])
    #expect(gone[0]["code"] is NSNull)
    // Who was removed comes back neither by the code that was, nor by the one that is.
    #expect(try await cleo.refused(3, "group", "join", code).contains("code"))
    let fresh = try await ben("group", "code", "morning", "--json").json()["code"] as? String
    #expect(fresh != code)
    #expect(try await cleo.refused(1, "group", "join", #require(fresh)).contains("invitation"))

    try await anna(
      "group", "edit", "morning", "--max", "5", "--rule", "mean", "--frequency", "daily")
    try await anna("group", "rename", "morning", "Evening Circle")
    try await ben.sync()
    let known = try await groups(ben)
    #expect(known[0]["name"] as? String == "Evening Circle")
    #expect(known[0]["most_members"] as? Int == 5)
    #expect(known[0]["rule"] as? String == "mean")
    #expect(known[0]["frequency"] as? String == "daily")
    #expect(known[0]["role"] as? String == "moderator")
    try await ben("group", "leave", "even")
    #expect(try await groups(ben).map { $0["state"] as? String } == ["left"])
    let unsure = try await anna.refused(2, "group", "delete", "evening")
    #expect(unsure.contains("--yes"), "\(unsure)")
    try await anna("group", "delete", "evening", "--yes")
    #expect(try await groups(anna).map { $0["state"] as? String } == ["deleted"])
    try await house.expectWell()
  }

  @Test func `what goes wrong is said clearly, each with its code`() async throws {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    let ben = try await house.machine("ben")
    let cleo = try await house.machine("cleo")
    let stranger = ClientProgram(isStill: false)
    let alone = try await stranger("group", "create", "Circle")
    #expect(alone.code == 5 && alone.errors.contains("lifeos register"), "\(alone)")
    #expect(try await stranger("group").code == 0)

    try await anna("group", "create", "Pair", "--max", "2")
    try await anna("group", "create", "Pair of shoes")
    let code = try await anna("group", "code", "pair", "--json").json()["code"] as? String
    try await ben("group", "join", #require(code))
    #expect(try await ben.refused(1, "group", "join", #require(code)).contains("already"))
    #expect(try await cleo.refused(1, "group", "join", #require(code)).contains("full"))
    #expect(try await cleo.refused(3, "group", "join", "AAAA2222").contains("code"))
    #expect(try await anna.refused(1, "group", "invite", "pair", "ben").contains("already"))
    #expect(try await anna.refused(2, "group", "create", "ab").contains("3 to 100"))
    #expect(try await anna.refused(2, "group", "create", "abc", "--max", "51").contains("50"))
    #expect(
      try await anna.refused(2, "group", "create", "abc", "--zone", "No/Where").contains("zone"))
    #expect(try await anna.refused(2, "group", "create", "a\u{1B}[31mbc").contains("control"))
    #expect(try await anna.refused(2, "group", "members", "pai").contains("Pair of shoes"))
    #expect(try await anna.refused(3, "group", "members", "nothing").contains("Pair"))
    #expect(try await anna.refused(3, "group", "remove", "pair", "dora").contains("ben"))
    #expect(try await anna.refused(2, "group", "edit", "pair").contains("nothing would change"))
    #expect(try await anna.refused(2, "group", "role", "pair", "anna", "member").contains("admin"))
    #expect(try await cleo.refused(3, "group", "accept").contains("invitation"))

    // Offline nothing of it is done, and all that is known stays readable.
    anna.setReachable(false)
    for command in [["create", "Circle"], ["join", "AAAA2222"], ["leave", "pair"]] {
      let ran = try await anna.program.run(["group"] + command)
      #expect(ran.code == 4 && ran.errors.contains("go out later"), "\(ran)")
    }
    #expect(try await members(anna, "pair") == ["anna admin", "ben member"])
    #expect(try await groups(anna).count == 2)
    try await anna("group", "sharing", "pair", "note")
    try await anna("group", "mute", "pair")
    anna.setReachable(true)
    try await anna.sync()
    let facts = try await groups(anna)[0]
    #expect(facts["sharing"] as? String == "note" && facts["muted"] as? Bool == true)
  }

  @Test func `a post that waits when its writer is removed is kept and explained`() async throws {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    let ben = try await house.machine("ben")
    try await house.group("Circle", of: [anna, ben])
    try await house.group("Family", of: [anna, ben])
    ben.setReachable(false)
    try await ben("checkin", "8", "7", "6", "3", "--group", "circle", "--group", "family")
    try await anna("group", "remove", "circle", "ben")
    ben.setReachable(true)
    try await ben.sync()
    let kept = try await ben("quarantine")
    #expect(kept.output.contains("you are no longer in the group; kept here"), "\(kept)")
    #expect(!kept.output.contains("forbidden"), "\(kept)")
    let status = try await ben.status()
    #expect(status["waiting"] as? Int == 0, "\(status)")
    #expect(status["state"] as? String != "needs_sign_in", "\(status)")
    let list = try await ben("group", "list")
    #expect(list.output.contains("you were removed"), "\(list)")
    #expect(try await groups(ben).map { $0["state"] as? String } == ["member", "removed"])
    try await house.expectWell()
  }

  @Test func `the group makers are kept from making too many`() async throws {
    let house = try await GroupHouse(["LIFEOSD_LIMIT_GROUP_MAKE": "2"])
    let anna = try await house.machine("anna")
    for number in 1...2 { try await anna("group", "create", "Group \(number)") }
    let words = try await anna.refused(4, "group", "create", "Group 3")
    #expect(words.contains("minutes"), "\(words)")
  }

  @Test func `names that would steer a terminal are shown, and steer nothing`() async throws {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna")
    let name = "Circle\u{202E}elcriC"
    try await anna("group", "create", name, "--about", "a\u{9B}31m")
    for arguments in [["group"], ["group", "members", "circle"], ["group", "code", "circle"]] {
      let ran = try await anna.run(arguments)
      for scalar in (ran.output + ran.errors).unicodeScalars {
        #expect(scalar == "\n" || scalar.properties.generalCategory != .control)
        #expect(scalar != "\u{202E}")
      }
    }
    #expect(try await groups(anna)[0]["name"] as? String == name)
    let raw = try await anna.run(["group", "list", "--json"]).output
    #expect(!raw.unicodeScalars.contains("\u{202E}"))
  }

  @Test func `a change waits for no other command: one list knows it at once`() async throws {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna", keepsRequests: true)
    for number in 1...4 { try await anna("group", "create", "Group \(number)") }
    let before = anna.proxy.requests.count
    try await anna("group", "rename", "Group 2", "Second")
    // The change itself, the personal space and the group's own: no other group is asked.
    #expect(anna.proxy.requests.count - before == 3)
    #expect(try await groups(anna).map { $0["name"] as? String }.contains("Second"))
  }
}
