internal import GRDB
package import Kernel
internal import SQL

extension Store {
  /// The first operations that wait to be sent, in the order they were made: at most `limit`.
  package func outbox(limit: Int) throws -> [Op] {
    try read { database in
      var heads: [(n: Int64, op: Op)] = []
      try database.each(
        "SELECT n, op, t, coll, id, x FROM sync_outbox WHERE state = 'pending' ORDER BY n LIMIT ?",
        [.integer(Int64(limit))]
      ) { columns in
        guard let op = columns.id(1), let row = columns.id(4) else { return }
        heads.append(
          (
            columns.integer(0),
            Op(
              id: op, stamp: columns.stamp(2), kind: Kind(columns.text(3)), row: row, fields: [:],
              group: columns.id(5) ?? op)
          ))
      }
      return try heads.map { head in
        var fields: [String: Value] = [:]
        try database.each(
          "SELECT key, type, atom FROM sync_outbox, json_each(f) WHERE n = ?", [.integer(head.n)]
        ) { columns in
          fields[columns.text(0)] =
            switch columns.text(1) {
            case "true": .flag(true)
            case "false": .flag(false)
            case "integer": .number(columns.integer(2))
            case "text": .text(columns.text(2))
            default: .null
            }
        }
        return Op(
          id: head.op.id, stamp: head.op.stamp, kind: head.op.kind, row: head.op.row,
          fields: fields, group: head.op.group)
      }
    }
  }

  /// How many operations wait to be sent.
  package func waitingOperations() throws -> Int {
    try peek {
      Int(try $0.integer("SELECT count(*) FROM sync_outbox WHERE state = 'pending'"))
    }
  }
}
