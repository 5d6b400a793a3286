package import GRDB
internal import GRDBSQLite
package import Kernel

extension Entry {
  /// `id` and the fields, for the SELECT of `init(row:)`: `t.id, t.type, …` with an alias, or plain.
  package static func columns(alias: String? = nil) -> String {
    let prefix = alias.map { $0 + "." } ?? ""
    return (["id"] + fields.map(\.name)).map { prefix + "\"\($0)\"" }.joined(separator: ", ")
  }

  /// Reads a row selected by `columns`, starting at column `offset`.
  package init(row: Row, offset: Int = 0) {
    var values: [Value] = []
    values.reserveCapacity(Self.fields.count)
    for (index, field) in Self.fields.enumerated() {
      values.append(Value(row: row, column: offset + 1 + index, shape: field.shape))
    }
    self.init(id: row[offset], values: values)
  }
}

extension Value {
  /// The value of a column, read as `shape`; null where the column holds something else.
  init(row: Row, column: Int, shape: Field.Shape) {
    switch shape {
    case .text:
      let text: String? = row[column]
      self = text.map { .text($0) } ?? .null
    case .number:
      let number: Int64? = row[column]
      self = number.map { .number($0) } ?? .null
    case .flag:
      let number: Int64? = row[column]
      self = number.map { .flag($0 != 0) } ?? .null
    }
  }
}

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
