internal import GRDB
internal import Kernel
internal import SQL

/// The order of writes, undos and redos: the classic two stacks, read from the table of groups.
///
/// Undo takes the last write or redo that has not been taken back; redo takes the last undo that has
/// not, unless a plain write came after it.
struct UndoHistory {
  let database: Database

  /// What one step takes back: a group, or all groups of its batch, the last one first.
  struct Step {
    let label: String
    let groups: [EntryID]
  }

  func next(_ turn: Writing.Purpose.Turn) throws -> Step? {
    var number: Int64
    if turn == .undo {
      number = max(try last(.write), try last(.redo))
    } else {
      number = try last(.undo)
      let lastWrite = try database.integer(
        "SELECT max(n) FROM (SELECT max(n) AS n FROM undo_group WHERE turn = 0 AND taken = 0 "
          + "UNION ALL SELECT max(n) FROM undo_group WHERE turn = 0 AND taken = 1)")
      if lastWrite > number { number = 0 }
    }
    guard number > 0 else { return nil }
    let group = try database.first(
      "SELECT label, x, batch FROM undo_group WHERE n = ?", [.integer(number)]
    ) { (label: $0.text(0), group: $0.id(1), batch: $0.id(2)) }
    guard let group, let id = group.group else { return nil }
    guard let batch = group.batch else { return Step(label: group.label, groups: [id]) }
    var groups: [EntryID] = []
    try database.each(
      "SELECT x FROM undo_group WHERE batch = ? AND taken = 0 ORDER BY n DESC", [.id(batch)]
    ) { if let id = $0.id(0) { groups.append(id) } }
    return Step(label: group.label, groups: groups)
  }

  private func last(_ turn: Writing.Purpose.Turn) throws -> Int64 {
    try database.integer(
      "SELECT max(n) FROM undo_group WHERE turn = ? AND taken = 0", [.integer(turn.rawValue)])
  }
}
