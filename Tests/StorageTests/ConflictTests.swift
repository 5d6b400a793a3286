internal import GRDB
internal import Kernel
internal import Ledger
internal import TestKit
internal import Testing

@testable internal import Storage

/// Texts that were overwritten unseen, and operations that the server refuses.
@Suite struct ConflictTests {
  let host: Host
  let a: Machine
  let b: Machine
  let id: EntryID

  init() throws {
    host = try Host()
    a = try Machine(host, seed: 1)
    b = try Machine(host, seed: 2)
    id = try a.store.add("Friday", body: "base")
    try converge([a, b])
  }

  /// Both write the body without having seen the other's; B's is the later one.
  func collide() throws {
    try a.store.edit(id) { $0.body = "from a" }
    host.hours.pass(1000)
    try b.store.edit(id) { $0.body = "from b" }
    try converge([a, b])
  }

  @Test func `a text that lost unseen is shown on all devices until somebody has looked`() throws {
    try collide()
    for machine in [a, b] {
      let conflict = try #require(try machine.store.conflicts(limit: 5).first)
      #expect(conflict.lostText == "from a" && conflict.text == "from b")
      #expect(conflict.row == id && conflict.field == "body")
      #expect(try machine.store.syncStatus().conflicts == 1)
    }
    try b.store.resolve(try b.store.conflicts(limit: 1)[0])
    #expect(try b.store.conflicts(limit: 5).isEmpty)
    try converge([a, b])
    #expect(try a.store.conflicts(limit: 5).isEmpty)
    #expect(try a.store.syncStatus().conflicts == 0)
    _ = try b.store.undo()
    try converge([a, b])
    #expect(try a.store.conflicts(limit: 5).count == 1)
    // A third device reads the conflict and its dismissal in whatever order they come.
    try a.store.resolve(try a.store.conflicts(limit: 1)[0])
    let c = try Machine(host, seed: 3)
    try converge([a, b, c])
    #expect(try c.store.conflicts(limit: 5).isEmpty)
  }

  @Test func `a text that was edited from the other is no conflict, nor is an equal or empty one`()
    throws
  {
    try b.store.edit(id) { $0.body = "after base" }
    try converge([a, b])
    try a.store.edit(id) { $0.body = "after that" }
    try converge([a, b])
    try a.store.edit(id) { $0.body = "the same" }
    host.hours.pass(1000)
    try b.store.edit(id) { $0.body = "the same" }
    try converge([a, b])
    try a.store.edit(id) { $0.body = nil }
    host.hours.pass(1000)
    try b.store.edit(id) { $0.body = "not empty" }
    try converge([a, b])
    try a.store.edit(id) { $0.title = "short fields" }
    host.hours.pass(1000)
    try b.store.edit(id) { $0.title = "have no conflicts" }
    try converge([a, b])
    #expect(try a.store.conflicts(limit: 5).isEmpty)
    #expect(try b.store.conflicts(limit: 5).isEmpty)
  }

  @Test func `an overwritten text can be taken back, and that undone`() throws {
    try collide()
    try a.store.takeBack(try a.store.conflicts(limit: 1)[0])
    try converge([a, b])
    #expect(try b.store.page(id)?.body == "from a")
    #expect(try b.store.conflicts(limit: 5).isEmpty)
    _ = try a.store.undo()
    try converge([a, b])
    #expect(try b.store.page(id)?.body == "from b")
    #expect(try b.store.conflicts(limit: 5).count == 1)
  }

  @Test func `giving back after a restore makes no conflicts of old texts`() throws {
    let backup = try host.backup()
    for number in 1...4 {
      try a.store.edit(id) { $0.body = "a \(number)" }
      try converge([a, b])
    }
    host.queue = backup
    try converge([a, b])
    let c = try Machine(host, seed: 3)
    try converge([a, b, c])
    for machine in [a, b, c] { #expect(try machine.store.conflicts(limit: 5).isEmpty) }
  }

  // MARK: - Refusals

  private func refuseLongText() throws {
    try a.store.edit(id) { $0.body = String(repeating: "x", count: 300_000) }
    try a.store.add("after it")
    _ = try a.sync()
  }

  @Test func `a refused operation keeps none of the others`() throws {
    try refuseLongText()
    #expect(try a.store.quarantine().map(\.reason) == ["too_large"])
    #expect(try a.store.syncStatus().quarantined == 1)
    #expect(try a.store.waitingOperations() == 0)
    try b.sync()
    #expect(try b.store.pages().count == 2)
  }

  @Test func `one that is dropped stays here alone, and is not offered after a restore`() throws {
    try refuseLongText()
    try a.store.drop(quarantined: try a.store.quarantine()[0].op.id)
    #expect(try a.store.quarantine().isEmpty)
    #expect(try a.store.page(id)?.body?.utf8.count == 300_000)
    #expect(try a.sync() == .atHead)
    #expect(try a.store.count("SELECT mismatches FROM sync_space") == 0)
    try b.store.add("elsewhere")
    try b.sync()
    #expect(try a.sync() == .atHead)
    let request = try a.begin()
    _ = try a.store.accept(.diverged(epoch: host.state().epoch), to: request)
    let given = try a.begin().repairs.compactMap(\.value.text)
    #expect(given.contains("base") && !given.contains { $0.utf8.count > 1000 })
    #expect(try a.sync() == .atHead)
    #expect(try b.sync() == .atHead)
  }

  @Test func `one that is sent again goes as a new one, without what was written since`() throws {
    try refuseLongText()
    let op = try a.store.quarantine()[0].op.id
    try a.store.retry(quarantined: op)
    let again = try #require(try a.store.outbox(limit: 1).first)
    #expect(again.id != op && again.row == id && again.fields.keys.sorted() == ["body"])
    try a.check()
    _ = try a.sync()
    let refused = try a.store.quarantine()
    #expect(refused.map(\.op.id) == [again.id])
    try a.store.edit(id) { $0.body = "short" }
    try a.store.retry(quarantined: again.id)
    try converge([a, b])
    #expect(try b.store.page(id)?.body == "short")
    #expect(try a.store.quarantine().isEmpty)
  }
}
