package import GRDB
package import Kernel

extension Entry {
  /// `id` and the fields, for the SELECT of `init(row:)`: `t.id, t.type, …` with an alias, or plain.
  package static func columns(alias: String? = nil) -> String {
    let prefix = alias.map { $0 + "." } ?? ""
    return (["id"] + fields.map(\.name)).map { prefix + "\"\($0)\"" }.joined(separator: ", ")
  }

  /// Reads a row selected by `columns`, starting at column `offset`.
  package init(row: Row, offset: Int = 0) {
    preconditionFailure("CONTRACT")
  }
}
