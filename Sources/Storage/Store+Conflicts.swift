internal import GRDB
internal import Kernel
internal import SQL

/// Texts that were overwritten by somebody who had not seen them.
extension Store {
  /// Overwritten long texts that nobody has looked at, newest first.
  package func conflicts(limit: Int) throws -> [TextConflict] {
    try read { database in
      var found: [(space: EntryID, conflict: TextConflict)] = []
      try database.each(
        """
        SELECT space, coll, id, field, t, op, val, lost_at FROM sync_version
        WHERE why = 'merge' AND seen_by_user = 0 ORDER BY lost_at DESC, t DESC LIMIT ?
        """, [.integer(Int64(limit))]
      ) { columns in
        guard let space = columns.id(0), let row = columns.id(2), let op = columns.id(5) else {
          return
        }
        found.append(
          (
            space,
            TextConflict(
              kind: Kind(columns.text(1)), row: row, field: columns.text(3),
              lost: Authorship(stamp: columns.stamp(4), op: op), lostText: columns.text(6),
              lostAt: Moment(milliseconds: columns.integer(7)), text: "")
          ))
      }
      let personal = try SyncSpace.personal(in: database)
      return try found.map { space, conflict in
        let rows = RegisterRows(
          database: database, space: space, isPersonal: space == personal)
        let value = try rows.value(
          try rows.table(tables[conflict.kind], for: conflict.row), conflict.kind, conflict.row,
          conflict.field)
        return TextConflict(
          kind: conflict.kind, row: conflict.row, field: conflict.field, lost: conflict.lost,
          lostText: conflict.lostText, lostAt: conflict.lostAt, text: value.text ?? "")
      }
    }
  }

  /// How many overwritten texts nobody has looked at.
  package func openConflicts() throws -> Int {
    try read { database in
      Int(
        try database.integer(
          "SELECT count(*) FROM sync_version WHERE why = 'merge' AND seen_by_user = 0"))
    }
  }

  /// Marks a conflict as looked at, here and on the person's other devices.
  package func resolve(_ conflict: TextConflict) throws {
    try write("Dismiss a conflict") { edit in
      try edit.save(ConflictSeen(op: conflict.lost.op, field: conflict.field))
    }
  }

  /// Writes the overwritten text as a new edit of the field, undoable, and marks it as looked at.
  package func takeBack(_ conflict: TextConflict) throws {
    guard let table = tables[conflict.kind], let place = table.place(of: conflict.field) else {
      return
    }
    try write("Take an overwritten text back") { edit in
      try edit.save(ConflictSeen(op: conflict.lost.op, field: conflict.field))
      guard let stored = try edit.writing.row(table, conflict.row) else { return }
      var changes = [
        Change(
          field: table.fields[place], value: .text(conflict.lostText),
          previous: stored.values[place])
      ]
      if stored.isDead { changes.append(Change(deleted: false, previous: stored.deleted)) }
      try edit.writing.update(table, conflict.row, changes, of: stored)
    }
  }
}
