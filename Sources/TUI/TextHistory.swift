/// The edits of a text that can be undone and done again.
struct TextHistory: Sendable {
  enum Kind: Sendable { case typing, erasing, other }

  struct Edit: Sendable {
    var start: TextPosition
    var removed: String
    var inserted: String
    /// Where the inserted text ends.
    var end: TextPosition
    var caret: TextPosition
    var anchor: TextPosition?
    var kind: Kind
  }

  private(set) var done: [Edit] = []
  private(set) var undone: [Edit] = []
  /// False after a motion: what is typed next is an edit of its own.
  private var mayJoin = false

  private static let most = 10_000

  mutating func pause() { mayJoin = false }

  /// Adds an edit. What is typed letter by letter joins to words, and so does what is erased.
  mutating func add(_ edit: Edit) {
    undone.removeAll()
    let joined = mayJoin && join(edit)
    mayJoin = edit.kind != .other
    if joined { return }
    if done.count >= Self.most { done.removeFirst(Self.most / 10) }
    done.append(edit)
  }

  mutating func undo() -> Edit? {
    mayJoin = false
    guard let edit = done.popLast() else { return nil }
    undone.append(edit)
    return edit
  }

  mutating func redo() -> Edit? {
    mayJoin = false
    guard let edit = undone.popLast() else { return nil }
    done.append(edit)
    return edit
  }

  private mutating func join(_ edit: Edit) -> Bool {
    guard let last = done.last, last.kind == edit.kind else { return false }
    let index = done.count - 1
    switch edit.kind {
    case .typing:
      guard last.end == edit.start, edit.removed.isEmpty, edit.inserted != "\n",
        last.inserted.last?.isWhitespace != true || edit.inserted.first?.isWhitespace == true
      else { return false }
      done[index].inserted += edit.inserted
      done[index].end = edit.end
      return true
    case .erasing:
      guard edit.inserted.isEmpty else { return false }
      if edit.start == last.start {
        done[index].removed += edit.removed
        return true
      }
      guard edit.start.end(of: edit.removed) == last.start else { return false }
      done[index].removed = edit.removed + last.removed
      done[index].start = edit.start
      done[index].end = edit.start
      return true
    case .other: return false
    }
  }
}
