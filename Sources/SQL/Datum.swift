package import GRDB
internal import GRDBSQLite
package import Kernel

/// A value on its way into a statement.
package enum Datum {
  case null
  case integer(Int64)
  case text(String)
  case id(EntryID)
  case bytes([UInt8])

  /// A flag becomes 0 or 1.
  package init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .flag(let flag): self = .integer(flag ? 1 : 0)
    case .number(let number): self = .integer(number)
    case .text(let text): self = .text(text)
    }
  }

  /// For a column that takes anything, from which the very same value is read back: a flag is a BLOB of
  /// one byte.
  package init(exactly value: Value) {
    if case .flag(let flag) = value {
      self = .bytes([flag ? 1 : 0])
    } else {
      self.init(value)
    }
  }

  package init(_ stamp: Stamp) { self = .integer(Int64(bitPattern: stamp.bits)) }
  package init(_ moment: Moment) { self = .integer(moment.milliseconds) }

  fileprivate func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
    // SQLite copies what it is given: the pointers live for the call alone.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch self {
    case .null:
      return sqlite3_bind_null(statement, index)
    case .integer(let number):
      return sqlite3_bind_int64(statement, index, number)
    case .text(var text):
      return text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) {
          // An empty text has no address, which SQLite would read as null.
          guard let start = $0.baseAddress else {
            return sqlite3_bind_text(statement, index, "", 0, copied)
          }
          return sqlite3_bind_text64(
            statement, index, start, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
        }
      }
    case .id(let id):
      var words = (id.high.bigEndian, id.low.bigEndian)
      return withUnsafeBytes(of: &words) {
        sqlite3_bind_blob(statement, index, $0.baseAddress, 16, copied)
      }
    case .bytes(let bytes):
      return bytes.withUnsafeBytes {
        guard let start = $0.baseAddress else {
          return sqlite3_bind_zeroblob(statement, index, 0)
        }
        return sqlite3_bind_blob64(statement, index, start, UInt64($0.count), copied)
      }
    }
  }
}

/// The columns of the row that a statement stands on, by position.
package struct Columns {
  fileprivate let statement: OpaquePointer

  package func isNull(_ column: CInt) -> Bool {
    sqlite3_column_type(statement, column) == SQLITE_NULL
  }
  package func integer(_ column: CInt) -> Int64 { sqlite3_column_int64(statement, column) }
  package func flag(_ column: CInt) -> Bool { sqlite3_column_int64(statement, column) != 0 }
  package func stamp(_ column: CInt) -> Stamp { Stamp(bits: UInt64(bitPattern: integer(column))) }

  /// The text; empty where there is none.
  package func text(_ column: CInt) -> String {
    guard let start = sqlite3_column_text(statement, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The text's bytes, where they lie; they are gone when `body` returns.
  package func withUTF8<T>(
    _ column: CInt, _ body: (UnsafeBufferPointer<UInt8>) throws -> T
  ) rethrows -> T {
    let start = sqlite3_column_text(statement, column)
    let count = start == nil ? 0 : Int(sqlite3_column_bytes(statement, column))
    return try body(UnsafeBufferPointer(start: start, count: count))
  }

  /// The BLOB's bytes; none where there is none.
  package func bytes(_ column: CInt) -> [UInt8] {
    guard let start = sqlite3_column_blob(statement, column) else { return [] }
    let count = Int(sqlite3_column_bytes(statement, column))
    return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  package func id(_ column: CInt) -> EntryID? { EntryID(sqliteStatement: statement, index: column) }

  /// What `Datum(exactly:)` has put there.
  package func exactValue(_ column: CInt) -> Value {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: .number(integer(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .flag(bytes(column) == [1])
    default: .null
    }
  }

  /// The register in `column`; null where it holds something else than `shape`.
  package func value(_ column: CInt, _ shape: Field.Shape) -> Value {
    switch (sqlite3_column_type(statement, column), shape) {
    case (SQLITE_INTEGER, .number): .number(integer(column))
    case (SQLITE_INTEGER, .flag): .flag(flag(column))
    case (SQLITE_TEXT, .text): .text(text(column))
    default: .null
    }
  }
}

extension Database {
  /// Runs one statement, kept for the next time. The short road under `Store.write`: a fifth of the
  /// cost of GRDB's arguments.
  package func run(_ sql: String, _ data: [Datum] = []) throws {
    try each(sql, data) { _ in }
  }

  /// Calls `body` with each row. It must not run the same SQL again.
  package func each(_ sql: String, _ data: [Datum] = [], _ body: (Columns) throws -> Void) throws {
    try walk(sql, data) {
      try body($0)
      return true
    }
  }

  /// Calls `body` with each row until it returns false. It must not run the same SQL again.
  package func walk(_ sql: String, _ data: [Datum] = [], _ body: (Columns) throws -> Bool) throws {
    let cached = try cachedStatement(sql: sql)
    let statement = cached.sqliteStatement
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, datum) in data.enumerated() {
      guard datum.bind(to: statement, at: CInt(index + 1)) == SQLITE_OK else { throw failure(sql) }
    }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: guard try body(Columns(statement: statement)) else { return }
      case SQLITE_DONE: return
      default: throw failure(sql)
      }
    }
  }

  /// The first row, as `body` reads it.
  package func first<T>(_ sql: String, _ data: [Datum] = [], _ body: (Columns) throws -> T) throws
    -> T?
  {
    let cached = try cachedStatement(sql: sql)
    let statement = cached.sqliteStatement
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, datum) in data.enumerated() {
      guard datum.bind(to: statement, at: CInt(index + 1)) == SQLITE_OK else { throw failure(sql) }
    }
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return try body(Columns(statement: statement))
    case SQLITE_DONE: return nil
    default: throw failure(sql)
    }
  }

  /// The number in the first column of the first row; 0 where there is none.
  package func integer(_ sql: String, _ data: [Datum] = []) throws -> Int64 {
    try first(sql, data) { $0.integer(0) } ?? 0
  }

  private func failure(_ sql: String) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(sqliteConnection)),
      message: lastErrorMessage, sql: sql)
  }
}
