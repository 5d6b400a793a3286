internal import Foundation
internal import Kernel
internal import Life
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Features

/// Check-ins from Daylio and from lifeos itself.
struct CheckInImportTests {
  private let folder = TemporaryFolder()

  private func file(_ text: String, _ name: String = "daylio.csv") throws -> String {
    let path = folder.file(name)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private let csv = """
    \u{FEFF}full_date,date,weekday,time,mood,activities,note_title,note\r
    2026-11-12,November 12,Thursday,9:30 PM,rad,"running | friends","A, good day","Said ""hello"".\r
    And more."\r
    2026-11-10,November 10,Tuesday,21:05,meh,,,\r
    2026-11-09,November 9,Monday,08:00,good,work,,\r
    2026-11-03,November 3,Tuesday,12:05 AM,awful,,,Rain\r

    """

  @Test func `daily moods become weekly check-ins with the median mood and all words`() throws {
    let desk = try checkInDesk()
    let source = try CheckInImport(path: try file(csv), world: desk.world)
    #expect(source.format == .daylio && source.unknownMoods.isEmpty)
    let report = try source.run(into: desk)
    #expect(report.fresh == 2 && report.entries == 4 && report.issues == [])
    #expect(report.firstWeek == "2026-W45" && report.lastWeek == "2026-W46")
    let own = try #require(try desk.own("2026-W46"))
    #expect(own.mood == "good" && own.scores == nil && own.source == "daylio")
    #expect(
      own.note == """
        Mon 9 Nov 08:00  good  work
        Tue 10 Nov 21:05  meh
        Thu 12 Nov 21:30  rad  running, friends
        A, good day
        Said "hello".
        And more.
        """)
    #expect(try desk.own("2026-W45")?.note == "Tue 3 Nov 00:05  awful\nRain")
  }

  @Test func `importing twice adds nothing, and one undo takes all back`() throws {
    let desk = try checkInDesk()
    let path = try file(csv)
    _ = try CheckInImport(path: path, world: desk.world).run(into: desk)
    let again = try CheckInImport(path: path, world: desk.world).run(into: desk)
    #expect(again.fresh == 0 && again.filled == 0 && again.known == 2)
    _ = try desk.store.undo()
    #expect(try desk.store.read { try CheckInQueries.own($0) }.isEmpty)
  }

  @Test func `a dry run counts the same and writes nothing`() throws {
    let desk = try checkInDesk()
    let source = try CheckInImport(path: try file(csv), world: desk.world)
    let dry = try source.run(into: desk, isDry: true)
    #expect(try desk.store.read { try CheckInQueries.own($0) }.isEmpty)
    #expect(try source.run(into: desk) == dry)
  }

  @Test func `what is here is not overwritten, what it lacks is filled in`() throws {
    let desk = try checkInDesk()
    try desk.post(CheckInDraft(scores: scores(7, 8, 6, 5), note: "Mine."), week: "2026-W46")
    let report = try CheckInImport(path: try file(csv), world: desk.world).run(into: desk)
    #expect(report.filled == 1 && report.fresh == 1)
    let own = try #require(try desk.own("2026-W46"))
    #expect(own.note == "Mine." && own.mood == "good" && own.score(by: .hucares) == 16)
    let again = try CheckInImport(path: try file(csv), world: desk.world).run(into: desk)
    #expect(again.different == 1 && again.known == 1 && again.fresh == 0)
  }

  @Test func `unknown moods are counted, and told by a map`() throws {
    let desk = try checkInDesk()
    let text = """
      full_date,date,weekday,time,mood,activities,note
      2026-11-10,x,y,08:00,Zwirbel,,
      2026-11-11,x,y,08:00,Zwirbel,,
      2026-11-12,x,y,08:00,good,,
      """
    let path = try file(text)
    let source = try CheckInImport(path: path, world: desk.world)
    #expect(source.unknownMoods.map(\.name) == ["Zwirbel"])
    #expect(source.unknownMoods.map(\.count) == [2])
    let told = try CheckInImport(path: path, moods: ["zwirbel": 1], world: desk.world)
    #expect(told.unknownMoods.isEmpty)
    _ = try told.run(into: desk)
    #expect(try desk.own("2026-W46")?.mood == "awful")
  }

  @Test func `broken lines are reported by number and stop nothing`() throws {
    let desk = try checkInDesk()
    let text = """
      full_date,date,weekday,time,mood,activities,note_title,note
      2026-13-40,x,y,08:00,good,,,
      2026-11-10,x,y,late,good,,,fine
      2026-11-11
      2027-03-01,x,y,08:00,good,,,later
      2026-11-12,x,y,08:00,good,,,"never closed
      """
    let report = try CheckInImport(path: try file(text), world: desk.world).run(into: desk)
    #expect(report.issues.map(\.line) == [2, 4, 6, 1])
    #expect(try desk.own("2026-W46")?.note.hasPrefix("Tue 10 Nov  good\nfine") == true)
    #expect(report.fresh == 1)
  }

  @Test(arguments: [
    ("year,date,weekday,time,mood,activities,note\n2026,10 November,Tue,21:30,good,,hi\n", true),
    (
      "full_date;date;weekday;time;mood;activities;note_title;note\n2026-11-10;x;y;21.30;good;;;hi",
      true
    ),
    ("a,b,c\n1,2,3\n", false), ("", false), ("PK\u{3}\u{4}rest", false),
  ])
  func `older files and other separators are read, other files refused`(
    text: String, isRead: Bool
  ) throws {
    let desk = try checkInDesk()
    let path = try file(text)
    guard isRead else {
      #expect(throws: ImportError.self) { try CheckInImport(path: path, world: desk.world) }
      return
    }
    _ = try CheckInImport(path: path, world: desk.world).run(into: desk)
    #expect(try desk.own("2026-W46")?.note == "Tue 10 Nov 21:30  good\nhi")
  }

  @Test(
    arguments: [
      ("12:00 AM", 0), ("12:30 PM", 45_000), ("9:05 p.m.", 75_900), ("23:59", 86_340),
      ("13:00 PM", nil), ("25:00", nil), ("", nil), ("9", nil),
    ] as [(String, Int?)])
  func `times of twelve and of twenty-four hours`(text: String, second: Int?) {
    #expect(DaylioFile.second(text) == second)
  }

  @Test func `an export read into another store gives the same check-ins`() throws {
    let desk = try checkInDesk()
    try desk.post(
      CheckInDraft(
        scores: scores(7, 8, 6, 5), mood: "🙂", energy: 4, note: "“Less mail”,\nmore roof.",
        isPrivate: true))
    try desk.post(CheckInDraft(scores: scores(1, 2, 3, 4)), week: "2026-W46")
    let week = try #require(Week("2026-W40"))
    try CheckInWriting.skip(week, reason: "away", desk: desk)
    let path = folder.file("mine.jsonl")
    #expect(try CheckInExport.run(of: desk.store, to: path) == 2)
    let other = try checkInDesk()
    let source = try CheckInImport(path: path, world: other.world)
    #expect(source.format == .json)
    let report = try source.run(into: other)
    #expect(report.fresh == 2 && report.others == 1 && report.issues == [])
    for key in ["2026-W46", "2026-W47"] {
      #expect(try other.own(key)?.values == desk.own(key)?.values)
    }
    #expect(try other.store.read { try CheckInQueries.skippedWeeks($0) } == [week.monday: "away"])
    let again = try CheckInImport(path: path, world: other.world).run(into: other)
    #expect(again.fresh == 0 && again.known == 2 && again.others == 0 && again.filled == 0)
    let copy = folder.file("copy.jsonl")
    try CheckInExport.run(of: other.store, to: copy)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: path))
        == Data(contentsOf: URL(fileURLWithPath: copy)))
  }

  @Test(arguments: [
    ("{\"kind\":\"check_in\",\"id\":\"x\",\"key\":\"2026-W99\"}", "“2026-W99” is no week."),
    ("{\"kind\":\"check_in\",\"key\":\"2027-W10\"}", "2027-W10 has not begun."),
    ("{\"kind\":\"check_in\",\"key\":\"2026-W10\",\"care\":11}", "An answer is 1 to 10."),
    ("{\"kind\":\"check_in\",\"key\":\"2026-W10\",\"energy\":0}", "Energy is 1 to 5."),
    (
      "{\"kind\":\"check_in\",\"key\":\"2026-W10\",\"member\":\"0123456789abcdef0123456789abcdef\"}",
      "Somebody else's check-in is not taken in."
    ),
    ("{\"kind\":\"group_info\"}", "“group_info” is no kind of check-ins."),
  ])
  func `a line that can not be is reported`(line: String, reason: String) throws {
    let desk = try checkInDesk()
    let path = try file("{\"lifeos\":\"checkins\",\"version\":1}\n\(line)\n", "x.jsonl")
    let report = try CheckInImport(path: path, world: desk.world).run(into: desk)
    #expect(report.issues == [ImportIssue(line: 2, reason: reason)])
    #expect(report.fresh == 0)
  }

  @Test func `maps of moods are read, and wrong ones refused`() throws {
    #expect(try CheckInImportCommand.moods(["rad=5", "so = so=3"]) == ["rad": 5, "so = so": 3])
    for wrong in ["rad", "=5", "rad=6", "rad="] {
      #expect(throws: Failure.self) { try CheckInImportCommand.moods([wrong]) }
    }
  }
}
