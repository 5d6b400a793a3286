internal import Foundation
internal import GRDB
internal import Kernel
internal import TestKit
internal import Testing

@testable internal import Storage

@Suite struct BackupTests {
  let folder = TemporaryFolder()
  var path: String { folder.file("life.sqlite") }
  var backups: String { folder.file("backups") }

  @Test func `a backup is whole, private, alone in its file and of today`() throws {
    let store = try Store.ofPages(path)
    #expect(store.needsBackup(in: backups))
    try store.add("Friday")
    let backup = try store.backUp(into: backups)
    #expect(!store.needsBackup(in: backups))
    #expect(Store.backups(in: backups) == [backup])
    #expect(backup.day == store.world.today)
    #expect(backup.path == backups + "/lifeos-\(store.world.today).sqlite")
    #expect(try FileManager.default.contentsOfDirectory(atPath: backups).count == 1)
    let attributes = try FileManager.default.attributesOfItem(atPath: backup.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(attributes[.size] as? Int == backup.size)
    let copy = folder.file("copy.sqlite")
    try FileManager.default.copyItem(atPath: backup.path, toPath: copy)
    #expect(try Store.ofPages(copy).pages().map(\.title) == ["Friday"])
  }

  @Test func `a second backup of the day replaces the first`() throws {
    let store = try Store.ofPages(path)
    _ = try store.backUp(into: backups)
    try store.add("later")
    let backup = try store.backUp(into: backups)
    #expect(Store.backups(in: backups) == [backup])
    let titles = try DatabaseQueue(path: backup.path).read {
      try String.fetchAll($0, sql: "SELECT title FROM page")
    }
    #expect(titles == ["later"])
  }

  @Test func `seven days and four weeks are kept`() throws {
    let first = try #require(Day(2026, 9, 1))
    var days: [Day] = []
    for offset in 0..<80 {
      let moment = Moment(seconds: Int64((first + offset).number) * 86400 + 43200)
      let store = try Store(path: nil, schema: .pages, world: .still(at: moment))
      _ = try store.backUp(into: backups)
      days = Store.backups(in: backups).map(\.day)
      #expect(days.first == first + offset)
      #expect(days.prefix(7).elementsEqual((0..<min(7, offset + 1)).map { first + (offset - $0) }))
      #expect(days.count <= 10)
    }
    #expect(days.count == 9)
    #expect(Set(days.map { Week(of: $0) }).count == 4)
    for week in Set(days.map({ Week(of: $0) })).subtracting([Week(of: first + 79)]) {
      #expect(days.contains(week.sunday))
    }
  }

  @Test func `files that are no backups are neither listed nor removed`() throws {
    let store = try Store.ofPages(path)
    _ = try store.backUp(into: backups)
    for name in ["lifeos-2020-13-01.sqlite", "notes.txt", "lifeos-2020-01-01.sqlite.old"] {
      try Data("mine".utf8).write(to: URL(fileURLWithPath: backups + "/" + name))
    }
    _ = try store.backUp(into: backups)
    #expect(Store.backups(in: backups).count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: backups).count == 4)
  }

  @Test func `restoring moves what stood there aside, its WAL with it`() throws {
    let store = try Store.ofPages(path)
    try store.add("Friday")
    let backup = try store.backUp(into: backups)
    try store.add("Saturday")
    // As after a crash: the last page lies in the WAL alone.
    let wal = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
    let main = try Data(contentsOf: URL(fileURLWithPath: path))
    try store.close()
    try wal.write(to: URL(fileURLWithPath: path + "-wal"))
    try main.write(to: URL(fileURLWithPath: path))

    let aside = try #require(try Store.restore(backup.path, to: path, world: .still()))
    #expect(aside.hasPrefix(path + ".aside."))
    #expect(try Store.ofPages(path).pages().map(\.title) == ["Friday"])
    #expect(
      try Store.ofPages(aside).pages().map(\.title).sorted { $0! < $1! } == ["Friday", "Saturday"])
    #expect(FileManager.default.fileExists(atPath: backup.path))
  }

  @Test func `restoring to an empty place moves nothing`() throws {
    let store = try Store.ofPages(path)
    try store.add("Friday")
    let backup = try store.backUp(into: backups)
    let other = folder.file("new/life.sqlite")
    #expect(try Store.restore(backup.path, to: other, world: .still()) == nil)
    #expect(try Store.ofPages(other).pages().count == 1)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.file("new")).contains {
        $0.contains("restored")
      } == false)
  }

  @Test func `a missing or damaged backup changes nothing`() throws {
    let store = try Store.ofPages(path)
    try store.add("Friday")
    let backup = try store.backUp(into: backups)
    try store.close()
    #expect(throws: StoreError.noSuchBackup(path: "/nowhere")) {
      try Store.restore("/nowhere", to: path, world: .still())
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: backup.path))
    try whole.prefix(whole.count - 5000).write(to: URL(fileURLWithPath: backup.path))
    #expect(throws: StoreError.damaged(path: backup.path)) {
      try Store.restore(backup.path, to: path, world: .still())
    }
    let foreign = folder.file("foreign.sqlite")
    let other = try DatabaseQueue(path: foreign)
    try other.write { try $0.execute(sql: "CREATE TABLE song (title TEXT)") }
    try other.close()
    #expect(throws: StoreError.damaged(path: foreign)) {
      try Store.restore(foreign, to: path, world: .still())
    }
    #expect(try Store.ofPages(path).pages().map(\.title) == ["Friday"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
        $0.contains("restored") || $0.contains("aside")
      } == [])
  }

  @Test func `files that step aside never meet`() throws {
    var paths: Set<String> = []
    let moment = Moment(seconds: 1_795_176_000)
    for _ in 0..<3 {
      try Data("x".utf8).write(to: URL(fileURLWithPath: path))
      paths.insert(try Store.moveAside(path, world: .still(at: moment)))
    }
    #expect(paths.count == 3)
    #expect(paths.contains(path + ".aside.20261120T120000Z"))
    #expect(paths.contains(path + ".aside.20261120T120000Z-3"))
  }
}
