package import GRDB
internal import Kernel
package import Life
internal import SQL

extension CheckInQueries {
  /// A page of one's own, newest first. Bounded by what it reads, whatever there is.
  package static func ownPage(_ db: Database, from offset: Int, limit: Int) throws -> [CheckIn] {
    try all(
      db, "_space IS NULL ORDER BY key DESC LIMIT ? OFFSET ?",
      [.integer(Int64(max(0, limit))), .integer(Int64(max(0, offset)))])
  }

  /// How many of one's own there are.
  package static func ownCount(_ db: Database) throws -> Int {
    Int(try db.integer("SELECT count(*) FROM check_in_live WHERE _space IS NULL"))
  }

  /// How many of one's own are newer than a week's.
  package static func ownPosition(_ db: Database, of key: String) throws -> Int {
    try db.first(
      "SELECT count(*) FROM check_in_live WHERE _space IS NULL AND key > ?", [.text(key)]
    ) { Int($0.integer(0)) } ?? 0
  }
}
