internal import Foundation
internal import Kernel
internal import Life
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Features

struct JrnlImportTests {
  private let sample = """
    [2026-11-20 09:15] A walk. Along the river with @anna.
    It was cold.

    [2026-11-20 09:15:30 PM] Tea and #books *
    Read until late.

    And later.

    [2026-11-21] Only a day
    [not a date] stays in the text

    [2026-11-22 21:00] No body at all
    """

  private func run(
    _ text: String, options: JournalImport.Options = .init(), into store: Store
  ) throws -> ImportReport {
    let folder = TemporaryFolder()
    let path = try folder.write("journal.txt", text)
    let work = try JournalImport(format: .jrnl, path: path, zone: .utc, options: options)
    let plan = try work.plan(for: store)
    let report = try work.run(into: store)
    #expect(plan == report)
    return report
  }

  @Test func `entries come with title, body, time, star and tags`() throws {
    let store = try journalStore()
    let report = try run(sample, into: store)
    #expect(report.fresh == 4 && report.issues == [])
    #expect(report.firstDay == day("2026-11-20") && report.lastDay == day("2026-11-22"))
    let rows = try store.rows()
    #expect(rows.map(\.title) == ["No body at all", "Only a day", "Tea and #books", "A walk."])
    let walk = try #require(try store.entry(rows[3].id))
    #expect(walk.sections["body"] == "Along the river with @anna.\nIt was cold.")
    #expect(ISOTime.text(walk.at, offset: 0) == "2026-11-20T09:15:00Z")
    #expect(walk.source == "jrnl")
    #expect(try store.tags(walk.id) == ["anna"])
    let tea = try #require(try store.entry(rows[2].id))
    #expect(tea.isStarred)
    #expect(tea.sections["body"] == "Read until late.\n\nAnd later.")
    #expect(ISOTime.text(tea.at, offset: 0) == "2026-11-20T21:15:30Z")
    #expect(try store.entry(rows[1].id)?.sections["body"] == "[not a date] stays in the text")
  }

  @Test func `importing twice adds nothing, one undo takes it back, and a third brings it again`()
    throws
  {
    let store = try journalStore()
    let own = try store.jot("my own")
    _ = try run(sample, into: store)
    let again = try run(sample, into: store)
    #expect(again.fresh == 0 && again.known == 4)
    #expect(try store.undo()?.label == "Import from jrnl")
    #expect(try store.rows().map(\.id) == [own])
    let third = try run(sample, into: store)
    #expect(third.revived == 4)
    #expect(try store.rows().count == 5)
  }

  @Test func `entries that are equal in all are all kept`() throws {
    let store = try journalStore()
    let twice = "[2026-11-20 09:15] Same\n\n[2026-11-20 09:15] Same\n"
    #expect(try run(twice, into: store).fresh == 2)
    #expect(try run(twice, into: store).known == 2)
    #expect(try store.rows().count == 2)
  }

  @Test func `a date that does not exist is told with its line, and the rest goes on`() throws {
    let store = try journalStore()
    let text =
      "stray\n[2026-02-30 10:00] Lost\nlost too\n\n[2026-03-01 10:00] Kept\n[2026-03-02 25:00] No\n"
    let report = try run(text, into: store)
    #expect(report.fresh == 1)
    #expect(report.issues.map(\.line) == [1, 2, 6])
    #expect(report.issues[1].reason.contains("2026-02-30"))
    #expect(try store.rows().map(\.title) == ["Kept"])
  }

  @Test func `an entry that was changed here since is left alone, or updated where asked`() throws {
    let store = try journalStore()
    _ = try run(sample, into: store)
    let id = try #require(try store.rows().last?.id)
    var entry = try #require(try store.entry(id))
    entry.sections["body"] = "mine now"
    try JournalWriting.save(entry, in: store)
    #expect(try run(sample, into: store).changed == 1)
    #expect(try store.entry(id)?.sections["body"] == "mine now")
    _ = try run(sample, options: .init(updatesChanged: true), into: store)
    #expect(try store.entry(id)?.sections["body"] == "Along the river with @anna.\nIt was cold.")
  }

  @Test func `a folder of days is read in order`() throws {
    let folder = TemporaryFolder()
    try folder.write("2026/11/20.txt", "[2026-11-20 09:15] One\n")
    try folder.write("2026/11/21.txt", "[2026-11-21 09:15] Two\n[2026-11-31 09:15] None\n")
    try folder.write("2026/notes.bak", "nothing")
    let store = try journalStore()
    let report = try JournalImport(path: folder.path, zone: .utc).run(into: store)
    #expect(report.fresh == 2)
    #expect(report.issues.map(\.file) == ["2026/11/21.txt"])
  }

  @Test func `carriage returns, marks and other encodings are understood`() throws {
    let forms: [[UInt8]] = [
      Array("\u{FEFF}[2026-11-20 09:15] Été\r\nsüß\r\n".utf8),
      [0xFF, 0xFE]
        + Array("[2026-11-20 09:15] Été\r\nsüß\r\n".utf16).flatMap {
          [UInt8($0 & 255), UInt8($0 >> 8)]
        },
      Array("[2026-11-20 09:15] ".utf8) + [0xC9, 0x74, 0xE9, 0x0A, 0x73, 0xFC, 0xDF],
    ]
    for bytes in forms {
      let folder = TemporaryFolder()
      let path = try folder.write("j.txt", bytes)
      let store = try journalStore()
      _ = try JournalImport(format: .jrnl, path: path, zone: .utc).run(into: store)
      let row = try #require(try store.rows().first)
      #expect(row.title == "Été")
      #expect(try store.entry(row.id)?.sections["body"] == "süß")
    }
  }

  @Test func `text and JSON of the same journal are the same entries`() throws {
    let store = try journalStore()
    _ = try run("[2026-11-20 09:15] A walk. Along the river. *\n\n", into: store)
    let folder = TemporaryFolder()
    let json = """
      {"tags": {"@anna": 1}, "entries": [
        {"title": "A walk.", "body": "Along the river. *", "date": "2026-11-20", "time": "09:15",
         "tags": [], "starred": false},
        {"title": "Tea", "body": "", "date": "2026-11-21", "time": "10:00", "tags": ["@anna"],
         "starred": true, "mood": 3},
        {"title": "broken", "date": },
        {"title": "no such day", "date": "2026-02-30", "time": "10:00"}
      ]}
      """
    let path = try folder.write("j.json", json)
    let report = try JournalImport(path: path, zone: .utc).run(into: store)
    #expect(report.known + report.changed + report.fresh == 2)
    #expect(report.issues.map(\.line) == [6, 7])
    let tea = try #require(store.rows().first { $0.title == "Tea" })
    #expect(tea.isStarred)
    #expect(try store.tags(tea.id) == ["anna"])
    #expect(try store.entry(tea.id)?.sourceRaw == "{\"mood\":3}")
  }

  @Test func `an import of many entries is one undo and can be stopped`() throws {
    let text = (0..<1000).map {
      "[2026-01-01 09:\($0 % 50 + 10)] Entry \($0)\nwith #tag\($0 % 7)\n\n"
    }
    .joined()
    let folder = TemporaryFolder()
    let path = try folder.write("j.txt", text)
    let store = try journalStore()
    var work = try JournalImport(path: path, zone: .utc)
    work.operationsPerWrite = 200
    let stopped = try work.run(into: store) { $0.fresh < 300 }
    #expect(stopped.isCancelled && (300..<600).contains(stopped.fresh))
    #expect(try store.rows(limit: 2000).count == stopped.fresh)
    let rest = try work.run(into: store)
    #expect(rest.known == stopped.fresh && rest.fresh == 1000 - stopped.fresh)
    _ = try store.undo()
    #expect(try store.rows(limit: 2000).count == stopped.fresh)
  }

  @Test func `what is no jrnl file is refused with a reason`() throws {
    let folder = TemporaryFolder()
    let path = try folder.write("j.txt", "just some text\nwithout entries\n")
    let store = try journalStore()
    #expect(throws: ImportError.self) { try JournalImport(path: path, zone: .utc) }
    #expect(throws: ImportError.self) {
      try JournalImport(format: .jrnl, path: path, zone: .utc).run(into: store)
    }
    #expect(throws: ImportError.missing(path: "/nowhere")) {
      try JournalImport(format: .jrnl, path: "/nowhere", zone: .utc)
    }
    let json = try folder.write("j.json", "{\"metadata\":{},\"entries\":[]}")
    #expect(throws: ImportError.wrongFormat(path: json, looksLike: .dayOne)) {
      try JournalImport(format: .jrnlJSON, path: json, zone: .utc)
    }
  }

  @Test func `garbled letters are counted, and mended where asked`() throws {
    let text = "[2026-11-20 09:15] CafÃ© and tea\nItâ€™s late.\n"
    let store = try journalStore()
    let seen = try run(text, into: store)
    #expect(seen.garbled == 1 && seen.repaired == 0)
    #expect(try store.rows().first?.title == "CafÃ© and tea")
    let other = try journalStore()
    let mended = try run(text, options: .init(repairsText: true), into: other)
    #expect(mended.repaired == 1)
    #expect(try other.rows().first?.title == "Café and tea")
  }

  @Test(arguments: [
    ("Title. Body here", "Title.", "Body here"), ("No end", "No end", ""),
    ("Dots... more", "Dots...", "more"), ("Said \"so.\" Then left", "Said \"so.\"", "Then left"),
    ("v1.2 is out", "v1.2 is out", ""), ("Ends.", "Ends.", ""), ("One\ntwo\n", "One", "two"),
  ])
  func `the first sentence is the title`(text: String, title: String, body: String) {
    let split = JrnlText.split(text)
    #expect(split.title == title && split.body == body)
  }
}

struct DayOneImportTests {
  private let zip =
    "UEsDBBQAAAAIAAAAdF3t6wNPvgAAAPQAAAAMAAAASm91cm5hbC5qc29uXY49bwIxDIb/SuquQJNAaZutFBATE0shDG6xaNSSVD4HkE733/GtTJbfLz0tnEjwgIIQWjgTN6lkCOBGFroBUBZO1EDYtVBrOqhjnR9Pnqcvr2/vs4/5Ynn/wwC+mVB0Z45C2vDWT4fODb3deBfGNli71ZSkE21L7hOLyuWf4tOM+C/l3qOrqP5oVshfpXLMMS/L0RQlNPJD5qLTHOPIbAhjfOgreOw5YU0X81n4V6WGEPZ6BJlJ2YUrdfvuBlBLAwQUAAAACAAAAHRdk0spyhAAAAAOAAAAEwAAAC4uLy4uL2V0Yy9ldmlsLmpzb26rVkrNKynKTC1WsoqOrQUAUEsDBBQAAAAIAAAAdF0PGOH4BAAAAAIAAAANAAAAcGhvdG9zL3guanBlZ6uoAABQSwECFAMUAAAACAAAAHRd7esDT74AAAD0AAAADAAAAAAAAAAAAAAAgAEAAAAASm91cm5hbC5qc29uUEsBAhQDFAAAAAgAAAB0XZNLKcoQAAAADgAAABMAAAAAAAAAAAAAAIAB6AAAAC4uLy4uL2V0Yy9ldmlsLmpzb25QSwECFAMUAAAACAAAAHRdDxjh+AQAAAACAAAADQAAAAAAAAAAAAAAgAEpAQAAcGhvdG9zL3guanBlZ1BLBQYAAAAAAwADALYAAABYAQAAAAA="

  @Test func `an archive is read in memory, with its own zone, tags and title`() throws {
    let folder = TemporaryFolder()
    let path = try folder.write("export.zip", try #require(Data(base64Encoded: zip)))
    let store = try journalStore()
    let work = try JournalImport(path: path, zone: .utc)
    #expect(work.format == .dayOne)
    let report = try work.run(into: store)
    #expect(report.fresh == 1 && report.issues == [])
    let row = try #require(try store.rows().first)
    #expect(row.title == "Harbour" && row.isStarred)
    let entry = try #require(try store.entry(row.id))
    #expect(entry.sections["body"] == "Fog over the water. Tea!")
    #expect(entry.zone == "Europe/Berlin")
    #expect(entry.sourceID == "0123456789ABCDEF0123456789ABCDEF")
    #expect(try store.tags(row.id) == ["new-york", "sea"])
    #expect(try work.run(into: store).known == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["export.zip"])
  }

  @Test func `an archive that is cut off or changed is refused whatever the byte`() throws {
    let whole = Array(try #require(Data(base64Encoded: zip)))
    let folder = TemporaryFolder()
    let store = try journalStore()
    for count in stride(from: 4, to: whole.count, by: 23) {
      let path = try folder.write("cut.zip", whole[..<count])
      #expect(throws: ImportError.self) {
        try JournalImport(format: .dayOne, path: path, zone: .utc).run(into: store)
      }
    }
    for place in stride(from: 4, to: whole.count, by: 3) {
      var changed = whole
      changed[place] ^= 0x55
      let path = try folder.write("bad.zip", changed)
      do {
        let work = try JournalImport(format: .dayOne, path: path, zone: .utc)
        _ = try work.plan(for: store)
      } catch is ImportError {}
    }
  }

  @Test func `what has no field is kept as JSON, and attachments are counted`() throws {
    let json = """
      {"metadata":{"version":"1.0"},"entries":[
      {"uuid":"A1","creationDate":"2026-11-20T09:15:00Z","timeZone":"Nowhere\\/Land","text":"Plain \\\\(text\\\\) \\ud83d\\ude00 \\ud800",
       "location":{"latitude":52.5200066,"placeName":"Berlin"},"photos":[{"md5":"x"},{"md5":"y"}]},
      {"uuid":"A2","creationDate":"2026-02-30T09:15:00Z","text":"x"},
      {"uuid":"A3","text":"x"},
      7
      ]}
      """
    let folder = TemporaryFolder()
    let path = try folder.write("Travel.json", json)
    let store = try journalStore()
    let report = try JournalImport(path: path, zone: .utc).run(into: store)
    #expect(report.fresh == 1 && report.attachments == 2)
    #expect(report.issues.map(\.line) == [4, 5, 6])
    let row = try #require(try store.rows().first)
    let entry = try #require(try store.entry(row.id))
    #expect(entry.sections["body"] == "Plain (text) 😀 \u{FFFD}")
    #expect(entry.zone == "UTC")
    #expect(
      entry.sourceRaw
        == "{\"location\":{\"latitude\":52.5200066,\"placeName\":\"Berlin\"},\"photos\":[{\"md5\":\"x\"},{\"md5\":\"y\"}],\"journal\":\"Travel\"}"
    )
  }

  @Test(arguments: [
    ("a\\.b\\(c\\)", "a.b(c)"), ("\\*not bold\\*", "\\*not bold\\*"),
    ("\\- no list", "\\- no list"),
    ("back\\\\slash", "back\\\\slash"), ("end\\", "end\\"), ("\\# no heading", "\\# no heading"),
  ])
  func `escapes that mean nothing go, the others stay`(raw: String, text: String) {
    #expect(DayOneText.unescaped(raw) == text)
  }
}

struct ImportPartsTests {
  @Test func `packed bytes unpack to what they were`() throws {
    let dynamic =
      "7ci5YQQhDADAVq4CV+MGeBchEI8kYKneVTi7Cec3hc9QcPixs236xHZ+Pr/f/OZ/ZuIZinRlJ6bDTM/uc/aqIWkY9Zj1uviyza+BLqfuS/VcbqF4G/oDi17NNCqXycQJlwFZO26czH7rowzZu67dlesomEwveSvy2roZJ4xks3Fepn0oC4RtEUuotY2qsqaXO4D07JQJRp5oLjGaKqzBqmIrq8iG0w3bZQpoyywYS8S3CORb/Wt4nZBH0gsJ4yLd3gviSu1Gh0cfbpCut+PByxHwqrtSOFAeF1pRysRkKTym/wE="
    let fixed =
      "C8lIVSgszUzOVkgqyi/PU0jLr9BTCBkVHBWkpWBGcVFqTklBaXFySWJBZlFGenlBUVFBbmlqRmlqYW5FYlllclplcVJWZWJmQUlFbnlVXm5FVXF+ak5KUmpBemZZXmVpVl5hbnFOUXFecUZ2WWJmSVl5Wnl2UXFxSnlpemlxZlZKckFpQXJOVXJeamJWXmVeSlJJSWVSbnlxdlFmYUZSVmJySklRUnpeVklmanlSdnZOam5ufmFuaUlZUUpJVWFmXmlFeUZWXmZhVlF2YlVecXZibklxaWpSaWl2fk5ZTkl5ZkVBYnFSWWJOZml+VnFJdlpOWnZlTklmVlVuSmVicVlFalZhRmlVZkZ2WlleaXlKSkl2dllGflVacnZFaXpxfmZGVUpSYXp2VXFaZnZVaXJVSU5xal5WYVVmfk5pXlZecV5SXmp6YgEA"
    func bytes(_ base64: String) throws -> [UInt8] {
      Array(try #require(Data(base64Encoded: base64)))
    }
    for packed in [dynamic, fixed] {
      let unpacked = try Inflate.bytes(
        bytes(packed), limit: 930)
      #expect(unpacked.count == 930)
      #expect(ImportZip.checksum(unpacked) == 727_417_910)
      #expect(throws: Inflate.Problem.tooLong) {
        try Inflate.bytes(bytes(packed), limit: 929)
      }
    }
  }

  @Test func `any bytes unpack or are refused`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      if let unpacked = try? Inflate.bytes(bytes, limit: 5000) { #expect(unpacked.count <= 5000) }
    }
  }

  @Test func `JSON reads back from what it prints`() throws {
    let text = #"{"a":[1,-2.5e10,true,false,null,"\u0000\n\"\\ \u2028é😀"],"":{"b":{}},"a":[]}"#
    let node = try JSONReader.value(Array(text.utf8))
    #expect(try JSONReader.value(Array(node.string.utf8)) == node)
    #expect(node["a"] == .list([]))
    #expect(node.string == text)
  }

  @Test(arguments: [
    "", "{", "[1,", "{\"a\"}", "\"\\x\"", "\"abc", "tru", "[1 2]", "{} {}", "nan", "+", "\"\\u12\"",
    String(repeating: "[", count: 100_000),
  ])
  func `damaged JSON is told, however it is damaged`(text: String) {
    #expect(throws: JSONReader.Problem.self) { try JSONReader.value(Array(text.utf8)) }
  }

  @Test(arguments: [
    ("CafÃ©", "Café"), ("√©t√©", "été"), ("itâ€™s", "it’s"), ("ðŸ˜€", "😀"), ("ÅŸ", "ş"),
  ])
  func `garbled text is mended`(garbled: String, meant: String) {
    #expect(ImportMojibake.repaired(garbled) == meant)
  }

  @Test(arguments: [
    "Café", "plain", "«CAFÉ»", "日本語", "naïve – “quoted”…", "100 €", "Ångström", "😀", "Ñandú",
    "√2 ≈ 1.41", "¿Qué?",
  ])
  func `text that is right is left alone`(text: String) {
    #expect(ImportMojibake.repaired(text) == nil)
  }

  @Test func `lines come one by one from a file longer than any buffer`() throws {
    let folder = TemporaryFolder()
    let long = String(repeating: "x", count: 3_000_000)
    let path = try folder.write("long.txt", "one\n\n\(long)\nlast")
    var lines = try ImportLines(path: path)
    defer { lines.close() }
    #expect(try lines.next() == "one")
    #expect(try lines.next() == "")
    #expect(try lines.next() == long)
    #expect(lines.number == 3)
    #expect(try lines.next() == "last")
    #expect(try lines.next() == nil)
  }

  @Test(arguments: [
    ("2026-11-20T09:15:00Z", "2026-11-20T09:15:00Z"),
    ("2026-11-20T10:15:00.25+01:00", "2026-11-20T09:15:00.250Z"),
    ("2026-11-20 09:15:00 +0000", nil), ("2026-11-20T09:15:00-0500", "2026-11-20T14:15:00Z"),
    ("2026-02-30T09:15:00Z", nil), ("2026-11-20T24:00:00Z", nil), ("", nil), ("T", nil),
    ("2026-11-20T09:15:00", nil), ("2026-11-20T09:15:00+0a:00", nil),
  ])
  func `points in time are read as programs write them`(text: String, expected: String?) {
    #expect(ISOTime.moment(text).flatMap { ISOTime.text($0, offset: 0) } == expected)
  }
}
