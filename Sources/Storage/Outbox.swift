internal import GRDB
package import Kernel
internal import SQL

extension Store {
  /// The first operations that wait to be sent, in the order they were made: at most `limit`.
  package func outbox(limit: Int) throws -> [Op] {
    try read { database in
      var operations: [Op] = []
      try OutboxReader(database: database, path: path).each(
        "WHERE state = 'pending' ORDER BY n LIMIT ?", [.integer(Int64(limit))]
      ) { operations.append($0.op) }
      return operations
    }
  }

  /// How many operations wait to be sent.
  package func waitingOperations() throws -> Int {
    try peek {
      Int(try $0.integer("SELECT count(*) FROM sync_outbox WHERE state = 'pending'"))
    }
  }
}

/// Reads operations from the outbox.
struct OutboxReader {
  /// An operation with what the outbox notes beside it.
  struct Line {
    let op: Op
    let space: EntryID
    /// Of its JSON, roughly.
    let bytes: Int
    let born: Moment
    /// Why the server has refused it.
    let reason: String
  }

  let database: Database
  let path: String?

  /// Each operation of `condition`, SQL from WHERE on.
  func each(_ condition: String, _ data: [Datum], _ body: (Line) throws -> Void) throws {
    try database.each(
      "SELECT op, t, coll, id, x, f, b, born, err, space FROM sync_outbox \(condition)", data
    ) { columns in
      let fields = columns.text(5)
      let bases = columns.text(6)
      guard let op = columns.id(0), let row = columns.id(3), let space = columns.id(9),
        let values = CanonicalJSON.fields(fields),
        let authors = bases.isEmpty ? [:] : CanonicalJSON.bases(bases)
      else { throw StoreError.damaged(path: path ?? ":memory:") }
      try body(
        Line(
          op: Op(
            id: op, stamp: columns.stamp(1), kind: Kind(columns.text(2)), row: row,
            fields: values, bases: authors, group: columns.id(4) ?? op), space: space,
          bytes: fields.utf8.count + bases.utf8.count + 200,
          born: Moment(milliseconds: columns.integer(7)), reason: columns.text(8)))
    }
  }
}
