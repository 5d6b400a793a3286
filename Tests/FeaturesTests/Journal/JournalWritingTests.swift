internal import Kernel
internal import Life
internal import Storage
internal import TestKit
internal import Testing

@testable internal import Features

struct JournalWritingTests {
  @Test func `a note is written with the tags of its text and its own`() throws {
    let store = try journalStore()
    let id = try store.jot("at @home, about #Work", tags: ["#Sea"])
    #expect(try store.tags(id) == ["home", "sea", "work"])
    #expect(try store.undoLabels().undo == "New note")
    _ = try store.undo()
    #expect(try store.entry(id) == nil)
    #expect(try store.tags(id) == [])
  }

  @Test func `an empty addition is refused`() throws {
    let store = try journalStore()
    #expect(throws: JournalError.empty) { try store.jot("  \n") }
  }

  @Test func `a structured day that has its entry gets the text added`() throws {
    let store = try journalStore()
    func reflect(_ sections: [String: String], mood: Int? = nil) throws -> JournalWriting.Added {
      try JournalWriting.add(
        JournalWriting.Addition(
          type: .reflection, day: day("2026-11-20"), sections: sections, mood: mood), in: store)
    }
    let first = try reflect(["went_well": "A walk."])
    let second = try reflect(["went_well": "Tea.", "grateful_for": "Rain."], mood: 4)
    #expect(first.id == second.id && !first.isAppended && second.isAppended)
    let entry = try #require(try store.entry(first.id))
    #expect(entry.sections == ["went_well": "A walk.\n\nTea.", "grateful_for": "Rain."])
    #expect(entry.mood == 4)
    #expect(try store.rows().count == 1)
  }

  @Test func `a review belongs to its week whatever the day`() throws {
    let store = try journalStore()
    func review(_ text: String) throws -> EntryID {
      try JournalWriting.add(
        JournalWriting.Addition(type: .review, day: day(text), sections: ["learnings": text]),
        in: store
      ).id
    }
    #expect(try review("2026-11-16") == review("2026-11-22"))
    #expect(try review("2026-11-23") != review("2026-11-22"))
  }

  @Test func `tags that came from the text leave with it, others stay`() throws {
    let store = try journalStore()
    let id = try store.jot("about #work", tags: ["sea"])
    var entry = try #require(try store.entry(id))
    entry.sections["body"] = "about #play"
    try JournalWriting.save(entry, in: store)
    #expect(try store.tags(id) == ["play", "sea"])
    try JournalWriting.save(entry, tags: [], in: store)
    #expect(try store.tags(id) == ["play"])
    #expect(try !JournalWriting.save(entry, tags: [], in: store))
  }

  @Test func `deleting takes the tags along, and restoring brings back just those`() throws {
    let store = try journalStore()
    let id = try store.jot("x", tags: ["kept", "dropped"])
    try JournalWriting.tag([id], adding: [], removing: ["dropped"], in: store)
    #expect(try JournalWriting.delete([id, EntryID(high: 1, low: 1)], in: store) == 1)
    #expect(try store.rows().isEmpty)
    #expect(try store.read { try JournalQueries.allTags($0) }.isEmpty)
    #expect(try JournalWriting.restore([id], in: store) == 1)
    #expect(try store.tags(id) == ["kept"])
    #expect(try JournalWriting.restore([id], in: store) == 0)
  }

  @Test func `one undo brings twelve deleted entries back`() throws {
    let store = try journalStore()
    let ids = try (0..<12).map { try store.jot("note \($0)", tags: ["t"]) }
    try JournalWriting.delete(ids, in: store)
    #expect(try store.undoLabels().undo == "Delete 12 entries")
    _ = try store.undo()
    #expect(try store.rows().count == 12)
    #expect(try store.tags(ids[3]) == ["t"])
  }

  @Test func `a tag in the text can't be taken away from outside`() throws {
    let store = try journalStore()
    let ids = [try store.jot("about #work"), try store.jot("y", tags: ["work"])]
    #expect(try JournalWriting.tag(ids, adding: ["New York"], removing: ["work"], in: store) == 2)
    #expect(try store.tags(ids[0]) == ["new-york", "work"])
    #expect(try store.tags(ids[1]) == ["new-york"])
    #expect(throws: JournalError.noTag("!!")) {
      try JournalWriting.tag(ids, adding: ["!!"], in: store)
    }
  }

  @Test func `stars come and go for many at once`() throws {
    let store = try journalStore()
    let ids = [try store.jot("a"), try store.jot("b", isStarred: true)]
    #expect(try JournalWriting.star(ids, true, in: store) == 1)
    #expect(try store.rows(JournalFilter(isStarred: true)).count == 2)
    #expect(try JournalWriting.star(ids, false, in: store) == 2)
  }

  @Test func `a note moves to any day under its own id`() throws {
    let store = try journalStore()
    let id = try store.jot("x")
    #expect(try JournalWriting.setDay(day("2026-01-01"), of: id, in: store) == id)
    #expect(try store.entry(id)?.day == day("2026-01-01"))
  }

  @Test func `a structured entry moves to a free day and is refused on a taken one`() throws {
    let store = try journalStore()
    func pages(_ text: String) throws -> EntryID {
      try JournalWriting.add(
        JournalWriting.Addition(
          type: .morning, day: day(text), sections: ["body": text], tags: ["t"]), in: store
      ).id
    }
    let (first, second) = (try pages("2026-11-19"), try pages("2026-11-20"))
    let entry = try #require(try store.entry(first))
    #expect(throws: JournalError.taken(type: .morning, day: day("2026-11-20"), by: second)) {
      try JournalWriting.setDay(day("2026-11-20"), of: first, in: store)
    }
    let refusal = try JournalWriting.refusal(moving: entry, to: day("2026-11-20"), in: store)
    #expect(refusal?.contains("morning pages") == true)
    #expect(try JournalWriting.refusal(moving: entry, to: day("2026-11-18"), in: store) == nil)
    let moved = try JournalWriting.setDay(day("2026-11-18"), of: first, in: store)
    #expect(moved != first)
    #expect(try store.entry(first) == nil)
    #expect(try store.entry(moved)?.sections == ["body": "2026-11-19"])
    #expect(try store.tags(moved) == ["t"])
    _ = try store.undo()
    #expect(try store.entry(first)?.sections == ["body": "2026-11-19"])
    #expect(throws: JournalError.notFound(moved)) {
      try JournalWriting.setDay(day("2026-11-18"), of: moved, in: store)
    }
  }

  @Test func `a NUL in the text becomes a replacement character`() throws {
    let store = try journalStore()
    let id = try store.jot("a\0b", title: "t\0")
    #expect(try store.entry(id)?.sections["body"] == "a\u{FFFD}b")
    #expect(try store.entry(id)?.title == "t\u{FFFD}")
  }

  @Test func `prompts are added, reworded and given back their words`() throws {
    let store = try journalStore()
    func offered() throws -> [OfferedPrompt] {
      JournalPrompts.offered(own: try store.read { try JournalQueries.prompts($0) })
    }
    let builtIn = try #require(try offered().first)
    let id = try JournalWriting.save(prompt: builtIn, text: "In my words?", in: store)
    #expect(try offered().first?.text == "In my words?")
    try JournalWriting.delete(prompt: id, in: store)
    #expect(try offered().first?.text == builtIn.text)
  }
}
