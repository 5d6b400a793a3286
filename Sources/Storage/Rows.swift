package import GRDB
internal import GRDBSQLite
package import Kernel
internal import SQL

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
