internal import Features
internal import Kernel
internal import Life
internal import Storage
internal import TUI
internal import Testing

@testable internal import Shell

/// The journal's list, search, history and year, and the trash.
struct JournalScreensTests {
  private func four() throws -> Journey {
    let journey = try Journey { store in
      for (day, text) in [("17", "one"), ("18", "two"), ("19", "three"), ("20", "four")] {
        try store.addNote(text, on: "2026-11-\(day)")
      }
    }
    journey.press("2")
    return journey
  }

  @Test func `the list is grouped by month, the entry beside it`() throws {
    let journey = try Journey { store in
      try store.addNote("in October", on: "2026-10-30")
      try store.addNote("in November", on: "2026-11-02")
    }
    journey.press("2")
    journey.see("November 2026  1 entry", "October 2026", "Monday 2 November 2026")
    #expect(journey.cursorLine.contains("in November"))
    journey.press("j")
    journey.pass(100)
    journey.see("Friday 30 October 2026", "October 2026  1 entry")
  }

  @Test func `deleting one and taking it back`() throws {
    let journey = try four()
    journey.press("j", "d d")
    journey.see("1 entry deleted. u undoes")
    #expect(try journey.bodies == ["four", "two", "one"])
    #expect(journey.cursorLine.contains("two"))
    journey.press("u")
    #expect(try journey.bodies == ["four", "three", "two", "one"])
  }

  @Test func `deleting many by marks is one undo`() throws {
    let journey = try four()
    journey.press("v", "j", "v")
    journey.see("2 marked", "Esc lets go")
    journey.press("d d")
    journey.see("2 entries deleted. u undoes")
    #expect(try journey.bodies == ["three", "one"])
    journey.press("u")
    journey.see("Undone: Delete 2 entries.")
    #expect(try journey.bodies.count == 4)
  }

  @Test func `a whole month is marked at once, and Escape lets go`() throws {
    let journey = try four()
    journey.press("C-a")
    journey.see("4 marked")
    journey.press("<esc>")
    journey.seeNot("marked")
    journey.press("d")
    journey.press("<esc>")
    #expect(try journey.bodies.count == 4)
  }

  @Test func `tags are added and taken away by a line`() throws {
    let journey = try four()
    journey.press("v", "v", "#")
    journey.see("Tags for 2")
    journey.type("Roof training")
    journey.see("+roof  +training")
    journey.press("<enter>")
    let ids = try journey.entries.prefix(2).map(\.id)
    for id in ids {
      #expect(
        try journey.store.read { try JournalQueries.tags($0, of: id) } == ["roof", "training"])
    }
    journey.press("g g", "#")
    journey.type("-roof")
    journey.press("<enter>")
    #expect(try journey.store.read { try JournalQueries.tags($0, of: ids[0]) } == ["training"])
    journey.press("#")
    journey.type("tr")
    journey.press("<tab>")
    journey.see("+training")
    journey.press("<esc>")
    journey.see("four")
  }

  @Test func `a filter shows only what fits, also in the next session`() throws {
    let journey = try four()
    journey.press("s", "f")
    journey.type("starred")
    journey.press("<enter>")
    journey.see("Only starred", "four")
    journey.seeNot("three")
    journey.press("1", "q")
    journey.end()
    let next = Journey(after: journey)
    next.press("2")
    next.see("Only starred", "four")
    next.seeNot("three")
    next.press("<esc>")
    next.see("three", "November 2026  4 entries")
  }

  @Test func `the next session opens the screen and the entry of the last`() throws {
    let journey = try four()
    journey.press("j", "j", "q")
    #expect(journey.isDone)
    journey.end()
    let next = Journey(after: journey)
    #expect(next.cursorLine.contains("two"))
  }

  @Test func `going to a day says what it understood`() throws {
    let journey = try four()
    journey.press("t")
    journey.type("-2d")
    journey.see("Wednesday 18 November 2026")
    journey.press("<enter>")
    #expect(journey.cursorLine.contains("two"))
    journey.press("t")
    journey.type("the 45th")
    journey.press("<enter>")
    #expect(journey.cursorLine.contains("two"))
  }

  @Test func `search finds as one types, and Escape goes back`() throws {
    let journey = try four()
    journey.press("/")
    journey.type("thr")
    journey.see("1 hit", "three")
    journey.press("<backspace>", "<backspace>", "<backspace>")
    journey.type("zebra")
    journey.see("Nothing found.")
    journey.press("C-u")
    journey.type("type:note from:2026-11-19")
    journey.see("2 hits")
    journey.press("<down>", "<enter>")
    journey.see("Thursday 19 November 2026")
    journey.press("<esc>", "<esc>")
    #expect(journey.cursorLine.contains("four"))
  }

  @Test(arguments: [
    "\"", "\"\"\"", "(", ")", "AND", "NOT", "NEAR(a b", "a*b*", "tag:", "type:xyz", "from:45",
    "from: to:", "-", "--", "^", "col:a", "'", ";--", "\\", "*", "{x}", "a OR", "#", "@", "#-",
    "\u{0}",
    "\u{202E}abc", "🙂", "👨‍👩‍👧", "é", "日本", "starred starred", "from:9999-12-31 to:0001-01-01",
    String(repeating: "a ", count: 500), String(repeating: "(", count: 500),
  ])
  func `hostile query text never fails`(query: String) throws {
    let journey = try four()
    journey.press("/")
    for character in query.prefix(40) { journey.type(String(character)) }
    journey.paste(query)
    journey.seeNot("refused", "failed")
    journey.see("2 Journal")
    #expect(!journey.isDone)
  }

  @Test func `an older version is taken back from the history`() throws {
    let journey = try Journey { try $0.addNote("first words") }
    journey.press("2", "i")
    journey.type(" and second ones")
    journey.press("<esc>", "h")
    journey.see("2 versions", "now")
    journey.press("r")
    journey.see("this is the text as it stands")
    journey.press("j", "r")
    journey.see("The older text stands again. u undoes")
    #expect(try journey.bodies == ["first words"])
    journey.see("3 versions")
    journey.press("u")
    #expect(try journey.bodies == ["first words and second ones"])
  }

  @Test func `the year moves by days, weeks and years`() throws {
    let journey = try four()
    journey.press("y")
    journey.see(
      "2026: written on 4 days.", "Friday 20 November 2026", "November: 4 of 20, longest run 4.")
    journey.press("k")
    journey.see("Thursday 19 November 2026", "three")
    journey.press("h")
    journey.see("Thursday 12 November 2026")
    journey.press("[")
    journey.see("2025: written on 0 days.", "Wednesday 12 November 2025")
    journey.press("]", "t")
    journey.see("Friday 20 November 2026")
    journey.press("<enter>")
    #expect(journey.cursorLine.contains("four"))
    journey.press("<esc>", "<esc>")
    journey.see("November 2026  4 entries")
  }

  @Test func `the year goes to its ends and no further`() throws {
    let journey = try Journey { store in
      try store.addNote("first", on: "0001-01-03")
      try store.addNote("last", on: "9999-12-30")
    }
    journey.press("2", "y", "l", "]", "j", "j", "j")
    journey.see("Friday 31 December 9999", "written on 1 day.")
    journey.press("<esc>", "G", "y", "h", "[", "k", "k", "k", "k")
    journey.see("Monday 1 January", "written on 1 day.")
  }

  @Test func `a skipped day says why`() throws {
    let journey = try four()
    try journey.store.addNote("zero", on: "2026-11-10")
    journey.press("y", "h", "s")
    journey.see("Skip Fri 13 Nov, because")
    journey.type("sick")
    journey.press("<enter>")
    journey.see("Fri 13 Nov is skipped. u undoes")
    journey.pass(500)
    journey.finishJobs()
    journey.see("Skipped: sick.")
  }

  @Test func `the trash takes back`() throws {
    let journey = try four()
    journey.press("d d", "g x")
    journey.see("Deleted things are kept here.", "1 thing", "four")
    journey.press("<enter>")
    journey.see("Taken back", "The trash is empty.")
    #expect(try journey.bodies == ["four", "three", "two", "one"])
    journey.press("<enter>")
    journey.see("the trash is empty")
    journey.press("<esc>")
    journey.see("November 2026  4 entries")
  }

  @Test func `on this day shows other years`() throws {
    let journey = try Journey { store in
      try store.addNote("a year ago", on: "2025-11-20")
      try store.addNote("today", on: "2026-11-20")
      try store.addNote("another day", on: "2025-11-19")
    }
    journey.press("2", "o")
    journey.see("a year ago", "today")
    journey.seeNot("another day")
  }

  @Test func `text from outside is shown harmlessly`() throws {
    let journey = try Journey {
      try $0.addNote("red\u{1B}[31m \u{7} \u{202E}bidi\u{9B}2J", title: "t\u{1B}]0;x\u{7}")
    }
    journey.press("2")
    journey.pass(100)
    #expect(
      !journey.picture.unicodeScalars.contains {
        $0.value < 32 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E
      })
    journey.press("h", "<esc>", "i")
    #expect(
      !journey.picture.unicodeScalars.contains {
        $0.value < 32 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E
      })
    journey.press("<esc>")
    #expect(try journey.store.undoLabels().undo == "New note")
  }
}
