internal import Features
internal import Kernel
internal import Life
internal import Storage
internal import TUI
internal import TestKit
internal import Testing

@testable internal import Shell

/// The frame around the screens: tabs, palette, help, notices, keys, themes.
struct FrameTests {
  private func some(config: String = "", size: Size = Size(width: 100, height: 30)) throws
    -> Journey
  {
    try Journey(size: size, config: config) { store in
      try store.addNote("Fog over the water", on: "2026-11-18")
      try store.addNote("The roof is dry", on: "2026-11-20")
    }
  }

  @Test func `the default keys do not clash`() {
    let keymap = KeyMap(Shell.allBindings, textContexts: Shell.textContexts)
    #expect(keymap.problems == [])
  }

  @Test func `tabs are chosen by number, once more for the first screen`() throws {
    let journey = try some()
    journey.press("2", "y")
    journey.see("2026: written on")
    journey.press("1", "2")
    journey.see("2026: written on")
    journey.press("2")
    journey.see("November 2026  2 entries")
    journey.press("g T")
    journey.see("week 47")
    journey.press("4")
    journey.see("week 47")
  }

  @Test func `Escape and q lead back, and q out of the first screen ends`() throws {
    let journey = try some()
    journey.press("2", "y", "g x", "<esc>")
    journey.see("2026: written on")
    journey.press("q")
    journey.see("November 2026  2 entries")
    journey.press("<esc>")
    #expect(!journey.isDone)
    journey.press("q")
    #expect(journey.isDone)
  }

  @Test func `the palette runs commands and shows their keys`() throws {
    let journey = try some()
    journey.press("C-p")
    journey.see("Commands, entries, days")
    journey.type("trash")
    journey.see("Trash", "g x")
    journey.press("<enter>")
    journey.see("The trash is empty.")
    journey.press("<esc>", "2", ":")
    journey.type("weekly rev")
    journey.press("<enter>")
    journey.see("Weekly review, ")
  }

  @Test func `the palette finds entries and days`() throws {
    let journey = try some()
    journey.press("C-p")
    journey.type("fog over")
    journey.see("Fog over the water", "18 Nov")
    journey.press("<enter>")
    journey.see("Wednesday 18 November 2026", "Fog over the water")
    journey.press("C-p")
    journey.type("2026-11-18")
    journey.see("the journal at this day")
    journey.press("<enter>")
    #expect(journey.cursorLine.contains("Fog"))
  }

  @Test func `the palette says why a command cannot run`() throws {
    let journey = try Journey()
    journey.press("C-p")
    journey.type("undo")
    journey.press("<enter>")
    journey.see("there is nothing to undo")
    journey.press("<esc>")
    journey.see("week 47")
  }

  @Test func `the help lists what works here, filtered by name and by key`() throws {
    let journey = try some()
    journey.press("2", "?")
    journey.see("Keys", "JOURNAL", "Weekly review")
    journey.type("palette")
    journey.see("Command palette")
    journey.seeNot("Weekly review")
    for _ in 0..<7 { journey.press("<backspace>") }
    journey.type("w")
    let first = journey.lines.firstIndex { $0.contains("Weekly review") }
    let second = journey.lines.firstIndex { $0.contains("New note") }
    #expect(first != nil && (second == nil || first! < second!), "\(journey.picture)")
    journey.press("<enter>")
    journey.see("Weekly review, ")
  }

  @Test func `the help says why a command is not offered`() throws {
    let journey = try Journey()
    journey.press("2", "?")
    journey.type("delete")
    journey.see("there is no entry under the cursor")
    journey.press("<enter>")
    journey.see("! there is no entry under the cursor")
    journey.press("<esc>")
    journey.see("Nothing is written here yet.")
  }

  @Test func `the editor's help shows only keys that work while writing`() throws {
    let journey = try some()
    journey.press("2", "n", "<f1>")
    journey.see("Save and close", "C-x C-s")
    journey.type("undo")
    journey.seeNot(" u ")
    journey.press("<esc>")
    journey.type("u")
    journey.press("<esc>")
    #expect(try journey.entries.first?.title == "u")
  }

  @Test func `after a prefix the keys that may follow are shown, and never block`() throws {
    let journey = try some()
    journey.press("2", "g")
    journey.pass(299)
    journey.seeNot("Messages")
    journey.pass(1)
    journey.see("Messages", "Trash", "g …")
    journey.press("m")
    journey.seeNot("Trash")
    journey.see("Messages")
    journey.press("<esc>", "g", "z")
    journey.see("No command on g z.")
    journey.press("g", "<esc>")
    journey.seeNot("g …")
  }

  @Test func `a notice goes after four seconds and is kept in the messages`() throws {
    let journey = try some()
    journey.press("2", "d d")
    journey.see("1 entry deleted. u undoes")
    journey.pass(3990)
    journey.see("1 entry deleted. u undoes")
    journey.pass(10)
    journey.seeNot("1 entry deleted")
    journey.press("g m")
    journey.see("1 entry deleted. u undoes")
    journey.press("<esc>")
    journey.seeNot("1 entry deleted")
  }

  @Test func `at rest nothing is due`() throws {
    let journey = try some()
    journey.press("2", "j", "u", "g", "<esc>")
    journey.pass(20_000)
    #expect(journey.loop.shell.patience(at: .max / 2) == nil)
    let frames = journey.display.frames.count
    journey.pass(60_000)
    #expect(journey.display.frames.count == frames)
  }

  @Test func `a paste outside of text runs no command`() throws {
    let journey = try some()
    journey.press("2")
    journey.paste("ddxq\nn")
    journey.see("Nothing to paste into here. Open an entry first.")
    #expect(!journey.isDone)
    #expect(try journey.bodies.count == 2)
    journey.press("d")
    journey.paste("d")
    journey.press("d")
    #expect(try journey.bodies.count == 2)
  }

  @Test func `a paste into text is text`() throws {
    let journey = try some()
    journey.press("2", "n", "<enter>")
    journey.paste("q\r\n\u{1B}[31m:wq\n日本")
    journey.press("<esc>")
    let body = try #require(try journey.entries.first?.sections["body"])
    #expect(body.hasPrefix("q\n"))
    #expect(body.hasSuffix(":wq\n日本"))
    #expect(!journey.isDone)
  }

  @Test func `keys of the config replace the default ones`() throws {
    let journey = try some(config: "[keys]\njournal.new = [\"N\", \"g n\"]\napp.trash = \"X\"\n")
    journey.press("2", "n")
    journey.see("November 2026  2 entries")
    journey.press("g n")
    journey.see("Note, Friday 20 November 2026")
    journey.press("<esc>", "X")
    journey.see("The trash is empty.")
    journey.press("<esc>", "?")
    journey.type("new note")
    journey.see("N  g n")
  }

  @Test func `keys that clash or name nothing are told at the start`() throws {
    let journey = try some(config: "[keys]\njournal.new = \"j\"\njournal.nonsense = \"x\"\n")
    journey.see("journal.nonsense", "journal.move.down")
    journey.pass(7900)
    journey.see("journal.nonsense")
    journey.pass(200)
    journey.seeNot("journal.nonsense")
    journey.press("2", "j")
    journey.see("Note, Friday 20 November 2026")
  }

  @Test(arguments: [
    "theme = ", "[keys\nx = 1", "\u{0}\u{1}", "mouse = \"perhaps\"", "nonsense = 1",
  ])
  func `a config that is wrong is told, and the program starts`(config: String) throws {
    let journey = try some(config: config)
    journey.see("Today", "config.toml")
    journey.press("2")
    journey.see("The roof is dry")
  }

  @Test func `the theme picker shows each theme, Escape keeps the old one, Enter the new`() throws {
    let journey = try some()
    let before = journey.theme
    journey.press("T")
    journey.see("Themes", "paper")
    var seen: Set = [journey.theme]
    for _ in 0..<20 {
      journey.press("<down>")
      seen.insert(journey.theme)
    }
    #expect(seen.count >= 7)
    journey.press("<esc>")
    #expect(journey.theme == before)
    journey.press("T")
    journey.type("paper")
    #expect(journey.theme == "paper")
    journey.press("<enter>")
    journey.see("Theme paper, kept in the settings.")
    journey.press("q")
    journey.end()
    #expect(Journey(after: journey).theme == "paper")
  }

  @Test func `the mouse selects, opens, scrolls and clicks tabs and hints`() throws {
    let journey = try some()
    journey.click(12, 0)
    journey.see("November 2026  2 entries")
    let row = try #require(journey.lines.firstIndex { $0.contains("Fog over") })
    journey.click(10, row)
    #expect(journey.cursorLine.contains("Fog over"))
    journey.wheel(.wheelUp)
    #expect(journey.cursorLine.contains("The roof"))
    journey.wheel(.wheelDown)
    #expect(journey.cursorLine.contains("Fog over"))
    journey.pass(100)
    journey.see("Wednesday 18 November 2026")
    journey.click(10, row)
    journey.click(10, row)
    journey.see("Note, Wednesday 18 November 2026")
    journey.press("<esc>")
    let hints = try #require(journey.lines.last)
    let year = try #require(hints.firstRange(of: "y year"))
    journey.click(hints.distance(from: hints.startIndex, to: year.lowerBound), 29)
    journey.see("2026: written on 2 days.")
    journey.press("M")
    #expect(journey.display.frames.last?.mouse == false)
  }

  @Test func `a backup says that it is done`() throws {
    let journey = try some()
    journey.press("g b")
    journey.finishJobs()
    journey.seeNot("Backing up")
    #expect(!Store.backups(in: journey.folder.file("backups")).isEmpty)
    journey.press("g m")
    #expect(journey.picture.lowercased().contains("back"))
  }

  @Test func `what a terminal cannot take on its clipboard is told`() throws {
    let journey = try some()
    journey.press("2", "c")
    #expect(journey.display.copied == ["The roof is dry"])
    journey.display.acceptsCopies = false
    journey.press("c")
    journey.see("This terminal takes no text from here")
  }

  @Test func `suspending saves the draft first`() throws {
    let journey = try some()
    journey.press("2", "n")
    journey.type("in the middle")
    journey.press("C-z")
    #expect(journey.display.stops == 1)
    #expect(try journey.store.drafts().first?.fields["title"] == "in the middle")
    journey.signal(.stop)
    #expect(journey.display.stops == 2)
    journey.see("in the middle")
  }

  @Test func `keys that arrive together meet the screen that the one before has opened`() throws {
    let journey = try some()
    journey.send([.key(.character("2")), .key(.character("i"))])
    journey.see("save and close", "The roof is dry")
    journey.press("<esc>")
    journey.send("dddd".map { .key(.character($0)) })
    #expect(try journey.bodies == [])
  }

  @Test func `a key and a change that arrive together are both shown`() throws {
    let journey = try some()
    journey.press("2")
    journey.send([.key(.character("j")), .changed([]), .focused(false)])
    #expect(journey.cursorLine.contains("Fog over"))
  }
}
