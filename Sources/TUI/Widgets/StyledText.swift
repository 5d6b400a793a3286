package import Kernel

/// Text in pieces, each with its role: a paragraph with hits, tags or keys in it.
package struct StyledText: Equatable, Sendable {
  /// A piece of text that looks alike.
  package struct Run: Equatable, Sendable {
    package var text: SafeText
    package var role: Role
    package init(_ text: SafeText, _ role: Role = .text) {
      self.text = text
      self.role = role
    }
  }

  package var runs: [Run]
  package init(_ runs: [Run] = []) { self.runs = runs }
  package init(_ text: SafeText, _ role: Role = .text) { runs = [Run(text, role)] }

  package var text: SafeText { SafeText(joining: runs.map(\.text)) }

  package mutating func append(_ text: SafeText, _ role: Role = .text) {
    runs.append(Run(text, role))
  }

  /// The rows at a width, broken as `Wrap` breaks; a newline ends a row. Tabs count as one space.
  package func rows(width: Int) -> [StyledText] {
    var rows: [StyledText] = []
    for line in lines {
      let string = line.text.string
      for range in Wrap.rows(of: string, width: width) {
        rows.append(line.part(range.lowerBound..<Wrap.trimmed(string, range)))
      }
    }
    return rows
  }

  /// Draws at `point`; returns the column after the last one.
  @discardableResult
  package func draw(
    on surface: inout Surface, at point: Point, in rect: Rect, ground: Ground? = nil
  ) -> Int {
    var x = point.x
    for run in runs {
      x = surface.put(run.text, run.role, at: Point(x: x, y: point.y), in: rect, ground: ground)
    }
    return x
  }

  private var lines: [StyledText] {
    var lines = [StyledText()]
    for run in runs {
      for (index, piece) in run.text.lines.enumerated() {
        if index > 0 { lines.append(StyledText()) }
        // Once more for one line, so that no tab is left.
        let text = SafeText(piece.string)
        if !text.isEmpty { lines[lines.count - 1].append(text, run.role) }
      }
    }
    return lines
  }

  /// The bytes of `range`, with their roles. A range of rows never cuts a grapheme within a run.
  private func part(_ range: Range<Int>) -> StyledText {
    var part = StyledText()
    var start = 0
    for run in runs {
      let end = start + run.text.string.utf8.count
      let low = max(range.lowerBound, start)
      let high = min(range.upperBound, end)
      if low < high {
        part.append(SafeText(run.text.string.text(low - start..<high - start)), run.role)
      }
      start = end
    }
    return part
  }
}
