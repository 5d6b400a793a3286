import Foundation
import Glibc
import ProgramKit
import Testing

@Suite struct CommandLineStoreTests {
  let lifeos = ClientProgram()

  @Test func `search finds words, phrases and filters, and never fails on a text`() async throws {
    try await lifeos("journal", "add", "--title", "Crème", "--tag", "food", "brûlée by the river")
    try await lifeos("journal", "add", "--date", "-5d", "the river froze")
    func found(_ query: String...) async throws -> Int {
      let ran = try await lifeos.run(["search", "--json", "--"] + query)
      #expect(ran.code == 0, "\(query) \(ran)")
      return try ran.list("hits").count
    }
    #expect(try await found("river") == 2)
    #expect(try await found("creme") == 1)
    #expect(try await found("brulee tag:food") == 1)
    #expect(try await found("\"river froze\"") == 1)
    #expect(try await found("riv") == 0)
    #expect(try await found("riv*") == 2)
    #expect(try await found("river from:-2d") == 1)
    for hostile in ["\"", "river AND", "NEAR(", "-x", "a\"b'c; DROP TABLE journal", "(((", "col:x"]
    {
      _ = try await found(hostile)
    }
    let hit = try await lifeos("search", "--json", "froze").list("hits")[0]
    #expect((hit["snippet"] as? String)?.contains("«froze»") == true)
    #expect(try await lifeos("search", "  ").code == 2)
  }

  @Test func `a streak is counted and explained`() async throws {
    for day in ["-3d", "-2d", "-1d"] { try await lifeos("journal", "add", "--date", day, "x") }
    let streak = try await lifeos("streak", "--explain", "--json").json()
    #expect(streak["unit"] as? String == "days")
    #expect(streak["current"] as? Int == 3)
    #expect(streak["is_pending"] as? Bool == true)
    let days = try #require(streak["days"] as? [[String: Any]])
    #expect(days.last?["state"] as? String == "pending")
    #expect(days.first?["state"] as? String == "backfilled")
    let plain = try await lifeos("streak", "--explain")
    #expect(plain.output.hasPrefix("3 days in a row, today still open\n"))
  }

  @Test func `undo names what it took back, across processes`() async throws {
    #expect(try await lifeos("undo").code == 3)
    try await lifeos("journal", "add", "only")
    let labels = try await lifeos("undo", "--list", "--json").json()
    #expect(labels["undo"] as? String == "New note")
    #expect(labels["redo"] is NSNull)
    let undone = try await lifeos("undo")
    #expect(undone.output == "Undone: New note\n")
    #expect(try await lifeos("journal", "list").output.isEmpty)
    #expect(try await lifeos("redo", "--json").json()["label"] as? String == "New note")
    #expect(try await lifeos("journal", "list").lines.count == 1)
  }

  @Test func `the first change of a day brings a backup along`() async throws {
    let env = ["LIFEOS_TEST_BACKUP": "on"]
    try await lifeos.run(["journal", "add", "x"], env: env)
    // The copy is made by a process of its own: asking for one by hand waits for the same lock.
    let made = try await lifeos("backup", "--automatic")
    #expect(made.code == 0)
    let backups = try await lifeos("backup", "--list", "--json").list("backups")
    #expect(backups.count == 1)
    #expect(backups[0]["day"] as? String == "2026-11-20")
    let path = try #require(backups[0]["path"] as? String)
    var facts = stat()
    #expect(stat(path, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
  }

  @Test func `doctor reads everything and reports problems by its exit code`() async throws {
    let fresh = try await lifeos("doctor", "--json", env: ["TERM": "xterm-256color"])
    #expect(fresh.code == 0, "\(fresh)")
    #expect(!FileManager.default.fileExists(atPath: lifeos.database))
    try await lifeos("journal", "add", "x")
    let findings = try await lifeos("doctor", "--json", env: ["TERM": "xterm-256color"]).list(
      "findings")
    func value(_ name: String) -> String? {
      findings.first { $0["name"] as? String == name }?["value"] as? String
    }
    #expect(value("integrity") == "ok")
    #expect(value("rows of journal") == "1")
    #expect(value("colours") == "256")
    let odd = try await lifeos("doctor", env: ["TERM": "no-such-terminal"])
    #expect(odd.code == 1 && odd.output.contains("ncurses-term"))
    chmod(lifeos.home + "/data", 0o755)
    let open = try await lifeos("doctor", "--json").list("findings")
    #expect(open.contains { ($0["advice"] as? String)?.contains("chmod 700") == true })
  }

  @Test func `folders and files are private`() async throws {
    umask(0)
    try await lifeos("journal", "add", "x")
    var facts = stat()
    for folder in ["config", "data", "state"] {
      #expect(stat(lifeos.home + "/" + folder, &facts) == 0 && facts.st_mode & 0o777 == 0o700)
    }
    #expect(stat(lifeos.database, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
  }
}
