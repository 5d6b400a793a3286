internal import Foundation
internal import Kernel
internal import Life
internal import Storage
internal import TestKit

@testable internal import Features

/// A store in memory that knows the journal, and a world that stands still.
func journalStore(seed: UInt64 = 1, at moment: Moment? = nil) throws -> Store {
  let world = moment.map { World.still(at: $0, seed: seed) } ?? World.still(seed: seed)
  return try Store(
    path: nil,
    schema: Schema(
      entries: JournalTables.entries, migrations: JournalTables.migrations,
      searches: JournalTables.searches), world: world)
}

/// `YYYY-MM-DD`, which must exist.
func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("\(text) is a day") }
  return day
}

extension Store {
  @discardableResult
  func jot(
    _ text: String, on dayText: String = "2026-11-20", title: String = "", tags: [String] = [],
    isStarred: Bool = false, at moment: Moment? = nil
  ) throws -> EntryID {
    try JournalWriting.add(
      JournalWriting.Addition(
        day: day(dayText), at: moment, title: title, sections: ["body": text], tags: tags,
        isStarred: isStarred), in: self
    ).id
  }

  func entry(_ id: EntryID) throws -> JournalEntry? {
    try read { try JournalQueries.entry($0, id: id) }
  }

  func tags(_ id: EntryID) throws -> [String] { try read { try JournalQueries.tags($0, of: id) } }

  func rows(_ filter: JournalFilter = JournalFilter(), limit: Int = 1000) throws -> [JournalRow] {
    try read { try JournalQueries.rows($0, filter, limit: limit) }
  }

  /// Every entry with its tags, oldest first.
  func everything() throws -> [(entry: JournalEntry, tags: [String])] {
    var all: [(entry: JournalEntry, tags: [String])] = []
    try read { db in try JournalQueries.everything(db) { all.append(($0, $1)) } }
    return all
  }
}

extension TemporaryFolder {
  /// Writes a file inside, with the folders that lead to it; its path.
  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let path = file(name)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, text.utf8) }
}
