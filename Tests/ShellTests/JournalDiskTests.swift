internal import Features
internal import GRDB
internal import Kernel
internal import Storage
internal import TUI
internal import Testing

@testable internal import Shell

/// A disk that is full: what was typed stays on the screen until it can be kept.
struct JournalDiskTests {
  private func fill(_ store: Store) throws {
    try store.read { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages)")
    }
  }

  private func makeRoom(_ store: Store) throws {
    try store.read { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
  }

  @Test(arguments: ["<esc>", "C-q", "M-2"])
  func `nothing that is typed is lost to a full disk`(key: String) throws {
    let journey = try Journey { try $0.addNote("before") }
    journey.press("2", "n", "<enter>")
    let text = String(repeating: "many words that need room. ", count: 4000)
    try fill(journey.store)
    journey.paste(text)
    journey.pass(1000)
    journey.see("disk is full")
    journey.press(key)
    journey.see("many words that need room", "disk is full")
    try makeRoom(journey.store)
    journey.press("<esc>")
    journey.see("Saved.")
    #expect(try journey.bodies.contains(text))
  }

  @Test func `what comes back from the person's own editor is not lost to a full disk`() throws {
    let journey = try Journey { try $0.addNote("before") }
    journey.press("2")
    try fill(journey.store)
    journey.edits { $0 + String(repeating: "many words that need room. ", count: 4000) }
    journey.press("E")
    journey.see("disk is full", "many words that need room")
    try makeRoom(journey.store)
    journey.press("<esc>")
    #expect(try journey.bodies.first?.count ?? 0 > 100_000)
  }
}
