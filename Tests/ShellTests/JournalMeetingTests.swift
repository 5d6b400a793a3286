internal import Features
internal import Foundation
internal import Kernel
internal import Life
internal import Storage
internal import TUI
internal import Testing

@testable internal import Shell

/// An entry that is changed elsewhere while it stands in the editor.
struct JournalMeetingTests {
  private func change(
    _ journey: Journey, _ body: (inout JournalEntry) -> Void
  ) throws {
    var entry = try #require(try journey.entries.first)
    body(&entry)
    try JournalWriting.save(entry, in: journey.store)
  }

  @Test func `fields that were not touched here keep what others wrote`() throws {
    let journey = try Journey { try $0.addNote("mine", title: "Title") }
    journey.press("2", "i")
    journey.type(" and more")
    try change(journey) {
      $0.isStarred = true
      $0.title = "Other title"
    }
    journey.press("<esc>")
    let entry = try #require(try journey.entries.first)
    #expect(entry.sections["body"] == "mine and more")
    #expect(entry.title == "Other title")
    #expect(entry.isStarred)
    journey.see("Saved. u undoes")
  }

  @Test func `where both wrote, it tells, and the other text is in the history`() throws {
    let journey = try Journey { try $0.addNote("mine") }
    journey.press("2", "i")
    journey.type(" and more")
    try change(journey) { $0.sections["body"] = "theirs entirely" }
    journey.press("<esc>")
    #expect(try journey.bodies == ["mine and more"])
    journey.see("It was changed elsewhere meanwhile: that text is in the history.")
    journey.press("h")
    journey.see("3 versions", "theirs entirely")
  }

  @Test func `a page that is only looked at follows changes from elsewhere`() throws {
    let journey = try Journey { try $0.addNote("before") }
    journey.press("2", "i")
    try change(journey) { $0.sections["body"] = "after" }
    journey.send([])
    journey.see("after")
    journey.type(", and mine")
    journey.press("<esc>")
    #expect(try journey.bodies == ["after, and mine"])
    journey.see("Saved. u undoes")
  }

  @Test func `a day's page that another program began meanwhile is not lost`() throws {
    let journey = try Journey()
    journey.press("2", "m")
    journey.type("mine")
    try JournalWriting.add(
      .init(type: .morning, day: try #require(Day("2026-11-20")), sections: ["body": "theirs"]),
      in: journey.store)
    journey.press("<esc>")
    #expect(try journey.bodies == ["mine"])
    journey.see("It was changed elsewhere meanwhile")
    journey.press("h")
    journey.see("theirs")
  }

  @Test func `an entry deleted elsewhere meanwhile lives on with what was typed`() throws {
    let journey = try Journey { try $0.addNote("here") }
    journey.press("2", "i")
    try JournalWriting.delete(try journey.entries.map(\.id), in: journey.store)
    journey.type(", still")
    journey.press("<esc>")
    #expect(try journey.bodies == ["here, still"])
  }

  @Test func `an entry deleted elsewhere and not touched here stays deleted`() throws {
    let journey = try Journey { try $0.addNote("here") }
    journey.press("2", "i")
    try JournalWriting.delete(try journey.entries.map(\.id), in: journey.store)
    journey.press("<esc>")
    #expect(try journey.entries == [])
  }

  @Test func `a draft of before a change from elsewhere tells what it overwrote`() throws {
    let first = try Journey { try $0.addNote("base", title: "Title") }
    first.press("2", "i")
    first.type(" and mine")
    first.pass(600)
    try change(first) {
      $0.sections["body"] = "theirs"
      $0.title = "Their title"
    }
    let second = Journey(after: first)
    second.see("base and mine")
    second.press("<esc>")
    second.see("It was changed elsewhere meanwhile")
    let entry = try #require(try second.entries.first)
    #expect(entry.title == "Their title")
    #expect(entry.sections["body"] == "base and mine")
  }

  @Test func `the other editor of the same page goes on with what was saved`() throws {
    let journey = try Journey()
    journey.press("2", "m")
    journey.type("one")
    journey.press("M-1")
    journey.press("g g", "<enter>")
    journey.see("one")
    journey.type(" two")
    journey.press("<esc>", "2")
    journey.see("one two")
    journey.type(" three")
    journey.press("<esc>")
    #expect(try journey.bodies == ["one two three"])
  }

  @Test func `an entry from another program appears on the open list`() throws {
    let journey = try Journey { try $0.addNote("first") }
    journey.press("2")
    try journey.store.addNote("from elsewhere")
    journey.send([])
    journey.see("from elsewhere", "first")
    #expect(journey.cursorLine.contains("first"))
  }

  @Test func `the person's own editor gives back what it saved`() throws {
    let journey = try Journey { try $0.addNote("draft one") }
    journey.press("2")
    journey.edits { $0.replacingOccurrences(of: "one", with: "two") }
    journey.press("E")
    #expect(try journey.bodies == ["draft two"])
    journey.see("Saved. u undoes", "draft two")
    journey.press("i", "C-x e")
    journey.edits { $0 + "three" }
    journey.press("C-x e", "<esc>")
    #expect(try journey.bodies.first?.contains("three") == true)
  }

  @Test func `what others changed while the person's own editor was open stays`() throws {
    let journey = try Journey { try $0.addNote("text", title: "T") }
    journey.press("2")
    let (store, id) = (journey.store, try #require(try journey.entries.first?.id))
    journey.edits { text in
      try JournalWriting.star([id], true, in: store)
      return text + "more"
    }
    journey.press("E")
    let entry = try #require(try journey.entries.first)
    #expect(entry.isStarred)
    #expect(entry.sections["body"]?.contains("more") == true)
  }

  @Test func `an editor that fails changes nothing and says so`() throws {
    let journey = try Journey { try $0.addNote("kept") }
    journey.press("2")
    journey.edits { _ in throw Failure(.failed, "the editor ended with 1") }
    journey.press("E")
    journey.see("the editor ended with 1")
    journey.edits { $0 }
    journey.press("E")
    journey.see("Nothing was changed in the editor.")
    #expect(try journey.bodies == ["kept"])
  }

  @Test func `an unsaved draft goes along to the person's own editor`() throws {
    let journey = try Journey { try $0.addNote("saved") }
    journey.press("2", "i")
    journey.type(" and typed")
    journey.press("C-q")
    journey.edits { $0.uppercased() }
    journey.press("E")
    #expect(try journey.bodies == ["SAVED AND TYPED"])
    #expect(try journey.store.drafts() == [])
  }
}
