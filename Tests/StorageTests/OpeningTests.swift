internal import Foundation
internal import GRDB
internal import Kernel
internal import TestKit
internal import Testing

@testable internal import Storage

@Suite struct OpeningTests {
  let folder = TemporaryFolder()
  var path: String { folder.file("data/life.sqlite") }

  func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func `the settings that durability needs really hold`() throws {
    for round in 1...2 {
      let store = try Store.ofPages(path, seed: UInt64(round))
      let found = try store.read { database throws in
        try [
          "journal_mode", "synchronous", "foreign_keys", "cell_size_check", "wal_autocheckpoint",
          "busy_timeout",
        ].map { try DatabaseValue.fetchOne(database, sql: "PRAGMA \($0)")?.description }
      }
      #expect(found == ["\"wal\"", "2", "0", "1", "0", "5000"])
      try store.add("still")
      #expect(try store.count("PRAGMA synchronous") == 2)
      try store.close()
    }
  }

  @Test func `files are for their owner alone`() throws {
    let store = try Store.ofPages(path)
    try store.add("Friday")
    #expect(try mode(folder.file("data")) == 0o700)
    for ending in ["", "-wal", "-shm", ".write.lock"] {
      #expect(try mode(path + ending) == 0o600)
    }
    try store.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    _ = try Store.ofPages(path)
    #expect(try mode(path) == 0o600)
  }

  @Test func `what was written is there at the next start, and a plain start writes nothing`()
    throws
  {
    var store = try Store.ofPages(path)
    let id = try store.add("Friday")
    try store.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    store = try Store.ofPages(path)
    #expect(try store.page(id)?.title == "Friday")
    try store.close()
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test func `a copy of the files taken at any commit holds all that was saved`() throws {
    let store = try Store.ofPages(path)
    for number in 1...5 {
      try store.add("page \(number)")
      let copy = folder.file("copy\(number)")
      for ending in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending)
      }
      let crashed = try Store.ofPages(copy)
      #expect(try crashed.pages().count == number)
      #expect(try crashed.health(backups: nil).complaints == [])
    }
  }

  @Test func `a newer schema is refused by name, its file untouched`() throws {
    var newer = Schema.pages
    newer.migrations.append(Migration("page.9", sql: "CREATE TABLE future (id INTEGER)"))
    try Store(path: path, schema: newer, world: .still()).close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: StoreError.newerSchema(unknown: ["page.9"])) { try Store.ofPages(path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.file("data")).filter {
        $0.contains("before")
      } == [])
    _ = try Store(path: path, schema: newer, world: .still())
  }

  @Test func `the file is copied before a migration, three copies stay`() throws {
    try Store.ofPages(path).add("Friday")
    var schema = Schema.pages
    for number in 2...6 {
      schema.migrations.append(
        Migration("page.\(number)", sql: "CREATE INDEX page_\(number) ON page (title)"))
      let store = try Store(path: path, schema: schema, world: .still(seed: UInt64(number)))
      #expect(try store.pages().map(\.title) == ["Friday"])
      try store.close()
    }
    let copies = try FileManager.default.contentsOfDirectory(
      atPath: folder.file("data/before-migration"))
    #expect(copies.count == 3)
    for name in copies {
      let copy = folder.file("data/before-migration/" + name)
      #expect(try mode(copy) == 0o600)
      let titles = try DatabaseQueue(path: copy).read {
        try String.fetchAll($0, sql: "SELECT title FROM page")
      }
      #expect(titles == ["Friday"])
    }
  }

  @Test func `a migration that fails leaves the database as it was`() throws {
    try Store.ofPages(path).add("Friday")
    var broken = Schema.pages
    broken.migrations += [
      Migration("page.2", sql: "CREATE TABLE half (id INTEGER)"),
      Migration("page.3", sql: "CREATE NONSENSE"),
    ]
    #expect(throws: StoreError.self) { try Store(path: path, schema: broken, world: .still()) }
    let store = try Store.ofPages(path)
    #expect(try store.pages().map(\.title) == ["Friday"])
    #expect(try store.count("SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0)
  }

  @Test func `a field that a kind gains gets its column`() throws {
    struct LongerLabel: Entry {
      static let kind = Label.kind
      static let fields = Label.fields + [Field("colour", .text), Field("rank", .number)]
      let id: EntryID
      let values: [Value]
    }
    let id = World.still(seed: 77).newID()
    try Store.ofPages(path).write("New") { edit in
      _ = try edit.save(Label(id: id, target: id, name: "old"))
    }
    var schema = Schema.pages
    schema.entries = [Page.self, LongerLabel.self]
    let store = try Store(path: path, schema: schema, world: .still(seed: 2))
    let label = try store.write("Edit") { edit in
      let label = try #require(try edit.find(LongerLabel.self, id: id))
      try edit.save(
        LongerLabel(id: id, values: label.values.dropLast(2) + [.text("red"), .number(1)]))
      return label
    }
    #expect(label.values == [.text(id.description), .text("old"), .null, .null])
    try store.close()
    // The older program goes on with what it knows.
    let older = try Store.ofPages(path)
    #expect(try older.count("SELECT count(*) FROM label_live WHERE colour = 'red'") == 1)
  }

  @Test func `what is no database is told from one that is damaged elsewhere, and stays`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("data"), withIntermediateDirectories: true)
    let garbage = Data((0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
    try garbage.write(to: URL(fileURLWithPath: path))
    #expect(throws: StoreError.damaged(path: path)) { try Store.ofPages(path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == garbage)

    let aside = try Store.moveAside(path, world: .still())
    #expect(try Data(contentsOf: URL(fileURLWithPath: aside)) == garbage)
    let store = try Store.ofPages(path)
    for index in 0..<300 {
      try store.add("page \(index)", body: String(repeating: "x", count: 100))
    }
    try store.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))

    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
    #expect(throws: StoreError.damaged(path: path)) { try Store.ofPages(path) }

    var holed = whole
    holed.replaceSubrange(100..<4096, with: Data(repeating: 0xA5, count: 3996))
    try holed.write(to: URL(fileURLWithPath: path))
    #expect(throws: StoreError.damaged(path: path)) { try Store.ofPages(path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == holed)
  }

  @Test func `another program's database is left alone`() throws {
    try FileManager.default.createDirectory(
      atPath: folder.file("data"), withIntermediateDirectories: true)
    let other = try DatabaseQueue(path: path)
    try other.write { try $0.execute(sql: "CREATE TABLE song (title TEXT)") }
    try other.close()
    #expect(
      throws: StoreError.noAccess(path: path, reason: "is the database of another program")
    ) { try Store.ofPages(path) }
  }

  @Test func `a link or a folder in the file's place is refused`() throws {
    let real = folder.file("real.sqlite")
    try Store.ofPages(real).close()
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link.sqlite"), withDestinationPath: real)
    #expect(
      throws: StoreError.noAccess(path: folder.file("link.sqlite"), reason: "is a symbolic link")
    ) {
      try Store.ofPages(folder.file("link.sqlite"))
    }
    #expect(throws: StoreError.noAccess(path: folder.path, reason: "is not a file")) {
      try Store.ofPages(folder.path)
    }
  }

  @Test func `folders of network file systems and of sync programs are known`() {
    let mounts = """
      22 27 0:21 / /proc rw,nosuid shared:5 - proc proc rw
      36 35 0:47 / /home/anna rw,noatime master:1 - nfs4 server:/home rw,vers=4
      37 35 0:48 / /home/anna/far rw - fuse.sshfs anna@far: rw
      """
    #expect(Footing.type(of: "0:47", in: mounts) == "nfs4")
    #expect(Footing.type(of: "0:48", in: mounts) == "fuse.sshfs")
    #expect(Footing.type(of: "0:99", in: mounts) == "")
    #expect(!Footing.isNetwork(folder.path))
    #expect(Footing.isSynced("/home/anna/Dropbox/lifeos"))
    #expect(!Footing.isSynced("/home/anna/notes-on-Dropbox/lifeos"))
    #expect(throws: StoreError.networkFileSystem(path: folder.file("Nextcloud"))) {
      try Store.ofPages(folder.file("Nextcloud/life.sqlite"))
    }
  }

  @Test func `what SQLite refuses is said in the store's own words`() throws {
    let store = try Store.ofPages(path)
    try store.add("Friday")
    let pages = try store.count("SELECT page_count FROM pragma_page_count")
    try store.peek { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
    #expect(throws: StoreError.diskFull) {
      for index in 0..<2000 {
        try store.add("page \(index)", body: String(repeating: "y", count: 500))
      }
    }
    try store.peek { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
    let count = try store.pages().count
    try store.add("after")
    #expect(try store.pages().count == count + 1)

    try store.peek { try $0.execute(sql: "PRAGMA query_only = 1") }
    #expect(throws: StoreError.readOnly(path: path)) { try store.add("no") }
    try store.peek { try $0.execute(sql: "PRAGMA query_only = 0") }

    let other = try DatabaseQueue(path: path)
    try store.peek { try $0.execute(sql: "PRAGMA busy_timeout = 1") }
    try other.inTransaction(.immediate) { _ in
      #expect(throws: StoreError.locked) { try store.add("no") }
      #expect(throws: StoreError.locked) {
        try store.save(
          Draft(target: store.world.newID(), kind: "page", fields: [:], savedAt: store.world.now()))
      }
      return .rollback
    }
    try store.add("yes")
  }

  @Test func `two connections see each other's writes, and are told of them`() throws {
    let one = try Store.ofPages(path, seed: 1)
    let two = try Store.ofPages(path, seed: 2)
    let heard = Heard()
    two.onChange { heard.add($0) }
    #expect(try !two.noticeOtherProcesses())
    let id = try one.add("from one")
    #expect(try two.noticeOtherProcesses())
    #expect(try !two.noticeOtherProcesses())
    #expect(heard.all == [Kind.keptByServer.union([Page.kind, Label.kind])])
    #expect(try two.page(id)?.title == "from one")
    try two.edit(id) { $0.title = "from two" }
    #expect(try !two.noticeOtherProcesses())
    #expect(try one.noticeOtherProcesses())
    let versions = try one.versions(of: Page.kind, id: id, field: "title")
    #expect(versions.map(\.value) == [.text("from two"), .text("from one")])
    #expect(versions[0].stamp > versions[1].stamp)
  }

  @Test func `many connections write at once and lose nothing`() async throws {
    try Store.ofPages(path).close()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for seed in 1...4 as ClosedRange<UInt64> {
        let path = path
        group.addTask {
          let store = try Store.ofPages(path, seed: seed)
          for index in 0..<25 { try store.add("\(seed).\(index)") }
        }
      }
      try await group.waitForAll()
    }
    let store = try Store.ofPages(path)
    #expect(try store.pages().count == 100)
    #expect(try store.count("SELECT count(DISTINCT t) FROM sync_outbox") == 100)
    #expect(try store.health(backups: nil).complaints == [])
  }

  @Test func `many connections make one new file`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for seed in 1...6 as ClosedRange<UInt64> {
        let path = path
        group.addTask { try Store.ofPages(path, seed: seed).add("\(seed)") }
      }
      try await group.waitForAll()
    }
    let store = try Store.ofPages(path)
    #expect(try store.pages().count == 6)
    #expect(try store.count("SELECT count(*) FROM sync_space") == 1)
  }

  @Test func `a grown WAL is folded back, unless somebody is in the way`() throws {
    let store = try Store.ofPages(path)
    let body = String(repeating: "words and more ", count: 3000)
    func wal() throws -> Int {
      try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int ?? 0
    }
    let lock = FileLock(path: path + ".sync.lock")
    #expect(lock.tryHoldAlone())
    while try wal() <= WalLock.limit { try store.add("big", body: body) }
    let grown = try wal()
    try store.add("big", body: body)
    #expect(try wal() >= grown)
    lock.release()
    while try wal() >= grown { try store.add("big", body: body) }
    #expect(try wal() < WalLock.limit)
    #expect(try store.health(backups: nil).complaints == [])
  }

  @Test func `places are made for their owner alone`() throws {
    let places = Places(environment: ["LIFEOS_HOME": folder.file("home")])
    try places.make()
    try places.make()
    for place in [places.config, places.data, places.state] { #expect(try mode(place) == 0o700) }
    #expect(places.database == folder.file("home/data/lifeos.sqlite"))
  }
}
