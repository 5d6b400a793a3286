/// Where the rows of a text break at a width, kept up to date edit by edit.
struct TextLayout: Sendable {
  let width: Int
  /// By line: where its second and later rows begin.
  private var breaks: [[Int]]
  /// By line: the number of its first row.
  private var starts: [Int]
  private(set) var rowCount: Int

  /// A row of the screen: a part of a line.
  struct Row {
    let line: Int
    let range: Range<Int>
    let isLast: Bool
  }

  init(_ lines: [String], width: Int) {
    self.width = max(1, width)
    breaks = lines.map { [width = self.width] in Self.breaks(of: $0, width: width) }
    starts = []
    rowCount = 0
    number(from: 0)
  }

  /// Follows an edit; `lines` are those after it and after all later ones.
  mutating func follow(_ changes: [TextChange], lines: [String]) {
    if changes.count > 1 {
      guard let first = changes.first,
        changes.allSatisfy({ $0.lines == first.lines && $0.edit != nil })
      else {
        self = TextLayout(lines, width: width)
        return
      }
      breaks[first.lines.lowerBound] = Self.breaks(of: lines[first.lines.lowerBound], width: width)
      return number(from: first.lines.lowerBound)
    }
    guard let change = changes.first else { return }
    let line = change.lines.lowerBound
    if let edit = change.edit {
      let before = breaks[line].count
      breaks[line] = Self.breaks(
        of: lines[line], width: width, old: breaks[line], offset: edit.offset,
        removed: edit.removed, inserted: edit.inserted)
      let grown = breaks[line].count - before
      if grown != 0 {
        for later in line + 1..<max(line + 1, starts.count) { starts[later] += grown }
        rowCount += grown
      }
    } else {
      let new = lines[line..<line + change.count].map { Self.breaks(of: $0, width: width) }
      breaks.replaceSubrange(change.lines, with: new)
      number(from: line)
    }
  }

  func row(_ number: Int, lines: [String]) -> Row {
    let line = self.line(atRow: number)
    let index = number - starts[line]
    let breaks = breaks[line]
    let start = index == 0 ? 0 : breaks[index - 1]
    let isLast = index == breaks.count
    let end = isLast ? lines[line].utf8.count : breaks[index]
    return Row(line: line, range: start..<end, isLast: isLast)
  }

  /// The row that shows the caret at `position`: the later one where a row ends.
  func row(of position: TextPosition) -> Int {
    let breaks = breaks[position.line]
    var (low, high) = (0, breaks.count)
    while low < high {
      let middle = (low + high) / 2
      if breaks[middle] <= position.offset { low = middle + 1 } else { high = middle }
    }
    return starts[position.line] + low
  }

  private func line(atRow row: Int) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  private mutating func number(from line: Int) {
    var next = 0
    if line > 0, line <= starts.count { next = starts[line - 1] + breaks[line - 1].count + 1 }
    starts.removeSubrange(min(line, starts.count)...)
    starts.reserveCapacity(breaks.count)
    for index in line..<max(line, breaks.count) {
      starts.append(next)
      next += breaks[index].count + 1
    }
    rowCount = next
  }

  private static func breaks(of line: String, width: Int) -> [Int] {
    if line.utf8.count <= width, line.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return [] }
    var breaks: [Int] = []
    var start = 0
    while let next = Wrap.nextRow(of: line, from: start, width: width) {
      breaks.append(next)
      start = next
    }
    return breaks
  }

  /// The breaks after an edit. A row depends on nothing but its start and the text up to the first
  /// word of the next row; so rows well before the edit stay, and once a row behind the edit starts
  /// where one did before, all later ones do.
  private static func breaks(
    of line: String, width: Int, old: [Int], offset: Int, removed: Int, inserted: Int
  ) -> [Int] {
    var kept = 0
    while kept + 2 < old.count, old[kept + 2] <= offset { kept += 1 }
    var breaks = Array(old[..<min(kept, old.count)])
    var start = breaks.last ?? 0
    var candidate = kept
    while let next = Wrap.nextRow(of: line, from: start, width: width) {
      if next >= offset + inserted {
        while candidate < old.count, old[candidate] - removed + inserted < next { candidate += 1 }
        if candidate < old.count, old[candidate] >= offset + removed,
          old[candidate] - removed + inserted == next
        {
          for later in old[candidate...] { breaks.append(later - removed + inserted) }
          return breaks
        }
      }
      breaks.append(next)
      start = next
    }
    return breaks
  }
}
