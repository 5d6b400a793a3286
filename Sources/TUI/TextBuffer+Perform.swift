extension TextBuffer {
  /// Does what a key asks for. `target` tells where motions lead, where a screen knows better.
  package mutating func perform(
    _ command: TextCommand,
    target: (TextBuffer, TextMotion) -> TextPosition = { $0.target(of: $1) }
  ) {
    switch command {
    case .insert(let text):
      let isTyped = text.utf8.count < 64 && text.count == 1
      replace(selection ?? caret..<caret, with: text, kind: isTyped ? .typing : .other)
    case .newline: replace(selection ?? caret..<caret, with: "\n", kind: .typing)
    case .delete(let motion): delete(target(self, motion))
    case .kill(let motion): kill(motion, target(self, motion))
    case .killSelection:
      guard let selection else { return kill(.wordLeft, target(self, .wordLeft)) }
      kept = selectedText
      replace(selection, with: "")
    case .keepSelection:
      if selection != nil { kept = selectedText }
      unselect()
    case .yank: replace(selection ?? caret..<caret, with: kept)
    case .move(let motion): move(motion, target)
    case .select(let motion): move(to: target(self, motion), selecting: true)
    case .selectAll: select(.start..<end)
    case .mark: if isMarking { unselect() } else { startMarking() }
    case .transpose: transpose()
    case .undo: undo()
    case .redo: redo()
    }
  }

  private mutating func move(
    _ motion: TextMotion, _ target: (TextBuffer, TextMotion) -> TextPosition
  ) {
    if !isMarking, let selection, motion == .left || motion == .right {
      move(to: motion == .left ? selection.lowerBound : selection.upperBound)
    } else {
      move(to: target(self, motion))
    }
  }

  private mutating func delete(_ goal: TextPosition) {
    if let selection {
      replace(selection, with: "")
    } else {
      replace(min(goal, caret)..<max(goal, caret), with: "", kind: .erasing)
      unselect()
    }
  }

  /// Kills one after another are kept as one text. At the end of a line, its newline goes.
  private mutating func kill(_ motion: TextMotion, _ goal: TextPosition) {
    if let selection {
      kept = selectedText
      return replace(selection, with: "")
    }
    var goal = goal
    if goal == caret, motion == .lineEnd { goal = target(of: .right) }
    guard goal != caret else { return }
    let range = min(goal, caret)..<max(goal, caret)
    let killed = text(in: range)
    let joins = lastWasKill
    if goal < caret {
      kept = killed + (joins ? kept : "")
    } else {
      kept = (joins ? kept : "") + killed
    }
    replace(range, with: "")
    lastWasKill = true
  }

  /// Swaps the graphemes before and after the caret, or the last two at the end of a line.
  private mutating func transpose() {
    let line = lines[caret.line]
    let middle =
      caret.offset == line.utf8.count && caret.offset > 0
      ? line.graphemeStart(before: caret.offset) : caret.offset
    guard middle > 0, middle < line.utf8.count else { return }
    let (low, high) = (line.graphemeStart(before: middle), line.graphemeEnd(at: middle))
    replace(
      TextPosition(line: caret.line, offset: low)..<TextPosition(line: caret.line, offset: high),
      with: String(line.text(middle..<high)) + line.text(low..<middle))
  }
}
