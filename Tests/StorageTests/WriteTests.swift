internal import GRDB
internal import Kernel
internal import TestKit
internal import Testing

@testable internal import Storage

@Suite struct WriteTests {
  let store: Store
  init() throws { store = try .ofPages() }

  @Test func `a new row is one operation with what is not null`() throws {
    let id = try store.add("Friday", body: "Rain \"all\" day\n")
    #expect(try store.page(id)?.title == "Friday")
    #expect(
      try store.texts("SELECT f FROM sync_outbox") == [
        #"{"body":"Rain \"all\" day\n","day":"2024-10-04","title":"Friday"}"#
      ])
    #expect(try store.count("SELECT count(*) FROM sync_clock") == 3)
    #expect(try store.count("SELECT count(*) FROM undo_field") == 1)
  }

  @Test func `saving again writes only what differs, with the base of a long field`() throws {
    let id = try store.add("Friday", body: "Rain")
    try store.edit(id) { $0.body = "Sun" }
    #expect(
      try store.texts("SELECT f FROM sync_outbox ORDER BY n").last == #"{"body":"Sun"}"#)
    let base = try store.texts("SELECT b FROM sync_outbox WHERE b IS NOT NULL")
    let first = try store.texts("SELECT lower(hex(op)) FROM sync_outbox ORDER BY n LIMIT 1")[0]
    #expect(base.count == 1)
    #expect(base[0].hasPrefix(#"{"body":[""#) && base[0].hasSuffix("\"\(first)\"]}"))
  }

  @Test func `saving the same again writes nothing`() throws {
    let id = try store.add("Friday")
    try store.edit(id) { _ in }
    #expect(try store.count("SELECT count(*) FROM sync_outbox") == 1)
    #expect(try store.count("SELECT count(*) FROM undo_group") == 1)
  }

  @Test func `a refused write leaves nothing`() throws {
    struct Refused: Error {}
    let id = store.world.newID()
    #expect(throws: Refused.self) {
      try store.write("New") { edit in
        try edit.save(Page(id: id, title: "lost"))
        throw Refused()
      }
    }
    for table in ["page", "sync_clock", "sync_outbox", "undo_group", "undo_field", "search_row"] {
      #expect(try store.count("SELECT count(*) FROM \(table)") == 0)
    }
    try store.add("next")
    #expect(try store.pages().map(\.title) == ["next"])
  }

  @Test func `stamps rise with each operation, whatever the clock does`() throws {
    var world = World.still()
    world.now = { Moment(milliseconds: 5000) }
    let store = try Store(path: nil, schema: .pages, world: world)
    for name in ["a", "b", "c"] { try store.add(name) }
    world.now = { Moment(milliseconds: 4000) }
    let stamps = try store.read {
      try Int64.fetchAll($0, sql: "SELECT t FROM sync_outbox ORDER BY n")
    }
    #expect(stamps == [5000 << 16, 5000 << 16 | 1, 5000 << 16 | 2])
    #expect(try store.count("SELECT v FROM sync_meta WHERE k = 'hlc'") == 5000 << 16 | 2)
  }

  @Test func `a number that no register holds and U+0000 are refused by name`() throws {
    var page = Page(id: store.world.newID(), title: "x\0y")
    #expect(throws: StoreError.unfit(field: "title")) {
      try store.write("New") { edit in _ = try edit.save(page) }
    }
    page.title = "x"
    page.mood = 1 << 53
    #expect(throws: StoreError.unfit(field: "mood")) {
      try store.write("New") { edit in _ = try edit.save(page) }
    }
    page.mood = -(1 << 53) + 1
    try store.write("New") { edit in _ = try edit.save(page) }
    #expect(try store.page(page.id)?.mood == -(1 << 53) + 1)
  }

  @Test func `a deleted row is dead until something newer is written`() throws {
    let id = try store.add("Friday")
    let isDeleted = try store.write("Delete") { edit in try edit.delete(Page.kind, id: id) }
    #expect(isDeleted)
    #expect(try store.page(id) == nil)
    #expect(try store.texts("SELECT f FROM sync_outbox ORDER BY n").last == #"{"_del":true}"#)
    let again = try store.write("Delete") { edit in try edit.delete(Page.kind, id: id) }
    #expect(!again)
    try store.write("Save") { edit in
      _ = try edit.save(Page(id: id, title: "Saturday"))
    }
    #expect(try store.page(id)?.title == "Saturday")
    try store.write("Delete") { edit in _ = try edit.delete(Page.kind, id: id) }
    let isRevived = try store.write("Restore") { edit in try edit.revive(Page.kind, id: id) }
    #expect(isRevived)
    #expect(try store.page(id)?.title == "Saturday")
  }

  @Test func `a row without any value is a row all the same`() throws {
    let id = store.world.newID()
    try store.write("New") { edit in
      let label = Label(id: id, values: [.null, .null])
      try edit.save(label)
    }
    #expect(try store.count("SELECT count(*) FROM label_live") == 1)
  }

  @Test func `rows that are written past the store are refused`() throws {
    let id = try store.add("Friday")
    #expect(throws: (any Error).self) {
      try store.read { try $0.execute(sql: "UPDATE page SET title = 'forged'") }
    }
    #expect(throws: (any Error).self) {
      try store.read { try $0.execute(sql: "DELETE FROM page") }
    }
    #expect(try store.page(id)?.title == "Friday")
  }

  @Test func `another program cannot write rows, and reads them`() throws {
    let folder = TemporaryFolder()
    let store = try Store.ofPages(folder.file("life.sqlite"))
    try store.add("Friday")
    let other = try DatabaseQueue(path: folder.file("life.sqlite"))
    for sql in [
      "UPDATE page SET title = 'x'", "DELETE FROM page", "INSERT INTO page (id) VALUES (x'00')",
    ] {
      #expect(throws: DatabaseError.self) {
        try other.write { try $0.execute(sql: sql) }
      }
    }
    let titles = try other.read { try String.fetchAll($0, sql: "SELECT title FROM page_live") }
    #expect(titles == ["Friday"])
  }

  @Test func `the losing values of a field stay, newest first`() throws {
    let id = try store.add("one")
    try store.edit(id) { $0.title = "two" }
    try store.edit(id) { $0.title = nil }
    try store.edit(id) { $0.star = true }
    let titles = try store.versions(of: Page.kind, id: id, field: "title")
    #expect(titles.map(\.value) == [.null, .text("two"), .text("one")])
    #expect(titles.map(\.isCurrent) == [true, false, false])
    #expect(titles.map(\.stamp) == titles.map(\.stamp).sorted(by: >))
    #expect(try store.versions(of: Page.kind, id: id, field: "star").map(\.value) == [.flag(true)])
    #expect(try store.versions(of: Page.kind, id: id, field: "mood").isEmpty)
    #expect(try store.versions(of: Page.kind, id: id, field: "title\" --").isEmpty)
  }

  @Test func `the trash holds deleted rows of all kinds, latest first`() throws {
    let page = try store.add("Friday")
    let label = store.world.newID()
    try store.write("Label") { edit in
      try edit.save(Label(id: label, target: page, name: "rain"))
    }
    try store.write("Delete") { edit in _ = try edit.delete(Page.kind, id: page) }
    try store.write("Delete") { edit in _ = try edit.delete(Label.kind, id: label) }
    let trash = try store.trash(limit: 10)
    #expect(trash.map(\.id) == [label, page])
    #expect(trash[1].fields["title"] == .text("Friday"))
    #expect(trash[0].deletedAt > trash[1].deletedAt)
    #expect(try store.trash(limit: 1).map(\.id) == [label])
    try store.write("Restore") { edit in _ = try edit.revive(Page.kind, id: page) }
    #expect(try store.trash(limit: 10).map(\.id) == [label])
  }

  @Test func `commits are told with their kinds, and refused writes are not`() throws {
    let heard = Heard()
    store.onChange { heard.add($0) }
    let id = try store.add("Friday")
    try store.edit(id) { _ in }
    #expect(throws: StoreError.self) {
      try store.write("New") { edit in
        _ = try edit.save(Page(id: store.world.newID(), title: "\0"))
      }
    }
    _ = try store.undo()
    #expect(heard.all == [[Page.kind], [Page.kind]])
  }

  @Test func `derived ids depend on kind and key alone`() throws {
    let other = try Store.ofPages(seed: 99)
    let id = store.derivedID("page", "note", "2026-11-20")
    #expect(id == other.derivedID("page", "note", "2026-11-20"))
    #expect(id != store.derivedID("label", "note", "2026-11-20"))
    #expect(id != store.derivedID("page", "note", "2026-11-21"))
    #expect(id.high & 0xF000 == 0x8000)
  }

  @Test func `the digest of the space is the sum over its registers`() throws {
    for index in 0..<20 { try store.add("page \(index)", body: "x") }
    for page in try store.pages() { try store.edit(page.id) { $0.title = "new" } }
    _ = try store.undo()
    let (running, sum) = try store.read { database in
      let space = try EntryID.fetchOne(database, sql: "SELECT space FROM sync_space")!
      let running = try Int64.fetchOne(database, sql: "SELECT digest FROM sync_space")!
      var sum: UInt64 = 0
      for row in try Row.fetchAll(database, sql: "SELECT coll, id, field, t, op FROM sync_clock") {
        let author = Authorship(stamp: Stamp(bits: UInt64(row[3] as Int64)), op: row[4])
        sum &+= Digest.register(space, Kind(row[0]), row[1], row[2], author)
      }
      return (UInt64(bitPattern: running), sum)
    }
    #expect(running == sum)
  }
}

/// What was heard, from any thread.
final class Heard: @unchecked Sendable {
  private(set) var all: [Set<Kind>] = []
  func add(_ kinds: Set<Kind>) { all.append(kinds) }
}
