internal import GRDB
internal import Kernel
internal import SQL
internal import TestKit
internal import Testing

@testable internal import Storage

/// Trash, conflicts, backups and files of older programs, where there are groups.
@Suite struct GroupKeepingTests {
  let town: Town
  let ada: Resident
  let bob: Resident
  let friends: EntryID

  init() throws {
    town = try Town()
    let (a, b) = (try town.settle("ada"), try town.settle("bob"))
    ada = try Resident(town, a, seed: 1)
    bob = try Resident(town, b, seed: 2)
    friends = try town.group("Friends", a, b)
    try ada.sync()
    try bob.sync()
  }

  @Test func `the trash holds what one has deleted oneself, where it can come back`() throws {
    try ada.post("w1", "mine", to: friends)
    try bob.post("w1", "theirs", to: friends)
    for device in [ada, bob, ada] { try device.sync() }
    for device in [ada, bob] {
      try device.store.write("Delete") { edit in
        let id = Post(of: device.me, in: friends, key: "w1").id
        _ = try edit.delete(Post.kind, id: id)
      }
      try device.sync()
    }
    try ada.sync()
    #expect(try ada.texts(friends) == [])
    #expect(try ada.store.trash(limit: 9).map { $0.fields["text"] } == [.text("mine")])
    try town.remove(ada.account, from: friends)
    try ada.sync()
    #expect(try ada.store.trash(limit: 9).isEmpty)
    #expect(
      try ada.store.versions(
        of: Post.kind, id: Post(of: ada.me, in: friends, key: "w1").id, field: "text"
      ).map(\.value) == [.text("mine")])
  }

  @Test func `a text that two devices wrote is one conflict, in one's own space`() throws {
    try ada.post("w1", "first", to: friends)
    let second = try Resident(town, ada.account, seed: 7)
    for device in [ada, second, bob] { try device.sync() }
    func write(_ device: Resident, _ text: String) throws {
      try device.store.write("Edit") { edit in
        for id in [
          Post(own: "w1").id, Post(of: device.me, in: friends, key: "w1").id,
        ] {
          guard var post = try edit.find(Post.self, id: id) else { continue }
          post.text = text
          try edit.save(post)
        }
      }
    }
    try write(ada, "here")
    try write(second, "there")
    for device in [ada, second, ada, bob] { try device.sync() }
    #expect(try ada.store.openConflicts() == 1)
    #expect(try bob.store.openConflicts() == 0)
    let conflict = try #require(try ada.store.conflicts(limit: 5).first)
    #expect(conflict.row == Post(own: "w1").id)
    try ada.store.takeBack(conflict)
    try ada.sync()
    try ada.agrees(on: ada.personal)
    try ada.agrees(on: friends)
    // The other text is not gone from the group either.
    let shown = Post(of: ada.me, in: friends, key: "w1").id
    #expect(try ada.store.versions(of: Post.kind, id: shown, field: "text").count == 3)
  }

  @Test func `a backup brings groups and archives back`() throws {
    let folder = TemporaryFolder()
    let path = folder.file("data/life.sqlite")
    let device = try Resident(town, ada.account, seed: 8, path: path)
    try device.sync()
    try device.post("w1", "mine", to: friends)
    let team = try town.group("Team", ada.account, bob.account)
    try device.sync()
    try device.post("w2", "team's", to: team)
    try device.sync()
    try town.remove(ada.account, from: team)
    try device.sync()
    let backup = try device.store.backUp(into: folder.file("backups"))
    try device.post("w3", "after the backup", to: friends)
    try device.sync()
    try device.store.close()
    _ = try Store.restore(backup.path, to: path, world: device.world)
    let restored = try Resident(town, ada.account, seed: 9, path: path)
    #expect(try restored.texts(team) == ["team's"])
    #expect(try restored.texts(friends) == ["mine"])
    try restored.sync()
    #expect(try restored.texts(friends) == ["mine", "after the backup"])
    try restored.agrees(on: friends)
    try restored.agrees(on: restored.personal)
    #expect(try restored.store.health(backups: nil).complaints == [])
  }

  @Test func `a post to ten groups is one write, and every space is right`() throws {
    var groups: [EntryID] = []
    for index in 0..<10 { groups.append(try town.group("Group \(index)", ada.account)) }
    try ada.sync()
    let me = ada.me
    try ada.store.write("Post") { edit in
      try edit.save(Post(own: "w1", text: "well"))
      for group in groups {
        try edit.save(Post(of: me, in: group, key: "w1", text: "well"), in: group)
      }
    }
    #expect(try ada.store.waitingOperations() == 11)
    try ada.check()
    try ada.sync()
    for group in groups { try ada.agrees(on: group) }
    #expect(try ada.store.undo()?.label == "Post")
    try ada.sync()
    for group in groups {
      #expect(try ada.texts(group) == [])
      try ada.agrees(on: group)
    }
  }

  /// As the second step's program left it: with what the server had told already, unseen.
  @Test func `the file of a program from before groups gets their tables and follows them`() throws
  {
    let folder = TemporaryFolder()
    let path = folder.file("data/life.sqlite")
    try Places(environment: ["LIFEOS_HOME": folder.path]).make()
    let (page, old) = (town.source.newID(), try DatabaseQueue(path: path))
    try old.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA application_id = \(Opening.application)")
      try database.execute(
        sql: "CREATE TABLE migration (name TEXT PRIMARY KEY NOT NULL, at INTEGER) STRICT")
      let before = Migration.storage.filter { ("storage.1"..."storage.6").contains($0.name) }
        .filter { $0.name != "storage.10" }
      #expect(before.count == 6)
      for migration in before + Schema.pages.migrations {
        try database.execute(sql: migration.sql)
        try database.run(
          "INSERT INTO migration (name, at) VALUES (?, 0)", [.text(migration.name)])
      }
      let personal = Datum.id(ada.personal)
      try database.run(
        "INSERT INTO sync_space (space, kind, role) VALUES (?, 'personal', 'owner')", [personal])
      for (key, value) in [
        ("device_id", Datum.id(town.source.newID())), ("hlc", .integer(0)),
        ("account_id", .id(ada.me)), ("account_user", .text("ada")),
        ("server_id", .id(town.serverID)), ("server_url", .text("http://localhost")),
      ] {
        try database.run("INSERT INTO sync_meta (k, v) VALUES (?, ?)", [.text(key), value])
      }
      try database.run(
        "INSERT INTO page (id, day, title) VALUES (?, '2024-10-04', 'Old')", [.id(page)])
      let membership = Membership(
        space: friends, name: "Friends", role: "member", state: .member, since: nil)
      var digest: UInt64 = 0
      func clock(_ kind: Kind, _ row: EntryID, _ field: String) throws {
        let author = Authorship(stamp: Stamp(bits: 1 << 40), op: town.source.newID())
        digest &+= Digest.register(ada.personal, kind, row, field, author)
        try database.run(
          "INSERT INTO sync_clock (space, coll, id, field, t, op, seq) VALUES (?, ?, ?, ?, ?, ?, 1)",
          [
            personal, .text(kind.name), .id(row), .text(field), Datum(author.stamp),
            .id(author.op),
          ])
      }
      try clock(Page.kind, page, "day")
      try clock(Page.kind, page, "title")
      for (field, value) in zip(Membership.fields, membership.values) where !value.isNull {
        try clock(Membership.kind, membership.id, field.name)
        try database.run(
          "INSERT INTO sync_unknown (space, coll, id, field, val) VALUES (?, ?, ?, ?, ?)",
          [
            personal, .text(Membership.kind.name), .id(membership.id), .text(field.name),
            Datum(exactly: value),
          ])
      }
      try database.run("UPDATE sync_space SET digest = ?", [.bits(digest)])
    }
    try old.close()
    let device = try Resident(town, ada.account, seed: 9, path: path)
    #expect(try device.store.page(page)?.title == "Old")
    #expect(try device.store.groupSpaces().map(\.space) == [friends])
    #expect(try device.number("SELECT count(*) FROM sync_unknown") == 0)
    try device.check()
    try device.post("w1", "from the new program", to: friends)
    try device.sync()
    try device.agrees(on: friends)
    #expect(try device.store.health(backups: nil).complaints == [])
    #expect(
      Files.names(in: folder.file("data/before-migration")).filter { $0.hasPrefix("life") }
        .count == 1)
  }
}
