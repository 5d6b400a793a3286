internal import Foundation
internal import Kernel
internal import Life
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Features

struct RoundTripTests {
  private let pieces = [
    "---", "---\n", "entry: note", "\\entry: note", "\n---\nentry: note\n", "## Went well\n",
    "\\## Went well", "## section: body\n", "[2026-11-20 21:00] Title", "\n", "\n\n", "\r\n", "\r",
    "  ", "\t", "text", "é", "e\u{301}", "👨‍👩‍👧", "\u{202E}", "\u{FEFF}", "\u{2028}", "\"", "\\", "# x",
    "title: x", "id: 1", "#tag", "@home", "\u{0085}", "<!-- -->", "\u{1B}[31m", "”", "a,b",
  ]

  private func text(_ random: inout some RandomNumberGenerator, _ most: Int = 8) -> String {
    (0..<Int.random(in: 0...most, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  private func hostile(_ store: Store, count: Int) throws {
    var random = SystemRandomNumberGenerator()
    let zones = ["UTC", "Europe/Berlin", "Mars/Base One", "Asia/Kathmandu"]
    for _ in 0..<count {
      let type = JournalType.allCases.randomElement(using: &random) ?? .note
      let on = day("2020-01-01") + Int.random(in: 0..<2000, using: &random)
      var entry = JournalEntry(
        id: JournalWriting.entryID(type, on, in: store), type: type, day: on,
        at: Moment(milliseconds: Int64.random(in: -3_000_000_000_000...3_000_000_000_000)),
        zone: zones.randomElement(using: &random) ?? "UTC", title: text(&random, 3),
        isStarred: Bool.random(using: &random), mood: [nil, 1, 4, 9].randomElement() ?? nil)
      for section in type.sections { entry.sections[section.name] = text(&random) }
      if Int.random(in: 0..<5, using: &random) == 0 { entry.sections["learnings"] = text(&random) }
      if Int.random(in: 0..<4, using: &random) == 0 {
        entry.source = "dayone"
        entry.sourceID = text(&random, 2)
        entry.sourceRaw = text(&random, 3)
      }
      if Int.random(in: 0..<8, using: &random) == 0, type == .note { entry.typeName = "po: em\n" }
      try JournalWriting.save(entry, tags: ["a-b", "日本"], in: store)
    }
  }

  /// Entries by id, with their values as bytes: canonically equal texts would compare equal.
  private func bytes(_ store: Store) throws -> [EntryID: [String: [UInt8]]] {
    var all: [EntryID: [String: [UInt8]]] = [:]
    for (entry, tags) in try store.everything() {
      var fields = ["tags": Array(tags.sorted().joined(separator: "\n").utf8)]
      for (field, value) in zip(JournalEntry.fields, entry.values) {
        fields[field.name] = Array("\(value.text ?? "\(value)")".utf8)
      }
      all[entry.id] = fields
    }
    return all
  }

  @Test(arguments: [JournalFormat.markdown, .jsonLines])
  func `an export of anything imports to an equal journal`(format: JournalFormat) throws {
    let store = try journalStore()
    try hostile(store, count: 150)
    let folder = TemporaryFolder()
    let path = folder.file("out")
    let export = try #require(JournalExport(format: format, store: store))
    let count = try export.run(to: path)
    #expect(count == (try store.rows().count))
    let other = try journalStore(seed: 2)
    let report = try JournalImport(path: path, zone: .utc).run(into: other)
    #expect(report.issues == [])
    #expect(report.fresh == count)
    let (before, after) = (try bytes(store), try bytes(other))
    #expect(before.count == after.count)
    for (id, fields) in before {
      for (name, value) in fields where after[id]?[name] != value {
        let show = String(decoding: after[id]?[name] ?? [], as: UTF8.self).debugDescription
        Issue.record(
          "\(name): \(String(decoding: value, as: UTF8.self).debugDescription) became \(show)")
      }
    }
    let again = try JournalImport(path: path, zone: .utc).run(into: other)
    #expect(again.fresh == 0 && again.changed == 0 && again.known == count)
  }

  @Test func `prompts and skipped days travel with JSON Lines`() throws {
    let store = try journalStore()
    let prompt = try #require(JournalPrompts.offered(own: []).first)
    try JournalWriting.save(prompt: prompt, text: "Mine?", in: store)
    try JournalWriting.skip(day("2026-11-01"), reason: "ill", in: store)
    let folder = TemporaryFolder()
    try JournalExport(format: .jsonLines, store: store)?.run(to: folder.file("j.jsonl"))
    let other = try journalStore(seed: 2)
    let report = try JournalImport(path: folder.file("j.jsonl"), zone: .utc).run(into: other)
    #expect(report.others == 2)
    #expect(
      try other.read { try JournalQueries.prompts($0) }
        == store.read { try JournalQueries.prompts($0) })
    #expect(try other.read { try JournalQueries.skips($0) } == [day("2026-11-01"): "ill"])
  }

  @Test func `a day's file can be read by a person`() throws {
    let store = try journalStore(at: Moment(seconds: 1_795_176_000))
    try JournalWriting.add(
      JournalWriting.Addition(
        type: .reflection, day: day("2026-11-20"), sections: ["went_well": "A walk."],
        tags: ["sea"], mood: 4), in: store)
    let folder = TemporaryFolder()
    try JournalExport(format: .markdown, store: store)?.run(to: folder.file("out"))
    let path = folder.file("out/2026/2026-11-20.md")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let id = JournalWriting.entryID(.reflection, day("2026-11-20"), in: store)
    #expect(
      text == """
        # Friday, 2026-11-20

        ---
        entry: reflection
        day: 2026-11-20
        written: 2026-11-20T12:00:00.\(try written(store, id))Z
        zone: UTC
        mood: 4 good
        tags: sea
        id: \(id)
        ---

        ## Went well

        A walk.

        """)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  private func written(_ store: Store, _ id: EntryID) throws -> String {
    let milliseconds = try store.entry(id)?.at.milliseconds ?? 0
    return String(String(1000 + milliseconds % 1000).dropFirst())
  }

  @Test(arguments: [JournalFormat.markdown, .jsonLines])
  func `an export overwrites nothing unless it is asked to`(format: JournalFormat) throws {
    let store = try journalStore()
    try store.jot("x")
    let folder = TemporaryFolder()
    try folder.write(format == .markdown ? "out/mine.txt" : "out", "mine")
    let path = folder.file("out")
    let export = try #require(JournalExport(format: format, store: store))
    #expect(throws: ExportError.exists(path: path)) { try export.run(to: path) }
    #expect(try export.run(to: path, replacing: true) == 1)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.contains(".part") })
  }

  @Test func `a file that nobody may write leaves nothing behind`() throws {
    let store = try journalStore()
    let export = try #require(JournalExport(format: .jsonLines, store: store))
    #expect(throws: ExportError.self) { try export.run(to: "/nowhere/at/all.jsonl") }
  }

  @Test func `a Markdown file that a person wrote is read as far as it goes`() throws {
    let folder = TemporaryFolder()
    try folder.write(
      "2026/2026-11-20.md",
      """
      # Friday

      ---
      entry: note
      title: Tea with Anna
      tags: home, tea
      starred: yes
      ---
      At the window.

      ---
      entry: reflection
      day: 2026-02-30
      ---

      lost

      ---
      entry: note
      mood: good
      ---

      Second.
      """)
    try folder.write("2026-11-21 walk.md", "# A walk\n\nAlong the river.\n")
    let store = try journalStore()
    let report = try JournalImport(format: .markdown, path: folder.path, zone: .utc).run(
      into: store)
    #expect(report.fresh == 3)
    #expect(report.issues.map(\.line) == [13])
    #expect(report.issues.first?.file == "2026/2026-11-20.md")
    let rows = try store.rows()
    #expect(rows.map(\.summary).contains("A walk"))
    let tea = try #require(rows.first { $0.title == "Tea with Anna" })
    #expect(tea.isStarred && tea.day == day("2026-11-20"))
    #expect(try store.tags(tea.id) == ["home", "tea"])
    #expect(try store.entry(tea.id)?.sections == ["body": "At the window."])
  }
}
