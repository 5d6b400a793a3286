import Foundation
import GRDB
import Kernel
import Net
import ProgramKit
import TestKit
import Testing

/// What is one's own stays one's own.
@Suite(.serialized) struct GroupPrivacyTests {
  static let secret = "the-roof-leaks-and-nobody-knows"

  /// Two members of a group. One has written notes for herself: with answers shared, privately, and
  /// with the score alone shared.
  private func house() async throws -> (GroupHouse, GroupHouse.Machine, GroupHouse.Machine) {
    let house = try await GroupHouse()
    let anna = try await house.machine("anna", keepsRequests: true)
    let ben = try await house.machine("ben")
    try await house.group("Harbour Four", of: [anna, ben])
    try await anna("checkin", "8", "7", "6", "3", "--note", "\(Self.secret) one", "--mood", "calm")
    try await anna.sync()
    try house.goTo(week: 46)
    try await anna("checkin", "2", "2", "2", "9", "--note", "\(Self.secret) two", "--private")
    try await anna.sync()
    try house.goTo(week: 47)
    try await anna("group", "sharing", "Harbour", "score")
    try await anna("checkin", "9", "9", "9", "1", "--note", "\(Self.secret) three")
    try await anna("journal", "add", "\(Self.secret) four")
    try await house.syncAll(anna, ben)
    return (house, anna, ben)
  }

  /// Of the body of a request: JSON, packed or not.
  private func body(of request: [UInt8]) throws -> String {
    guard let split = request.firstRange(of: Array("\r\n\r\n".utf8)) else { return "" }
    let head = String(decoding: request[..<split.lowerBound], as: UTF8.self).lowercased()
    let body = Array(request[split.upperBound...])
    guard head.contains("content-encoding: gzip") else {
      return String(decoding: body, as: UTF8.self)
    }
    return String(decoding: try Gzip.unpack(body, limit: 16 << 20), as: UTF8.self)
  }

  @Test func `a note that is not shared leaves in no request but those to one's own space`()
    async throws
  {
    let (_, anna, _) = try await house()
    let bodies = try anna.proxy.requests.map(body)
    let exchanges = bodies.filter { $0.contains("\"space\":\"") }
    let spaces = Set(exchanges.compactMap { $0.firstMatch(of: /"space":"([^"]+)"/)?.1 })
    #expect(spaces.count == 2, "one's own and the group's")
    let telling = bodies.filter { $0.contains(Self.secret) }
    #expect(!telling.isEmpty, "the notes are synced")
    let told = Set(telling.compactMap { $0.firstMatch(of: /"space":"([^"]+)"/)?.1 })
    #expect(told.count == 1, "\(told)")
    // The one that they are in is not the one with the shown check-ins.
    let shown = exchanges.filter { $0.contains("\"check_in\"") && $0.contains("\"member\"") }
    #expect(!shown.isEmpty)
    for body in shown {
      #expect(body.firstMatch(of: /"space":"([^"]+)"/)?.1 != told.first)
    }
  }

  @Test func `neither the group's part of the server's database nor a friend's machine has it`()
    async throws
  {
    let (house, anna, ben) = try await house()
    try await house.server.stop()
    let database = try DatabaseQueue(path: house.server.data + "/lifeosd.sqlite")
    let kinds = try await database.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT kind FROM space WHERE id IN (
            SELECT space FROM op_log WHERE instr(f, ?1) > 0
            UNION SELECT space FROM reg WHERE instr(CAST(val AS TEXT), ?1) > 0
            UNION SELECT space FROM version WHERE instr(CAST(val AS TEXT), ?1) > 0)
          """, arguments: [Self.secret])
    }
    #expect(kinds == ["personal"])
    let files = try FileManager.default.subpathsOfDirectory(atPath: ben.program.home)
    #expect(files.contains { $0.hasSuffix("lifeos.sqlite") })
    for file in files {
      let bytes = FileManager.default.contents(atPath: ben.program.home + "/" + file) ?? Data()
      #expect(bytes.firstRange(of: Data(Self.secret.utf8)) == nil, "\(file)")
    }
    // The check is able to find it.
    let own = FileManager.default.contents(atPath: anna.program.database) ?? Data()
    let log = FileManager.default.contents(atPath: anna.program.database + "-wal") ?? Data()
    #expect((own + log).firstRange(of: Data(Self.secret.utf8)) != nil)
  }

  @Test
  func `a friend is shown answers, nothing of a private week, and where wanted the score alone`()
    async throws
  {
    let (house, _, ben) = try await house()
    // What the friend is shown: answers, nothing, the score alone.
    func shown(_ week: String) async throws -> [String: Any]? {
      let ran = try await ben("checkin", "show", week, "--json")
      #expect(!ran.output.contains(Self.secret))
      let lines = try ran.list("groups").first?["lines"] as? [[String: Any]]
      let line = try #require(lines?.first { $0["user"] as? String == "anna" }, "\(ran)")
      return line["checkin"] as? [String: Any]
    }
    let answers = try #require(try await shown("2026-W45"))
    #expect(answers["score"] as? Int == 18 && answers["scores"] is [String: Any])
    #expect(answers["mood"] as? String == "calm")
    #expect(try await shown("2026-W46") == nil)
    let score = try #require(try await shown("2026-W47"))
    #expect(score["score"] as? Int == 26 && !(score["scores"] is [String: Any]), "\(score)")
    try await house.expectWell()
  }
}
