internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL
internal import TestKit
internal import Testing

@testable internal import Storage

/// Joining an account, reading its snapshot, and programs of different ages.
@Suite struct BootstrapTests {
  let host: Host
  let a: Machine

  init() throws {
    host = try Host()
    a = try Machine(host, seed: 1)
  }

  private func fill(_ count: Int) throws {
    try a.store.write("Import") { edit in
      for number in 0..<count {
        let id = a.world.newID()
        try edit.save(Page(id: id, title: "page \(number)", body: "word\(number) here"))
        if number % 3 == 0 {
          try edit.save(Label(id: a.world.newID(), target: id, name: "label\(number)"))
        }
      }
    }
    try a.sync()
  }

  @Test func `joining merges what both have and replaces nothing`() throws {
    let local = try Machine(host, seed: 2, joins: false)
    let mine = try local.store.add("written before there was an account", body: "alone")
    try local.store.edit(mine) { $0.mood = 2 }
    #expect(try local.store.syncStatus().state == .alone)
    try a.store.add("on the server")
    try a.sync()
    try local.store.join(host.account, personalSpace: host.space)
    #expect(try local.store.account() == host.account)
    #expect(try local.store.syncSpaces() == [host.space])
    try local.check()
    try local.store.join(host.account, personalSpace: host.space)
    try converge([a, local])
    #expect(try a.store.pages().count == 2)
    #expect(try a.store.page(mine)?.mood == 2)
    #expect(try local.store.undo()?.label == "Edit")
    try converge([a, local])
    #expect(try a.store.page(mine)?.mood == nil)
  }

  @Test func `a file whose account is gone gives all it held to another one`() throws {
    let page = try a.store.add("of the old account")
    try a.sync()
    try a.store.edit(page) { $0.mood = 2 }
    try a.store.leave()
    #expect(try a.store.account() == nil)
    #expect(try a.store.syncStatus().state == .alone)
    try a.store.add("of nobody")
    let next = try Host(seed: 77)
    let other = try Machine(next, seed: 5)
    try other.store.add("of the next account")
    try other.sync()
    try converge([Machine(next, moved: a), other])
    #expect(try other.store.pages().count == 3)
    #expect(try other.store.page(page)?.mood == 2)
    #expect(try a.store.pages().count == 3)
  }

  @Test func `a file of another account or server is refused, untouched`() throws {
    var other = host.account
    other.id = host.source.newID()
    #expect(throws: StoreError.otherAccount) {
      try a.store.join(other, personalSpace: host.space)
    }
    other = host.account
    other.serverID = host.source.newID()
    #expect(throws: StoreError.otherAccount) {
      try a.store.join(other, personalSpace: host.source.newID())
    }
    #expect(try a.store.account() == host.account)
    #expect(try a.store.syncSpaces() == [host.space])
  }

  @Test func `a long history begins with its present, also from where it was interrupted`() throws {
    try fill(1600)
    let b = try Machine(host, seed: 2)
    let own = try b.store.add("own")
    #expect(try b.exchange(want: 500).next == .more)
    #expect(try b.store.snapshotStart(host.space) == SnapshotStart(after: nil))
    #expect(try b.store.pages().count == 1)
    var pages = 0
    while let start = try b.store.snapshotStart(host.space) {
      let page = try host.page(after: start.after, limit: 1100)
      // Every second page is heard twice, and one from the beginning comes late.
      try b.store.accept(page, of: host.space)
      if pages % 2 == 1, page.after != nil {
        try b.store.accept(try host.page(after: nil, limit: 900), of: host.space)
        try b.store.accept(page, of: host.space)
      }
      pages += 1
      if pages == 2 { try a.store.add("written meanwhile") }
      if pages == 3 { try a.sync() }
    }
    #expect(pages > 4)
    try converge([a, b])
    #expect(try b.store.pages().count == 1602)
    #expect(try a.store.page(own)?.title == "own")
    let hits = try b.store.search(SearchQuery(terms: [.word("word1599", isPrefix: false)]))
    #expect(hits.count == 1)
    #expect(try b.store.search(SearchQuery(tags: ["label1599"])).map(\.title) == ["page 1599"])
    #expect(try b.store.health(backups: nil).complaints == [])
  }

  @Test func `a pull that deletes a large part asks first`() throws {
    try fill(60)
    let b = try Machine(host, seed: 2)
    try converge([a, b])
    try a.store.write("Delete all") { edit in
      for page in try a.store.pagesInside(edit.database) {
        try edit.delete(Page.kind, id: page)
      }
    }
    try a.sync()
    #expect(throws: StoreError.manyDeletions(60)) { try b.exchange() }
    #expect(try b.store.pages().count == 60)
    #expect(throws: StoreError.manyDeletions(60)) { try b.exchange() }
    b.store.allowDeletions()
    try converge([a, b])
    #expect(try b.store.pages().isEmpty)
    try a.store.write("Restore") { edit in
      for page in try a.store.trash(inside: edit.database) {
        try edit.revive(Page.kind, id: page)
      }
    }
    try converge([a, b])
    #expect(try b.store.pages().count == 60)
    try a.store.write("Delete some") { edit in
      for page in try a.store.pagesInside(edit.database).prefix(21) {
        try edit.delete(Page.kind, id: page)
      }
    }
    try a.sync()
    #expect(throws: StoreError.manyDeletions(21)) { try b.exchange() }
  }

  @Test func `too little room on the disk stops the pull`() throws {
    let folder = TemporaryFolder()
    #expect(throws: StoreError.diskFull) {
      try DiskRoom.check(folder.file("life.sqlite"), least: .max)
    }
    try DiskRoom.check(folder.file("life.sqlite"), least: 1)
    try DiskRoom.check(nil, least: .max)
  }

  // MARK: - Programs of different ages

  @Test func `an older program hands on what it does not know, and takes it over once it does`()
    throws
  {
    let folder = TemporaryFolder()
    let path = folder.file("life.sqlite")
    var old = Schema(
      entries: [OldPage.self], migrations: [.table("page.1", for: OldPage.self)], searches: [])
    let b = try Machine(host, seed: 2, schema: old, path: path)
    let id = try a.store.add("Friday", body: "rain")
    try a.store.edit(id) { $0.star = true }
    let label = a.world.newID()
    try a.store.write("Label") { edit in
      try edit.save(Label(id: label, target: id, name: "wet"))
    }
    try a.sync()
    #expect(try b.sync() == .atHead)
    #expect(try b.store.count("SELECT count(*) FROM sync_unknown") == 3)
    try a.store.edit(id) { $0.star = false }
    try a.sync()
    try b.store.write("Edit") { edit in
      try edit.save(OldPage(id: id, title: "Saturday"))
    }
    #expect(try b.sync() == .atHead)
    try b.check()
    // The server forgets all: the old program gives back the values that it does not understand.
    host.queue = try Host().queue
    #expect(try b.sync() == .atHead)
    let c = try Machine(host, seed: 3)
    try c.sync()
    #expect(try c.store.page(id)?.star == false)
    #expect(
      try c.store.versions(of: Page.kind, id: id, field: "star").map(\.value) == [
        .flag(false), .flag(true),
      ])
    #expect(try c.store.page(id)?.title == "Saturday")
    #expect(try c.store.count("SELECT count(*) FROM label_live WHERE name = 'wet'") == 1)

    try b.store.close()
    old.entries = Schema.pages.entries
    old.migrations += Schema.pages.migrations.filter { $0.name == "label.1" }
    old.searches = Schema.pages.searches
    b.store = try Store(path: path, schema: old, world: b.world)
    #expect(try b.store.count("SELECT count(*) FROM sync_unknown") == 0)
    #expect(try b.store.page(id)?.star == false)
    #expect(try b.store.page(id)?.body == "rain")
    #expect(try b.store.search(SearchQuery(tags: ["wet"])).map(\.id) == [id])
    try converge([b, c])
  }

  @Test func `a value that a column cannot hold is kept beside it and handed on`() throws {
    let id = try a.store.add("Friday")
    try a.sync()
    let request = try a.begin()
    var reply = try host.answer(request).get()
    let op = Op(
      id: host.source.newID(), stamp: Stamp(milliseconds: host.hours.now, counter: 0),
      kind: Page.kind, row: id, fields: ["mood": .text("good"), "star": .number(1)],
      group: host.source.newID())
    reply.page = [LoggedOp(seq: reply.next.seq + 1, op: op, device: nil)]
    reply.next.seq += 1
    reply.head.seq += 1
    _ = try a.store.accept(reply, to: request, roundTrip: 1)
    #expect(try a.store.page(id)?.mood == nil)
    #expect(
      try a.store.versions(of: Page.kind, id: id, field: "mood").map(\.value) == [.text("good")])
    try a.check()
    host.hours.pass()
    try a.store.edit(id) { $0.mood = 3 }
    #expect(
      try a.store.versions(of: Page.kind, id: id, field: "mood").map(\.value)
        == [.number(3), .text("good")])
    #expect(try a.store.count("SELECT count(*) FROM sync_unknown") == 1)
  }

  @Test func `a file that was copied is another device, one that stayed is the same`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("life.sqlite")
    var store = try Store.ofPages(path)
    let device = try store.deviceID()
    try store.add("Friday")
    try store.close()
    store = try Store.ofPages(path, seed: 2)
    #expect(try store.deviceID() == device)
    try store.close()
    try Files.copy(path, to: folder.file("copy.sqlite"))
    let copy = try Store.ofPages(folder.file("copy.sqlite"), seed: 3)
    #expect(try copy.deviceID() != device)
    #expect(try copy.pages().map(\.title) == ["Friday"])
  }
}

/// A page as an older program knows it.
private struct OldPage: Entry {
  static let kind = Page.kind
  static let fields = Array(Page.fields.prefix(3))
  let id: EntryID
  var title: String?
  init(id: EntryID, title: String) {
    self.id = id
    self.title = title
  }
  init(id: EntryID, values: [Value]) {
    self.id = id
    title = values[1].text
  }
  var values: [Value] {
    [.text(Day(number: 20_000).description), title.map { .text($0) } ?? .null, .text("rain")]
  }
}

extension Store {
  fileprivate func pagesInside(_ database: Database) throws -> [EntryID] {
    try EntryID.fetchAll(database, sql: "SELECT id FROM page_live ORDER BY id")
  }
  fileprivate func trash(inside database: Database) throws -> [EntryID] {
    try EntryID.fetchAll(database, sql: "SELECT id FROM page WHERE _dead ORDER BY id")
  }
}
