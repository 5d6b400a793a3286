internal import GRDB
internal import GRDBSQLite

/// Breaks a transaction off in its midst: SQLite asks at every step of its programs whether it may go
/// on, and at one of them the answer is no. To the caller it is an error of the disk.
final class Strike {
  /// How often SQLite has asked.
  private(set) var asked = 0
  private let point: Int

  /// Strikes when SQLite asks for the time after `point`; a large one only counts.
  init(at point: Int) { self.point = point }

  var hasHit: Bool { asked > point }

  /// Runs `body` under the threat.
  func threaten<T>(_ queue: DatabaseQueue, _ body: () throws -> T) throws -> T {
    let own = Unmanaged.passUnretained(self).toOpaque()
    queue.inDatabase { database in
      sqlite3_progress_handler(
        database.sqliteConnection, 1,
        { context in
          guard let context else { return 0 }
          let strike = Unmanaged<Strike>.fromOpaque(context).takeUnretainedValue()
          strike.asked += 1
          return strike.asked - 1 == strike.point ? 1 : 0
        }, own)
    }
    defer {
      queue.inDatabase { sqlite3_progress_handler($0.sqliteConnection, 0, nil, nil) }
    }
    return try body()
  }
}

/// Runs `body` with a disk that has no room for one more page.
func onFullDisk<T>(_ queue: DatabaseQueue, _ body: () throws -> T) throws -> T {
  try queue.inDatabase { database in
    let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
    try database.execute(sql: "PRAGMA max_page_count = \(pages)")
  }
  let result = Result { try body() }
  try queue.inDatabase { try $0.execute(sql: "PRAGMA max_page_count = 1073741823") }
  return try result.get()
}
