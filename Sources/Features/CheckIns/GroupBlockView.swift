package import Kernel
internal import Life
package import TUI

/// Draws a group's period: a heading, a row a member, and what it comes to. One look for all screens.
package struct GroupBlockView {
  private let block: GroupBlock
  private let isASCII: Bool
  private let online: Set<EntryID>
  private let hasHeading: Bool

  /// - Parameters:
  ///   - online: the accounts that listen now.
  ///   - hasHeading: false where the screen's own headline says what it would.
  package init(
    _ block: GroupBlock, online: Set<EntryID> = [], isASCII: Bool = false, hasHeading: Bool = true
  ) {
    self.block = block
    self.online = online
    self.isASCII = isASCII
    self.hasHeading = hasHeading
  }

  /// The rows that it takes: heading, members, figures.
  package var height: Int {
    (hasHeading ? 1 : 0) + block.lines.count + (block.figures.isEmpty ? 0 : 1)
  }

  /// Draws as much as fits; what does not is counted in the last row. Beneath the heading the members
  /// from `first` on.
  package func draw(
    on surface: inout Surface, in rect: Rect, first: Int = 0, selected: Int? = nil
  ) {
    var area = rect
    if hasHeading {
      drawHeading(on: &surface, in: area.row(0))
      area = area.inset(top: 1)
    }
    let columns = columns(width: area.width)
    let hasFigures = !block.figures.isEmpty && area.height > 2
    let room = area.height - (hasFigures ? 1 : 0)
    let shown = block.lines.indices.dropFirst(first).prefix(max(0, room))
    for (row, index) in shown.enumerated() {
      draw(
        block.lines[index], columns, isSelected: index == selected, on: &surface,
        in: area.row(row))
    }
    Scrollbar(total: block.lines.count, first: first).draw(
      on: &surface, in: Rect(x: area.x, y: area.y, width: area.width, height: room),
      isASCII: isASCII)
    guard hasFigures else { return }
    let place = area.row(shown.count).inset(left: 3)
    surface.fit(block.figures, .muted, at: Point(x: place.x, y: place.y), in: place)
  }

  private func drawHeading(on surface: inout Surface, in row: Rect) {
    let place = row.inset(left: 1, right: 1)
    let name = Width.of(block.heading)
    // What is said gives way to the name: first the words behind the figure, then the period.
    let long = SafeText(block.summary)
    var period = block.periodWords
    func fits(_ figure: SafeText) -> Bool {
      name + 2 + (period.isEmpty ? 0 : Width.of(period) + 2) + Width.of(figure) <= place.width
    }
    var figure = long
    if !fits(figure) { figure = SafeText(block.participation) }
    if !fits(figure) { period = "" }
    let right = surface.right(figure, .muted, y: place.y, in: place) - 2
    let room = Rect(x: place.x, y: place.y, width: right - place.x, height: 1)
    let end = surface.fit(block.heading, .strong, at: Point(x: room.x, y: room.y), in: room)
    surface.fit(period, .muted, at: Point(x: end + 2, y: room.y), in: room)
  }

  /// Where what stands; widths in columns.
  private struct Places {
    var name: Int
    var score: Int
    var trend: Int
    var mood: Int
  }

  private func columns(width: Int) -> Places {
    let names = block.lines.map { Width.of($0.shownName) }.max() ?? 0
    let scores = block.lines.map {
      Width.of($0.scoreText(by: block.group.rule, isASCII: isASCII))
    }
    let moods = block.lines.map { Width.of(SafeText($0.checkIn?.mood ?? "")) }.max() ?? 0
    return Places(
      name: min(max(4, names), max(6, min(18, width / 3))), score: max(3, scores.max() ?? 0),
      trend: width < 34 ? 0 : width < 46 ? 6 : 12, mood: width < 56 ? 0 : min(10, moods))
  }

  private func draw(
    _ line: GroupBlock.Line, _ columns: Places, isSelected: Bool, on surface: inout Surface,
    in row: Rect
  ) {
    if isSelected {
      surface.ground(.selection, in: row)
      surface.put("▌", .accent, at: Point(x: row.x, y: row.y), in: row)
      surface.cursor = Point(x: row.x, y: row.y)
    }
    let quiet: Role = isSelected ? .text : .muted
    var x = row.x + 1
    if online.contains(line.account) {
      surface.put(isASCII ? "*" : "●", .good, at: Point(x: x, y: row.y), in: row)
    }
    x += 2
    let isPale = line.isGone || line.checkIn == nil
    surface.put(
      Width.cut(line.shownName, to: columns.name), isPale ? quiet : .text,
      at: Point(x: x, y: row.y), in: row)
    x += columns.name + 2
    let score = Width.pad(
      line.scoreText(by: block.group.rule, isASCII: isASCII), to: columns.score, atRight: true)
    surface.put(score, isPale ? quiet : .strong, at: Point(x: x, y: row.y), in: row)
    x += columns.score + 2
    if columns.trend > 0 {
      let trend = Sparkline.text(
        line.history.map { $0.map(Double.init) }, width: columns.trend, isASCII: isASCII)
      surface.put(trend, quiet, at: Point(x: x, y: row.y), in: row)
      x += columns.trend + 2
    }
    if columns.mood > 0 {
      let mood = Width.cut(SafeText(line.checkIn?.mood ?? ""), to: columns.mood)
      surface.put(mood, .text, at: Point(x: x, y: row.y), in: row)
      x += columns.mood + 2
    }
    drawEnd(
      of: line, quiet, on: &surface, in: Rect(x: x, y: row.y, width: row.maxX - x - 1, height: 1))
  }

  private func drawEnd(
    of line: GroupBlock.Line, _ quiet: Role, on surface: inout Surface, in rect: Rect
  ) {
    let (words, role) = remark(on: line, quiet)
    var x = rect.x
    if !words.isEmpty {
      x = surface.fit(words, role, at: Point(x: x, y: rect.y), in: rect) + 2
    }
    guard x < rect.maxX else { return }
    let echo = line.echo(width: rect.maxX - x, isASCII: isASCII)
    surface.put(echo, quiet, at: Point(x: x, y: rect.y), in: rect)
  }

  /// What a member's row says beside figures.
  private func remark(on line: GroupBlock.Line, _ quiet: Role) -> (SafeText, Role) {
    if line.isGone { return ("left", quiet) }
    guard line.checkIn == nil else { return (line.isLate ? "late" : "", quiet) }
    switch block.standing {
    case .future, .open, .late: return ("open", line.isMe && !block.group.isLeft ? .warn : quiet)
    case .closed: return ("not in", quiet)
    }
  }
}
