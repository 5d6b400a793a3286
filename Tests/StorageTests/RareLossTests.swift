internal import GRDB
internal import Kernel
internal import SQL
internal import Testing

@testable internal import Storage

/// Losses that took several faults at once: the simulator found them.
struct RareLossTests {
  let host: Host
  let a: Machine

  init() throws {
    host = try Host()
    a = try Machine(host, seed: 1)
  }

  private func setRole(_ role: String) throws {
    try host.queue.write { try $0.run("UPDATE member SET role = ?", [.text(role)]) }
  }

  private func titles(seed: UInt64) throws -> [String?] {
    let other = try Machine(host, seed: seed)
    #expect(try other.sync() == .atHead)
    return try other.store.pages().map(\.title).sorted { $0 ?? "" < $1 ?? "" }
  }

  @Test func `what a reader cannot give back stays due until he may write`() throws {
    let backup = try host.backup()
    try a.store.add("Kept")
    try a.sync()
    host.queue = backup
    try setRole("reader")
    #expect(try a.sync() == .atHead)
    #expect(try host.log().isEmpty)
    try setRole("owner")
    #expect(try a.sync() == .atHead)
    #expect(try titles(seed: 2) == ["Kept"])
  }

  @Test func `a refused edit that is sent again leaves its row deleted`() throws {
    let id = try a.store.add("Page")
    try a.sync()
    try setRole("reader")
    try a.store.edit(id) { $0.title = "Edited" }
    try a.sync()
    let refused = try #require(try a.store.quarantine().first)
    try setRole("owner")
    try a.store.write("Delete") { edit in _ = try edit.delete(Page.kind, id: id) }
    try a.sync()
    try a.store.retry(quarantined: refused.op.id)
    #expect(try a.store.page(id) == nil)
    #expect(try a.sync() == .atHead)
    #expect(try titles(seed: 2) == [])
    #expect(
      try a.store.versions(of: Page.kind, id: id, field: "title").first?.value == .text("Edited"))
  }

  @Test func `a snapshot does not hide that the server has lost what it acknowledged`() throws {
    let b = try Machine(host, seed: 2)
    let id = try b.store.add("One")
    for title in ["Two", "Three"] { try b.store.add(title) }
    try b.sync()
    let backup = try host.backup()
    a.store.memory.longHistory = 0
    try a.store.write("Mine") { edit in _ = try edit.save(Page(id: id, title: "Mine")) }
    try a.exchange(want: 1)
    #expect(try a.store.snapshotStart(host.space) != nil)
    #expect(try a.store.waitingOperations() == 0)
    host.queue = backup
    host.hours.pass(1000)
    // The registers tell nothing any more: later values stand there.
    for (number, title) in ["Later", "Latest"].enumerated() {
      try b.store.edit(id) {
        $0.title = title
        $0.day = Day(number: 20_001 + number)
      }
    }
    try b.sync()
    #expect(try a.sync() == .atHead)
    #expect(try host.log().contains { $0.op.fields["title"] == .text("Mine") })
    #expect(try b.sync() == .atHead)
    #expect(
      try b.store.versions(of: Page.kind, id: id, field: "title").map(\.value).contains(
        .text("Mine")))
  }
}
