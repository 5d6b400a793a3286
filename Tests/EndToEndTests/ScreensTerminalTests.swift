import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// The program as a citizen of its terminal, beside other programs.
struct ScreensTerminalTests {
  private let journey = ScreensJourney()

  @Test func `an entry that another program adds appears on the open list by itself`() async throws
  {
    try await journey.program("journal", "add", "the first one")
    let terminal = try await journey.open()
    try await terminal.wait(for: "1 Today")
    try await terminal.send("2")
    try await terminal.wait(for: "the first one")
    try await journey.program("journal", "add", "from the command line")
    try await terminal.wait(for: "from the command line")
    try await journey.program("undo")
    try await terminal.wait(untilGone: "from the command line")
  }

  @Test func `two programs write in the same entry, and nothing is lost`() async throws {
    let id = try await journey.program("journal", "add", "--title", "Old title", "the body").text
    let terminal = try await journey.open()
    try await terminal.wait(for: "1 Today")
    try await terminal.send("2")
    try await terminal.wait(for: "Old title")
    try await terminal.send("i")
    try await terminal.wait(for: "save and close")
    try await terminal.send(" goes on")
    try await terminal.wait(for: "the body goes on")
    let edited = try await journey.program("journal", "edit", id, "--title", "New title")
    #expect(edited.code == 0, "\(edited)")
    try await terminal.press(.escape)
    try await terminal.wait(for: "Saved.")
    let shown = try await journey.program("journal", "show", id).output
    #expect(shown.contains("New title"), "\(shown)")
    #expect(shown.contains("the body goes on"), "\(shown)")
  }

  @Test func `a text goes to the person's own editor and comes back`() async throws {
    try await journey.program("journal", "add", "before the editor")
    let editor = try journey.script("echo 'and after it' >> \"$1\"")
    let terminal = try await journey.open(["EDITOR": editor])
    try await terminal.wait(for: "1 Today")
    try await terminal.send("2E")
    try await terminal.wait(for: "Saved.")
    try await terminal.wait(for: "and after it")
    #expect(try await terminal.grid().isAlternate)
    try await terminal.send("i")
    try await terminal.wait(for: "save and close")
    try await terminal.send("\u{18}e")
    try await terminal.wait(for: "two of them") { grid in
      grid.lines.filter { $0.contains("and after it") }.count == 2
    }
    try await terminal.press(.escape)
    try await terminal.wait(for: "Saved.")
    #expect(
      try await journey.bodies()[0].components(separatedBy: "and after it").count == 3)
  }

  @Test func `an editor that fails, or is not there, changes nothing and says so`() async throws {
    try await journey.program("journal", "add", "as it was")
    for editor in [try journey.script("echo ruin > \"$1\"; exit 3"), "/nonexistent/editor"] {
      let terminal = try await journey.open(["EDITOR": editor])
      try await terminal.wait(for: "1 Today")
      try await terminal.send("2")
      try await terminal.wait(for: "as it was")
      try await terminal.send("E")
      try await terminal.wait(for: "×")
      #expect(try await terminal.grid().contains("as it was"))
      try await terminal.send("q")
      #expect(try await terminal.exitCode() == 0)
    }
    #expect(try await journey.bodies().joined().contains("as it was"))
  }

  @Test func `the shell takes over at Ctrl-Z and gives back at fg`() async throws {
    let terminal = try VirtualTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], rows: 30, columns: 100,
      environment: journey.program.environment(["PS1": "shell> ", "TERM": "xterm-256color"]))
    try await terminal.wait(for: "shell>")
    try await terminal.send(builtProduct("lifeos") + "\r")
    try await terminal.wait(for: "1 Today")
    try await terminal.send("n")
    try await terminal.wait(for: "Title")
    try await terminal.send("in the middle of it")
    try await terminal.wait(for: "in the middle of it")
    try await terminal.send("\u{1A}")
    try await terminal.wait(for: "Stopped")
    #expect(try await !terminal.grid().isAlternate)
    try await terminal.send("fg\r")
    try await terminal.wait(for: "in the middle of it")
    #expect(try await terminal.grid().isAlternate)
    try await terminal.send(", still")
    try await terminal.wait(for: "in the middle of it, still")
    try await terminal.press(.escape)
    try await terminal.wait(for: "Saved.")
    try await terminal.send("q")
    try await terminal.wait(for: "the main screen") { !$0.isAlternate }
    try await terminal.send("echo 'back'$?\r")
    try await terminal.wait(for: "back0")
  }

  @Test func `every size is taken while writing`() async throws {
    let terminal = try await journey.writing("words that stay")
    for (rows, columns) in [(12, 40), (1, 1), (2, 3), (60, 200), (5, 20), (30, 100)] {
      try await terminal.resize(rows: rows, columns: columns)
      try await terminal.send("\u{c}")
      if rows >= 12 { try await terminal.wait(for: "words that stay") }
    }
    try await terminal.send(".")
    try await terminal.wait(for: "words that stay.")
    try await terminal.press(.f1)
    try await terminal.wait(for: "type a name or a key")
    try await terminal.resize(rows: 1, columns: 1)
    try await terminal.send("\u{c}")
    try await terminal.resize(rows: 30, columns: 100)
    try await terminal.wait(for: "type a name or a key")
    try await terminal.press(.escape)
    try await terminal.wait(untilGone: "type a name or a key")
    try await terminal.press(.escape)
    try await terminal.wait(for: "Saved.")
    try await terminal.send("qq")
    #expect(try await terminal.exitCode() == 0)
  }

  @Test(arguments: ["dumb", ""])
  func `a terminal without abilities gets a message`(term: String) async throws {
    let terminal = try await journey.open(["TERM": term])
    #expect(try await terminal.exitCode() == 1)
    let grid = try await terminal.grid()
    #expect(grid.contains("lifeos --help") || grid.contains("TERM="), "\(grid)")
    #expect(try await terminal.isCooked())
  }

  @Test func `the mouse selects and the wheel scrolls`() async throws {
    for day in 10...19 {
      try await journey.program(
        "journal", "add", "--date", "2026-11-\(day)", "entry of the \(day)th")
    }
    let terminal = try await journey.open()
    let today = try await terminal.wait(for: "2 Journal")
    let tab = try #require(today.line(0).firstRange(of: "2 Journal"))
    let x = today.line(0).distance(from: today.line(0).startIndex, to: tab.lowerBound)
    try await terminal.mouse(0, x: x + 3, y: 0)
    try await terminal.mouse(0, x: x + 3, y: 0, released: true)
    let list = try await terminal.wait(for: "November 2026  10 entries")
    let row = try #require(list.row(of: "entry of the 14th"))
    try await terminal.mouse(0, x: 12, y: row)
    try await terminal.wait(for: "the entry beside the list") { grid in
      grid.lines.contains { $0.contains("Saturday 14 November 2026") }
    }
    try await terminal.mouse(65, x: 12, y: row)
    try await terminal.wait(for: "Wednesday 11 November 2026")
    try await terminal.mouse(64, x: 12, y: row)
    try await terminal.wait(for: "Saturday 14 November 2026")
  }

  @Test func `no byte of a text reaches the terminal as a command`() async throws {
    let evil =
      "start \u{1B}[31mred\u{1B}]0;pwned\u{7} \u{9B}2Jcleared\u{9D}52;c;aGk=\u{9C} \u{202E}bidi \u{8}\u{8}back end"
    try await journey.program(
      "journal", "add", "--date", "2026-11-19", "--title", "T \u{1B}[2J\u{7}", evil)
    try await journey.program(
      "journal", "add", "-", input: "line\rover\u{B}\u{C}\u{E}text\u{1B}Pq\u{1B}\\")
    let terminal = try await journey.open()
    try await terminal.wait(for: "1 Today")
    try await terminal.send("2")
    try await terminal.wait(for: "over")
    try await terminal.send("j")
    try await terminal.wait(for: "red")
    for keys in ["i", "\u{1B}[27u", "h", "\u{1B}[27u", "/", "red", "\u{1B}[27u", "q"] {
      try await terminal.send(keys)
    }
    #expect(try await terminal.exitCode() == 0)
    let bytes = try await terminal.bytes()
    let allowed: Set<UInt8> = [0x07, 0x08, 0x09, 0x0A, 0x0D, 0x1B]
    #expect(Set(bytes.filter { $0 < 0x20 || $0 == 0x7F }).subtracting(allowed) == [])
    for token in ["\u{1B}]0;pwned", "\u{1B}]52", "\u{9B}", "\u{9D}", "\u{1B}P", "\u{202E}"] {
      #expect(bytes.firstRange(of: Array(token.utf8)) == nil, "\(token.debugDescription)")
    }
    // Bells only end the titles that we set.
    let titles = bytes.split(separator: 0x07).dropLast().allSatisfy { part in
      Array(part).firstRange(of: Array("\u{1B}]".utf8)) != nil
    }
    #expect(titles)
    try await journey.expectRestored(terminal)
  }
}
