/// What changed between two versions of a text, line by line, and word by word inside lines that
/// changed a little.
///
/// Joining the lines that are not `.added` by line feeds gives the old text, joining those that are
/// not `.removed` the new one.
package struct TextDiff: Equatable, Sendable {
  package enum Change: Equatable, Sendable { case same, removed, added }

  /// A stretch of one line.
  package struct Run: Equatable, Sendable {
    package let change: Change
    package let text: String
  }

  package struct Line: Equatable, Sendable {
    package let change: Change
    /// All `.same` in a line that is the same; else what this line shares with its counterpart is
    /// `.same`, and the rest as the line is.
    package let runs: [Run]

    package var text: String { runs.map(\.text).joined() }
  }

  package let lines: [Line]

  package init(from old: String, to new: String) {
    let left = LineText.lines(old)
    let right = LineText.lines(new)
    var names: [[UInt8]: Int32] = [:]
    func key(_ line: Substring) -> Int32 {
      let bytes = Array(line.utf8)
      if let known = names[bytes] { return known }
      let next = Int32(names.count)
      names[bytes] = next
      return next
    }
    let steps = EditScript.steps(from: left.map(key), to: right.map(key))
    lines = Self.lines(steps, left, right)
  }

  /// How many lines were added and removed.
  package var counts: (added: Int, removed: Int) {
    (lines.filter { $0.change == .added }.count, lines.filter { $0.change == .removed }.count)
  }

  /// The changed lines with `context` same ones around each group: for showing a long text. nil
  /// stands where lines are left out.
  package func excerpt(context: Int) -> [Line?] {
    var near = [Bool](repeating: false, count: lines.count)
    for (index, line) in lines.enumerated() where line.change != .same {
      for place in max(0, index - context)...min(lines.count - 1, index + context) {
        near[place] = true
      }
    }
    var shown: [Line?] = []
    for (index, line) in lines.enumerated() {
      if near[index] {
        shown.append(line)
      } else if index == 0 || near[index - 1] {
        shown.append(nil)
      }
    }
    return shown
  }

  private static func lines(
    _ steps: [EditScript.Step], _ left: [Substring], _ right: [Substring]
  ) -> [Line] {
    var lines: [Line] = []
    var removed: [Substring] = []
    var added: [Substring] = []
    func close() {
      var olds: [Line] = []
      var news: [Line] = []
      for index in 0..<max(removed.count, added.count) {
        let old = index < removed.count ? removed[index] : nil
        let new = index < added.count ? added[index] : nil
        if let old, let new, let pair = WordDiff.runs(old, new) {
          olds.append(Line(change: .removed, runs: pair.old))
          news.append(Line(change: .added, runs: pair.new))
        } else {
          if let old { olds.append(whole(old, .removed)) }
          if let new { news.append(whole(new, .added)) }
        }
      }
      lines += olds + news
      removed = []
      added = []
    }
    for step in steps {
      switch step {
      case .keep(let old, _):
        close()
        lines.append(whole(left[old], .same))
      case .remove(let old): removed.append(left[old])
      case .add(let new): added.append(right[new])
      }
    }
    close()
    return lines
  }

  private static func whole(_ text: Substring, _ change: Change) -> Line {
    Line(change: change, runs: [Run(change: change, text: String(text))])
  }
}
