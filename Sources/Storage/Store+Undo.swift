internal import GRDB
internal import Kernel

extension Store {
  /// Undoes the last write that has not been undone; nil where there is none.
  package func undo() throws -> Undone? { try takeBack(.undo) }

  /// Does again what the last undo took back; nil after any other write.
  package func redo() throws -> Undone? { try takeBack(.redo) }

  /// What `undo` and `redo` would do now: their labels.
  package func undoLabels() throws -> (undo: String?, redo: String?) {
    try read { database in
      let history = UndoHistory(database: database)
      return (try history.next(.undo)?.label, try history.next(.redo)?.label)
    }
  }

  private func takeBack(_ turn: Writing.Purpose.Turn) throws -> Undone? {
    // Looked at first, so that nothing to undo costs no write.
    guard try read({ try UndoHistory(database: $0).next(turn) }) != nil else { return nil }
    let purpose = Writing.Purpose(label: "", turn: turn, undoes: nil, batch: nil)
    return try change(purpose) { writing in
      guard let last = try UndoHistory(database: writing.database).next(turn) else { return nil }
      writing.name(last.label, batch: last.groups.count > 1 ? world.newID() : nil)
      var undoing = Undoing(writing: writing)
      for group in last.groups { try undoing.takeBack(group) }
      return Undone(label: last.label, leftAlone: undoing.leftAlone)
    }
  }
}

/// What an undo or a redo did.
package struct Undone: Equatable, Sendable {
  /// The label of the write that was taken back or done again.
  package let label: String
  /// Fields left alone because they were written since, as `kind.field`.
  package let leftAlone: [String]
  package init(label: String, leftAlone: [String]) {
    self.label = label
    self.leftAlone = leftAlone
  }
}
