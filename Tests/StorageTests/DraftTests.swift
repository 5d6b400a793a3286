internal import Kernel
internal import TestKit
internal import Testing

@testable internal import Storage

@Suite struct DraftTests {
  let store: Store
  init() throws { store = try .ofPages() }

  func draft(_ text: String) -> Draft {
    Draft(
      target: store.world.newID(), kind: Page.kind, fields: ["body": text, "title": ""],
      savedAt: store.world.now())
  }

  @Test func `a draft comes back as it was typed, and is no write`() throws {
    var one = draft("a\0b \u{FFFF} e\u{301} 👩‍👩‍👧‍👦 \r\n\u{202E}")
    try store.save(one)
    #expect(try store.draft(of: one.target) == one)
    one.fields = ["body": ""]
    try store.save(one)
    let two = draft("two")
    try store.save(two)
    #expect(try store.drafts() == [two, one])
    try store.discardDraft(of: one.target)
    try store.discardDraft(of: one.target)
    #expect(try store.draft(of: one.target) == nil)
    #expect(try store.drafts() == [two])
    #expect(try store.count("SELECT count(*) FROM sync_outbox") == 0)
    #expect(try store.undoLabels() == (nil, nil))
  }

  @Test func `a draft of ten megabytes comes back`() throws {
    let large = draft(String(repeating: "0123456789", count: 1_000_000))
    try store.save(large)
    #expect(try store.draft(of: large.target) == large)
  }

  @Test func `notes are kept, changed and forgotten`() throws {
    #expect(try store.note("session") == nil)
    try store.setNote("session", to: "journal")
    try store.setNote("session", to: "today")
    #expect(try store.note("session") == "today")
    try store.setNote("session", to: nil)
    #expect(try store.note("session") == nil)
  }
}
