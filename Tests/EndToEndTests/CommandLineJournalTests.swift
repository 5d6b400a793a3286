import Foundation
import ProgramKit
import Testing

@Suite struct CommandLineJournalTests {
  let lifeos = ClientProgram()

  @Test func `add prints the id of an entry that show then finds`() async throws {
    let added = try await lifeos(
      "journal", "add", "--title", "Fog", "--tag", "River", "Over", "the", "water")
    #expect(added.code == 0)
    #expect(added.text.count == 32)
    let shown = try await lifeos("journal", "show", added.text, "--json").list("entries")
    #expect(shown.count == 1)
    #expect(shown[0]["id"] as? String == added.text)
    #expect(shown[0]["title"] as? String == "Fog")
    #expect(shown[0]["tags"] as? [String] == ["river"])
    #expect(shown[0]["date"] as? String == "2026-11-20")
    #expect(shown[0]["at"] as? String == "2026-11-20T12:00:00.000Z")
    #expect((shown[0]["sections"] as? [String: String]) == ["body": "Over the water"])
  }

  @Test func `a text comes from a pipe, whatever its bytes`() async throws {
    let bytes =
      Array("one\r\ntwo \u{1B}[31mred ".utf8) + [0xFF, 0xFE, 0x00] + Array("end\n\n".utf8)
    let added = try await lifeos.run(["journal", "add"], input: bytes)
    #expect(added.code == 0, "\(added)")
    let entry = try await lifeos("journal", "show", "last", "--json").list("entries")[0]
    let body = (entry["sections"] as? [String: String])?["body"]
    #expect(body == "one\ntwo \u{1B}[31mred \u{FFFD}\u{FFFD}\u{FFFD}end")
    let shown = try await lifeos("journal", "show", "last")
    #expect(!shown.bytes.contains(0x1B))
    #expect(shown.output.contains("one\ntwo"))
    let listed = try await lifeos("journal", "list", "--json")
    #expect(!listed.bytes.contains(0x1B) && !listed.bytes.contains(0x7F))
  }

  @Test func `the second reflection of a day continues the first`() async throws {
    let first = try await lifeos("journal", "add", "--type", "reflection", "slept well")
    let second = try await lifeos(
      "journal", "add", "--type", "refl", "--section", "grateful-for", "the rain")
    let third = try await lifeos(
      "journal", "add", "--type", "reflection", "-",
      input: "and ran\n\n## To improve\n\nless coffee\n")
    #expect(Set([first.text, second.text, third.text]).count == 1)
    let entry = try await lifeos("journal", "show", first.text, "--json").list("entries")[0]
    #expect(
      entry["sections"] as? [String: String] == [
        "went_well": "slept well\n\nand ran", "to_improve": "less coffee",
        "grateful_for": "the rain",
      ])
  }

  @Test func `an entry goes to the day and time that were said`() async throws {
    try await lifeos("journal", "add", "--date", "yesterday 21:30", "late")
    let entry = try await lifeos("journal", "show", "yesterday", "--json").list("entries")[0]
    #expect(entry["date"] as? String == "2026-11-19")
    #expect(entry["at"] as? String == "2026-11-19T21:30:00.000Z")
    #expect(try await lifeos("journal", "add", "--date", "2026-02-30", "x").code == 2)
    #expect(try await lifeos("journal", "show", "2020-01-01").code == 3)
  }

  @Test func `list filters, counts and says where it was cut`() async throws {
    for (day, tag) in [("-3d", "a"), ("-2d", "b"), ("-1d", "a"), ("today", "b")] {
      try await lifeos("journal", "add", "--date", day, "--tag", tag, "on \(day)")
    }
    try await lifeos("journal", "edit", "last", "--star")
    func bodies(_ arguments: String...) async throws -> [String] {
      let ran = try await lifeos.run(["journal", "list", "--json"] + arguments)
      return try ran.list("entries").compactMap { ($0["sections"] as? [String: String])?["body"] }
    }
    #expect(try await bodies() == ["on today", "on -1d", "on -2d", "on -3d"])
    #expect(try await bodies("--tag", "A") == ["on -1d", "on -3d"])
    #expect(try await bodies("--from=-2d", "--to", "yesterday") == ["on -1d", "on -2d"])
    #expect(try await bodies("--starred").count == 1)
    #expect(try await bodies("--type", "morning") == [])
    let cut = try await lifeos("journal", "list", "--json", "--limit", "2").json()
    #expect(cut["more"] as? Bool == true)
    let plain = try await lifeos("journal", "list", "--limit", "2")
    #expect(plain.lines.count == 2)
    #expect(plain.errors.contains("--limit 0"))
    #expect(!plain.bytes.contains(0x1B))
  }

  @Test func `edit changes what is named and keeps the rest`() async throws {
    let id = try await lifeos(
      "journal", "add", "--title", "Old", "--tag", "keep", "--mood", "good", "text @inline"
    ).text
    let edited = try await lifeos(
      "journal", "edit", String(id.suffix(8)), "--title", "New", "--tag", "more", "--untag", "keep",
      "--star", "--mood", "", "--json")
    let entry = try edited.json()
    #expect(entry["title"] as? String == "New")
    #expect(Set(entry["tags"] as? [String] ?? []) == ["inline", "more"])
    #expect(entry["starred"] as? Bool == true)
    #expect(entry["mood"] is NSNull)
    #expect(entry["sections"] as? [String: String] == ["body": "text @inline"])
    let text = try await lifeos("journal", "edit", id, "--text", "-", "--json", input: "plain\n")
      .json()
    #expect(text["tags"] as? [String] == ["more"])
    let same = try await lifeos("journal", "edit", id, "--title", "New")
    #expect(same.code == 0 && same.errors.contains("Nothing changed"))
    #expect(try await lifeos("journal", "edit", id).code == 2)
  }

  @Test func `every version can be read and brought back`() async throws {
    let id = try await lifeos("journal", "add", "first line").text
    try await lifeos("journal", "edit", id, "--text", "second line")
    let history = try await lifeos("journal", "history", id, "--json").list("versions")
    #expect(history.count == 2)
    #expect(history[1]["is_current"] as? Bool == true)
    let change = (history[1]["changes"] as? [[String: Any]])?.first
    #expect(change?["field"] as? String == "body")
    #expect(change?["from"] as? String == "first line")
    let plain = try await lifeos("journal", "history", id).output
    #expect(plain.contains("- first line") && plain.contains("+ second line"))
    #expect(try await lifeos("journal", "restore", id, "9").code == 3)
    #expect(try await lifeos("journal", "restore", id).code == 0)
    #expect(try await lifeos("journal", "show", id).output.contains("first line"))
  }

  @Test func `ids may be cut short, and a doubtful one is asked about`() async throws {
    let first = try await lifeos("journal", "add", "one").text
    let second = try await lifeos("journal", "add", "two").text
    // Born in the same millisecond of the same still clock: their first twelve digits are equal.
    let doubtful = try await lifeos("journal", "show", String(first.prefix(12)))
    #expect(doubtful.code == 2)
    #expect(doubtful.errors.contains(first) && doubtful.errors.contains(second))
    #expect(try await lifeos("journal", "show", String(second.suffix(8))).output.contains("two"))
    #expect(try await lifeos("journal", "show", "abc").code == 2)
    #expect(try await lifeos("journal", "show", "00000000").code == 3)
    #expect(try await lifeos("journal", "show", "no-such-thing").code == 3)
  }

  @Test func `deleted entries come back by undo and from the trash`() async throws {
    let id = try await lifeos("journal", "add", "--tag", "gone", "to be deleted").text
    #expect(try await lifeos("journal", "delete", id).code == 0)
    #expect(try await lifeos("journal", "show", id).code == 3)
    let trash = try await lifeos("trash", "--json").list("trash")
    #expect(trash.map { $0["id"] as? String } == [id])
    #expect(try await lifeos("trash", "restore", id).code == 0)
    let entry = try await lifeos("journal", "show", id, "--json").list("entries")[0]
    #expect(entry["tags"] as? [String] == ["gone"])
    try await lifeos("journal", "delete", id)
    #expect(try await lifeos("undo").output.contains("Delete"))
    #expect(try await lifeos("journal", "show", id).code == 0)
    #expect(try await lifeos("redo").code == 0)
    #expect(try await lifeos("journal", "show", id).code == 3)
    #expect(try await lifeos("redo").code == 3)
  }
}
