import Foundation
import Testing
import ProgramKit
import TestKit

@Suite struct CommandLineExchangeTests {
  let lifeos = ClientProgram()

  private func write(_ text: String, _ name: String) throws -> String {
    let path = lifeos.folder.file(name)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func `jrnl comes in once, after a look, and goes by one undo`() async throws {
    let path = try write(
      """
      [2024-05-01 09:00] A first entry. With a body @home.

      [2024-05-02 10:30] A second one. *
      Two lines
      of text.

      """, "journal.txt")
    let look = try await lifeos("import", "jrnl", path, "--dry-run", "--json").json()
    #expect(look["added"] as? Int == 2 && look["dry_run"] as? Bool == true)
    #expect(try await lifeos("journal", "list").output.isEmpty)
    let done = try await lifeos("import", "auto", path, "--json").json()
    #expect(done["format"] as? String == "jrnl" && done["added"] as? Int == 2)
    let again = try await lifeos("import", "jrnl", path, "--json").json()
    #expect(again["added"] as? Int == 0 && again["unchanged"] as? Int == 2)
    let entry = try await lifeos("journal", "show", "2024-05-01", "--json").list("entries")[0]
    #expect(
      entry["title"] as? String == "A first entry." || entry["title"] as? String == "A first entry")
    #expect(entry["tags"] as? [String] == ["home"])
    try await lifeos("undo")
    #expect(try await lifeos("journal", "list").output.isEmpty)
  }

  @Test func `an unknown format, a missing file and a foreign file are told apart`() async throws {
    #expect(try await lifeos("import", "diary", "x").code == 2)
    #expect(try await lifeos("import", "jrnl", lifeos.folder.file("missing")).code == 3)
    let foreign = try write("\u{1}\u{2}\u{3}", "foreign.bin")
    let ran = try await lifeos("import", "auto", foreign)
    #expect(ran.code == 1 && ran.errors.contains("manual formats"), "\(ran)")
    #expect(try await lifeos("export", "dayone", "x").code == 2)
    #expect(try await lifeos("export", "markdown", "-").code == 2)
  }

  @Test(arguments: ["jsonl", "markdown"])
  func `an export comes back as an equal journal`(format: String) async throws {
    try await lifeos(
      "journal", "add", "--title", "# Hash", "--tag", "a", "--mood", "2", "body\n\n---\n# x")
    try await lifeos(
      "journal", "add", "--type", "reflection", "--star", "-", input: "## Went well\n\nall")
    try await lifeos("journal", "add", "--date", "2020-02-29", "line\n\n\nend ```code``` \\ é 👩‍👩‍👧")
    let path = lifeos.folder.file("export")
    #expect(try await lifeos("export", format, path).code == 0)
    #expect(try await lifeos("export", format, path).code == 1)
    let other = ["LIFEOS_HOME": lifeos.folder.file("other")]
    let back = try await lifeos.run(["import", format, path, "--json"], env: other)
    #expect(try back.json()["added"] as? Int == 3, "\(back)")
    func contents(_ env: [String: String]) async throws -> [NSDictionary] {
      let entries = try await lifeos.run(["journal", "list", "--json"], env: env).list("entries")
      return entries.map { entry in
        var entry = entry
        // Notes keep their id; those of structured entries belong to the database.
        if entry["type"] as? String != "note" { entry["id"] = nil }
        return entry as NSDictionary
      }
    }
    let (before, after) = (try await contents([:]), try await contents(other))
    #expect(before == after)
  }

  @Test func `JSON Lines go to standard output`() async throws {
    try await lifeos("journal", "add", "one")
    let ran = try await lifeos("export", "jsonl", "-")
    #expect(ran.code == 0)
    for line in ran.lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    #expect(ran.lines.count >= 2)
  }
}
