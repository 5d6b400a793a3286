internal import Features
internal import Kernel
internal import Life
internal import Storage
internal import TUI
internal import Testing

@testable internal import Shell

/// Writing, as a person at the keyboard meets it.
struct JournalWritingTests {
  @Test func `the program opens on Today`() throws {
    let journey = try Journey()
    journey.see("1 Today  2 Journal", "NOW", "Good", "Morning pages", "Fri 20 Nov")
    journey.press("2")
    journey.see("Nothing is written here yet.", "n   writes a note")
  }

  @Test func `a note is written, and the cursor stands on it`() throws {
    let journey = try Journey { try $0.addNote("of another day", on: "2026-11-21") }
    journey.press("2", "n")
    journey.type("Fog\nOver the water, and a heron.")
    journey.press("<esc>")
    journey.see("Saved. u undoes")
    #expect(journey.cursorLine.contains("Fog"))
    let entry = try #require(try journey.entries.last)
    #expect(entry.title == "Fog")
    #expect(entry.sections == ["body": "Over the water, and a heron."])
    #expect(entry.type == .note)
    #expect(try journey.store.drafts() == [])
  }

  @Test func `an empty new note leaves nothing`() throws {
    let journey = try Journey()
    journey.press("2", "n")
    journey.type("  \n \n")
    journey.pass(1000)
    journey.press("<esc>")
    #expect(try journey.entries == [])
    #expect(try journey.store.drafts() == [])
    #expect(try journey.store.undoLabels().undo == nil)
    journey.see("Nothing is written here yet.")
  }

  @Test(arguments: [("m", "Morning Pages"), ("e", "Daily Reflection"), ("w", "Weekly Review")])
  func `a structured type opens the entry that the day has already`(
    key: String, title: String
  ) throws {
    let journey = try Journey()
    journey.press("2", key)
    journey.type("first words")
    journey.press("<esc>")
    journey.press(key)
    journey.see("first words")
    journey.type(", and more")
    journey.press("<esc>")
    let entries = try journey.entries
    #expect(entries.count == 1)
    let texts = entries.first?.sections.values.sorted().joined(separator: "|")
    #expect(texts?.contains("first words") == true)
    #expect(texts?.contains(", and more") == true)
  }

  @Test func `the sections of a reflection are reached by Tab and by the arrows`() throws {
    let journey = try Journey()
    journey.press("2", "e")
    journey.type("bread")
    journey.press("<tab>")
    journey.type("less mail")
    journey.press("<down>")
    journey.type("the gate")
    journey.press("<S-tab>", "<S-tab>")
    journey.type(" and butter")
    journey.press("<esc>")
    #expect(
      try journey.entries.first?.sections == [
        "went_well": "bread and butter", "to_improve": "less mail", "grateful_for": "the gate",
      ])
  }

  @Test func `undo and redo say what they did`() throws {
    let journey = try Journey { try $0.addNote("an old one", on: "2026-11-19") }
    journey.press("2", "n")
    journey.type("Title\nbody")
    journey.press("<esc>", "u")
    journey.see("Undone: New note. U redoes it")
    #expect(try journey.bodies == ["an old one"])
    journey.press("U")
    journey.see("Done again: New note. u undoes it")
    #expect(try journey.bodies == ["body", "an old one"])
    journey.press("U")
    journey.see("nothing was undone last")
  }

  @Test func `undo works in the next session`() throws {
    let first = try Journey()
    first.press("2", "n")
    first.type("T\nbody")
    first.press("<esc>", "q")
    #expect(first.isDone)
    first.end()
    let second = Journey(after: first)
    second.press("u")
    second.see("Undone: New note.")
    #expect(try second.entries == [])
  }

  @Test func `what was typed is on disk when the fingers rest`() throws {
    let journey = try Journey()
    journey.press("2", "n")
    journey.type("T\nhalf a sent")
    journey.see("typing")
    journey.pass(499)
    #expect(try journey.store.drafts() == [])
    journey.pass(1)
    journey.see("draft kept")
    #expect(try journey.store.drafts().first?.fields["section.body"] == "half a sent")
  }

  @Test func `who types without a pause has a draft within a second`() throws {
    let journey = try Journey()
    journey.press("2", "n", "<enter>")
    for _ in 0..<10 {
      journey.type("a")
      journey.pass(95)
    }
    let draft = try #require(try journey.store.drafts().first)
    #expect(draft.fields["section.body"]?.count ?? 0 >= 7)
  }

  @Test func `after a crash every word of the draft is on the screen`() throws {
    let first = try Journey()
    first.press("2", "e")
    first.type("the roof is dr")
    first.press("<tab>")
    first.type("sleep 🙂 earlier")
    first.pass(600)
    let second = Journey(after: first)  // the first one never ended
    second.see("Here is what you were writing", "the roof is dr", "sleep 🙂 earlier")
    second.press("<esc>")
    #expect(
      try second.entries.first?.sections == [
        "went_well": "the roof is dr", "to_improve": "sleep 🙂 earlier",
      ])
    #expect(try second.store.drafts() == [])
  }

  @Test func `what a session says at its start stays for four seconds`() throws {
    let first = try Journey()
    first.press("2", "n")
    first.type("x")
    first.pass(600)
    let second = Journey(after: first)
    second.pass(3900)
    second.see("Here is what you were writing")
    second.pass(200)
    second.seeNot("Here is what you were writing")
  }

  @Test(arguments: [Signal.hangUp, .terminate, .interrupt])
  func `a signal in mid-sentence keeps the draft`(signal: Signal) throws {
    let first = try Journey()
    first.press("2", "n", "<enter>")
    first.type("not a pau")
    first.signal(signal)
    #expect(first.isDone)
    first.end()
    let second = Journey(after: first)
    second.see("not a pau")
    second.type("se")
    second.press("<esc>")
    #expect(try second.bodies == ["not a pause"])
  }

  @Test func `drafts of several entries wait on Today`() throws {
    let first = try Journey()
    first.press("2", "n")
    first.type("one draft")
    first.press("M-1", "n")
    first.type("another draft")
    first.press("C-q")
    first.see("UNFINISHED", "one draft", "another draft")
    first.press("q")
    first.end()
    let second = Journey(after: first)
    second.see("another draft")
    second.press("<esc>", "1")
    second.see("one draft")
    #expect(try second.store.drafts().count == 1)
  }

  @Test func `discarding asks, and the safe answer is chosen already`() throws {
    let journey = try Journey { try $0.addNote("as it was") }
    journey.press("2", "i")
    journey.type(" XYZ")
    journey.pass(600)
    journey.press("C-x k")
    journey.see("Throw away what you wrote since the last save?")
    journey.press("<enter>")
    journey.see("as it was XYZ")
    journey.press("C-x k", "d")
    journey.see("Discarded.")
    #expect(try journey.bodies == ["as it was"])
    #expect(try journey.store.drafts() == [])
  }

  @Test func `star, mood, tags and date are set while writing`() throws {
    let journey = try Journey()
    journey.press("2", "n")
    journey.type("T\nbody")
    journey.press("C-x s", "C-x m")
    journey.type("good")
    journey.press("<enter>", "C-x t")
    journey.type("Roof training")
    journey.press("<enter>", "C-x d")
    journey.type("")
    for _ in 0..<10 { journey.press("<backspace>") }
    journey.type("yesterday")
    journey.see("Thursday 19 November 2026")
    journey.press("<enter>", "<esc>")
    let entry = try #require(try journey.entries.first)
    #expect(entry.isStarred)
    #expect(entry.mood == 4)
    #expect(entry.day == Day("2026-11-19"))
    #expect(entry.sections["body"] == "body")
    let tags = try journey.store.read { try JournalQueries.tags($0, of: entry.id) }
    #expect(tags == ["roof", "training"])
  }
}
