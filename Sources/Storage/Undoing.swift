internal import GRDB
internal import Kernel
internal import SQL

/// Takes back groups of operations, one after the other, by new operations.
///
/// A field gets its former value back only where it still has the value that the group gave it: what
/// was written since (here, or on another device) is left alone and named.
struct Undoing {
  let writing: Writing
  private(set) var leftAlone: [String] = []
  /// Of the row at hand.
  private var space: EntryID

  init(writing: Writing) {
    self.writing = writing
    space = writing.personal
  }

  private var database: Database { writing.database }

  /// One line of `undo_field`.
  private struct Trace {
    let field: String
    let op: EntryID
    let previous: Value
    /// The line stands for a row that the group made.
    var isCreation: Bool { field == Writing.creation }
  }

  mutating func takeBack(_ group: EntryID) throws {
    try writing.turn(to: group)
    var rows: [(space: EntryID, kind: Kind, id: EntryID)] = []
    try database.each(
      "SELECT DISTINCT space, coll, id FROM undo_field WHERE x = ? ORDER BY space, coll, id",
      [.id(group)]
    ) {
      guard let space = $0.id(0), let id = $0.id(2) else { return }
      rows.append((space, Kind($0.text(1)), id))
    }
    for row in rows {
      space = row.space
      // A kind of an area that this program does not have any more.
      guard let table = writing.store.tables[row.kind] else { continue }
      do {
        try writing.enter(space)
      } catch StoreError.left {
        // What was shown to a group stays as it was when the person left it.
        leave(row.kind, "group")
        continue
      }
      try takeBack(group, table, row.id)
    }
    try database.run("UPDATE undo_group SET taken = 1 WHERE x = ?", [.id(group)])
  }

  private mutating func takeBack(_ group: EntryID, _ table: KindTable, _ id: EntryID) throws {
    guard let stored = try writing.row(table, id) else { return }
    let traces = try traces(group, table, id)
    if let creation = traces.first(where: \.isCreation) {
      if !stored.isDead, try isUntouched(since: creation, traces, table, id) {
        let change = Change(deleted: true, previous: stored.deleted)
        try writing.update(table, id, [change], of: stored)
      }
      return
    }
    var changes: [Change] = []
    var mustDie = false
    for trace in traces {
      guard let author = try writing.authorship(space, table.kind, id, trace.field),
        try origin(table.kind, id, trace.field, author.op, among: [trace.op]) == trace.op
      else {
        leave(table.kind, trace.field)
        continue
      }
      if trace.field == Op.deleted {
        if trace.previous == .flag(true) {
          mustDie = try isUntouched(since: trace, traces, table, id)
        } else {
          changes.append(Change(deleted: false, previous: stored.deleted))
        }
      } else if let place = table.place(of: trace.field) {
        changes.append(
          Change(
            field: table.fields[place], value: trace.previous, previous: stored.values[place]))
      }
    }
    if !changes.isEmpty { try writing.update(table, id, changes, of: stored) }
    // Alone and last: only so is it greater than all other writes of the row.
    if mustDie, let now = try writing.row(table, id) {
      try writing.update(table, id, [Change(deleted: true, previous: now.deleted)], of: now)
    }
  }

  private func traces(_ group: EntryID, _ table: KindTable, _ id: EntryID) throws -> [Trace] {
    var traces: [Trace] = []
    try database.each(
      "SELECT field, op, prev FROM undo_field WHERE x = ? AND space = ? AND coll = ? AND id = ?",
      [.id(group), .id(space), .text(table.kind.name), .id(id)]
    ) { columns in
      let field = columns.text(0)
      guard let op = columns.id(1) else { return }
      let shape = field == Writing.creation ? .flag : table.shape(of: field)
      // A field that this program does not know stays as it is.
      guard let shape else { return }
      traces.append(
        Trace(field: field, op: op, previous: columns.value(2, shape)))
    }
    return traces
  }

  /// Whether nothing but the group itself has written the row since `trace`; names what has.
  private mutating func isUntouched(
    since trace: Trace, _ traces: [Trace], _ table: KindTable, _ id: EntryID
  ) throws -> Bool {
    let own = Set(traces.map(\.op))
    var clocks: [(field: String, author: Authorship)] = []
    try database.each(
      "SELECT field, t, op FROM sync_clock WHERE space = ? AND coll = ? AND id = ?",
      [.id(space), .text(table.kind.name), .id(id)]
    ) { columns in
      guard let op = columns.id(2) else { return }
      clocks.append((columns.text(0), Authorship(stamp: columns.stamp(1), op: op)))
    }
    let since = clocks.first { $0.field == trace.field }?.author.stamp
    var isUntouched = true
    for clock in clocks where !own.contains(clock.author.op) {
      // An older write is no touch: a revived row keeps the fields from before.
      if let since, clock.author.stamp < since { continue }
      let origin = try origin(table.kind, id, clock.field, clock.author.op, among: own)
      guard let origin, !own.contains(origin) else { continue }
      if let since,
        let stamp = try stamp(table.kind, id, clock.field, origin), stamp < since
      {
        continue
      }
      isUntouched = false
      leave(table.kind, clock.field)
    }
    return isUntouched
  }

  /// An operation that took another one back gave the field the value from before that one: follows
  /// this from `op` to one of `wanted`, or else to the operation that first wrote the value; nil for
  /// a value from before all writes.
  private func origin(
    _ kind: Kind, _ id: EntryID, _ field: String, _ op: EntryID, among wanted: Set<EntryID>
  ) throws -> EntryID? {
    var op = op
    while !wanted.contains(op) {
      let register: [Datum] = [.id(space), .text(kind.name), .id(id), .text(field)]
      let undone = try database.first(
        "SELECT undo_group.undoes FROM undo_field JOIN undo_group ON undo_group.x = undo_field.x "
          + "WHERE undo_field.op = ? AND space = ? AND coll = ? AND id = ? AND field = ? "
          + "AND undo_group.undoes IS NOT NULL",
        [.id(op)] + register
      ) { $0.id(0) }
      guard let undone, let undone else { return op }
      let was = try database.first(
        "SELECT was FROM undo_field WHERE x = ? AND space = ? AND coll = ? AND id = ? AND field = ?",
        [.id(undone)] + register
      ) { $0.id(0) }
      guard let was, let was else { return nil }
      op = was
    }
    return op
  }

  /// When `op` wrote the field's former value.
  private func stamp(_ kind: Kind, _ id: EntryID, _ field: String, _ op: EntryID) throws -> Stamp? {
    try database.first(
      "SELECT t FROM sync_version WHERE space = ? AND coll = ? AND id = ? AND field = ? AND op = ?",
      [.id(space), .text(kind.name), .id(id), .text(field), .id(op)]
    ) { $0.stamp(0) }
  }

  private mutating func leave(_ kind: Kind, _ field: String) {
    let name = "\(kind.name).\(field)"
    if !leftAlone.contains(name) { leftAlone.append(name) }
  }
}
