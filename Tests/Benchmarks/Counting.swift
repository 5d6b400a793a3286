internal import GRDB

/// Figures about a database, for the line under the table.
enum Counting {
  static func documents(in database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM search_row") ?? 0
  }
}
