package import GRDB
internal import GRDBSQLite
package import Kernel

/// Ids are BLOBs of 16 bytes; anything else in a column of ids reads as no id.
extension EntryID: DatabaseValueConvertible, StatementColumnConvertible {
  package var databaseValue: DatabaseValue { DataBytes.value(bytes) }

  package static func fromDatabaseValue(_ value: DatabaseValue) -> EntryID? {
    DataBytes.bytes(value).flatMap { EntryID(bytes: $0) }
  }

  package init?(sqliteStatement: SQLiteStatement, index: CInt) {
    guard sqlite3_column_bytes(sqliteStatement, index) == 16,
      let start = sqlite3_column_blob(sqliteStatement, index)
    else { return nil }
    self.init(
      high: UInt64(bigEndian: start.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: start.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }
}

/// Days are texts, `YYYY-MM-DD`.
extension Day: DatabaseValueConvertible {
  package var databaseValue: DatabaseValue { description.databaseValue }
  package static func fromDatabaseValue(_ value: DatabaseValue) -> Day? {
    String.fromDatabaseValue(value).flatMap { Day($0) }
  }
}

/// Moments are integers: milliseconds since 1970-01-01 00:00 UTC.
extension Moment: DatabaseValueConvertible {
  package var databaseValue: DatabaseValue { milliseconds.databaseValue }
  package static func fromDatabaseValue(_ value: DatabaseValue) -> Moment? {
    Int64.fromDatabaseValue(value).map { Moment(milliseconds: $0) }
  }
}

/// Kinds are texts: their names.
extension Kind: DatabaseValueConvertible {
  package var databaseValue: DatabaseValue { name.databaseValue }
  package static func fromDatabaseValue(_ value: DatabaseValue) -> Kind? {
    String.fromDatabaseValue(value).map { Kind($0) }
  }
}
