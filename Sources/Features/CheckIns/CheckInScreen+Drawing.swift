internal import Kernel
internal import Life
package import TUI

extension CheckInScreen {
  /// Two columns from a width of 100.
  var isWide: Bool { size.width >= 97 }
  var tableWidth: Int { isWide ? 45 : min(size.width, 46) }
  /// The rows above the first week: the head of the table, and on small screens the sentence.
  var tableTop: Int { isSmall ? 2 : 1 }
  /// No headline above: the sentence stands here.
  private var isSmall: Bool { size.width < 57 || size.height < 9 }

  func tableRows(_ size: Size) -> Int {
    // No more weeks than there is something to see of, but always the one before.
    let first = weeks?.analysis.points.first.map { (current.first - $0.period.first) / 7 } ?? 0
    return max(2, min(first + 2, mostRows(size)))
  }

  private func mostRows(_ size: Size) -> Int {
    if size.width >= 97 { return max(1, min(13, size.height - 9)) }
    return switch size.height {
    case 22...: 8
    case 15...: 5
    case 9...: 4
    default: max(1, min(3, size.height - 4))
    }
  }

  /// The first week of the table: the chosen one stays in sight.
  func firstIndex(rows: Int) -> Int { max(0, index - rows + 1) }

  package func draw(on surface: inout Surface, in rect: Rect) {
    guard let weeks else { return }
    if isWide {
      let (left, right) = rect.split(left: tableWidth, gap: 4)
      drawLeft(weeks, on: &surface, in: left)
      drawRight(weeks, on: &surface, in: right.inset(left: 1))
    } else {
      drawNarrow(weeks, on: &surface, in: rect)
    }
  }

  // MARK: - One column

  private func drawNarrow(_ weeks: CheckInWeeks, on surface: inout Surface, in rect: Rect) {
    var y = rect.y
    if isSmall {
      surface.fit(
        headline.text, isReady ? .accent : .text, at: Point(x: rect.x + 1, y: y), in: rect)
      y += 1
    }
    let table = Rect(x: rect.x, y: y, width: tableWidth, height: rect.maxY - y)
    y += drawTable(weeks, rows: tableRows(rect.size), on: &surface, in: table)
    let rest = Rect(x: rect.x + 1, y: y, width: rect.width - 1, height: rect.maxY - y)
    y += drawPrompt(on: &surface, in: rest, most: isSmall ? 2 : 3)
    let hasRoom = rect.height > 12
    if hasRoom {
      surface.fit(
        SafeText(ScoreWords.formula(.hucares)), .muted, at: Point(x: rect.x + 1, y: y), in: rect)
      y += 2
    }
    y += drawFacts(
      weeks, on: &surface, in: Rect(x: rect.x, y: y, width: rect.width, height: rect.maxY - y))
    if hasRoom { y += 1 }
    let left = Rect(x: rect.x, y: y, width: rect.width, height: rect.maxY - y)
    if weeks.blocks.isEmpty {
      drawTrend(weeks, on: &surface, in: left)
    } else {
      let used = drawGroups(weeks, on: &surface, in: left)
      let room = left.inset(top: used + 1)
      if room.height >= 4 { drawTrend(weeks, on: &surface, in: room) }
    }
  }

  // MARK: - Two columns

  private func drawLeft(_ weeks: CheckInWeeks, on surface: inout Surface, in rect: Rect) {
    var y = rect.y + drawTable(weeks, rows: tableRows(rect.size(of: size)), on: &surface, in: rect)
    func place() -> Rect {
      Rect(x: rect.x + 1, y: y, width: rect.width - 1, height: rect.maxY - y)
    }
    let prompt = drawPrompt(on: &surface, in: place(), most: 5)
    y += max(1, prompt)
    if prompt < 2 {
      for (row, line) in ([ScoreWords.formula(.hucares)] + ScoreWords.explanation(.hucares))
        .enumerated()
      {
        surface.fit(
          SafeText(line), row == 0 ? .text : .muted, at: Point(x: rect.x + 1, y: y), in: rect)
        y += 1
      }
    }
    y += 1
    guard let last = weeks.last, !last.note.isEmpty, rect.maxY - y >= 2 else { return }
    let name = last.key == week.previous.key ? "Last week" : CheckInWords.name(last.key).sentence
    surface.fit(
      SafeText("\(name) you wrote"), .muted, at: Point(x: rect.x + 1, y: y), in: rect)
    y += 1
    let note = SafeText("“\(last.note.prefix(600))”")
    for line in Wrap.lines(note, width: rect.width - 2).prefix(rect.maxY - y) {
      surface.fit(line, .text, at: Point(x: rect.x + 1, y: y), in: rect)
      y += 1
    }
  }

  private func drawRight(_ weeks: CheckInWeeks, on surface: inout Surface, in rect: Rect) {
    var y = rect.y
    y += drawTrend(
      weeks, on: &surface, in: Rect(x: rect.x, y: y, width: rect.width, height: min(8, rect.height))
    )
    y += 1
    let facts = min(6, factLines(weeks).count)
    let room = Rect(
      x: rect.x, y: y, width: rect.width, height: max(0, rect.maxY - y - facts - 1))
    let used =
      weeks.groups.isEmpty
      ? drawAlone(weeks, on: &surface, in: room) : drawGroups(weeks, on: &surface, in: room)
    y += used + 1
    drawFacts(
      weeks, on: &surface,
      in: Rect(x: rect.x, y: y, width: rect.width, height: max(0, rect.maxY - y)))
  }

  // MARK: - The table

  /// The right edges of the figures' columns.
  private func edges(_ width: Int) -> [Int] {
    if width >= 44 { return [17, 24, 30, 36, 43] }
    return width >= 36 ? [13, 19, 24, 29, 35] : [10, 14, 18, 22, 28]
  }

  /// Returns the rows used.
  private func drawTable(
    _ weeks: CheckInWeeks, rows: Int, on surface: inout Surface, in rect: Rect
  ) -> Int {
    let edges = edges(rect.width)
    let isTight = rect.width < 36
    surface.put("WEEK", .strong, at: Point(x: rect.x + 1, y: rect.y), in: rect)
    let parts = CheckInPart.answers + [.score]
    for (part, edge) in zip(parts, edges) {
      let title = isTight && part != .score ? String(part.shortTitle.prefix(3)) : part.shortTitle
      surface.right(
        SafeText(title), .muted, y: rect.y,
        in: Rect(x: rect.x, y: rect.y, width: edge, height: 1))
    }
    let first = firstIndex(rows: rows)
    for row in 0..<rows {
      let place = rect.row(row + 1)
      drawWeek(first + row, weeks, edges, on: &surface, in: place)
    }
    return rows + 1
  }

  private func drawWeek(
    _ index: Int, _ weeks: CheckInWeeks, _ edges: [Int], on surface: inout Surface, in row: Rect
  ) {
    let period = period(at: index)
    let isChosen = period == week
    if isChosen {
      surface.ground(.selection, in: Rect(x: row.x + 1, y: row.y, width: edges[4], height: 1))
      surface.put("▌", .accent, at: Point(x: row.x, y: row.y), in: row)
      surface.cursor = Point(x: row.x, y: row.y)
    }
    let point = weeks.analysis.point(of: period)
    let number = Week(of: period.first).number
    let x = surface.put(
      SafeText(String(number)), isChosen ? .strong : .text, at: Point(x: row.x + 1, y: row.y),
      in: row)
    let (word, role) = mark(period, point, weeks)
    surface.put(
      SafeText(word), role, at: Point(x: x + 1, y: row.y),
      in: Rect(x: row.x, y: row.y, width: edges[0] - 2, height: 1))
    func put(_ text: String, _ role: Role, _ column: Int) {
      surface.right(
        SafeText(text), role, y: row.y,
        in: Rect(x: row.x, y: row.y, width: edges[column], height: 1))
    }
    if isChosen, canWrite, form.isFilling || form.isDirty {
      drawCells(on: &surface, edges, in: row)
      return
    }
    let none = desk.preferences.isASCII ? "." : "·"
    let answers = point?.scores?.all.map(String.init)
    for column in 0..<4 {
      put(answers?[column] ?? none, answers == nil ? .muted : .text, column)
    }
    put(
      point?.score.map { ScoreWords.text($0, by: .hucares) } ?? none,
      point?.score == nil ? .muted : .strong, 4)
  }

  /// The cells of the week that is filled in: what is typed, what waits, what last week's were.
  private func drawCells(on surface: inout Surface, _ edges: [Int], in row: Rect) {
    let none = desk.preferences.isASCII ? "." : "·"
    let typed = form.cells.isEmpty && !form.isFilling ? form.stored?.all ?? [] : form.cells
    for column in 0..<4 {
      let place = Rect(x: row.x, y: row.y, width: edges[column], height: 1)
      if typed.indices.contains(column) {
        surface.right(SafeText(String(typed[column])), .strong, y: row.y, in: place)
        continue
      }
      let isNext = column == typed.count
      let hint = form.hint.map { String($0.all[column]) } ?? (isNext ? "_" : none)
      surface.right(SafeText(hint), isNext ? .accent : .muted, y: row.y, in: place)
      guard isNext else { continue }
      surface.cursor = Point(x: edges[column] + row.x - 1, y: row.y)
      surface.showsCursor = true
    }
    let score = form.scores.map { ScoreWords.text(ScoreRule.hucares.score($0), by: .hucares) }
    surface.right(
      SafeText(score ?? none), score == nil ? .muted : .strong, y: row.y,
      in: Rect(x: row.x, y: row.y, width: edges[4], height: 1))
  }

  /// A word beside the week's number.
  private func mark(
    _ period: Period, _ point: CheckInPoint?, _ weeks: CheckInWeeks
  ) -> (String, Role) {
    if period == current { return ("now", .text) }
    if let point {
      if point.isPrivate { return ("private", .muted) }
      return point.isLate && !point.isBackfilled ? ("late", .muted) : ("", .muted)
    }
    if weeks.analysis.skipReason(period) != nil { return ("left out", .muted) }
    return period.standing(on: desk.world.today) == .late ? ("open", .warn) : ("", .muted)
  }

  /// The question of the next cell, or what Enter will show to whom. Returns the rows used.
  private func drawPrompt(on surface: inout Surface, in rect: Rect, most: Int) -> Int {
    guard canWrite, rect.height > 0 else { return 0 }
    if isReady, let plan {
      let enter = desk.preferences.isASCII ? "Enter" : "⏎"
      var text = StyledText(SafeText(enter), .key)
      text.append(" ")
      text.append(SafeText(CheckInWords.preview(plan)))
      let rows = text.rows(width: rect.width)
      for (row, line) in rows.prefix(min(most, rect.height)).enumerated() {
        line.draw(on: &surface, at: Point(x: rect.x, y: rect.y + row), in: rect)
      }
      return min(rows.count, most, rect.height)
    }
    guard form.isFilling, form.cells.count < 4 else { return 0 }
    let part = CheckInPart.answers[form.cells.count]
    let x = surface.put(
      SafeText("\(form.cells.count + 1)/4 "), .muted, at: Point(x: rect.x, y: rect.y), in: rect)
    surface.fit(
      SafeText(part.question(about: .weekly) ?? ""), .accent, at: Point(x: x, y: rect.y), in: rect)
    return 1
  }
}

extension Rect {
  /// The height of this with the width of the whole: tables are measured by both.
  func size(of whole: Size) -> Size { Size(width: whole.width, height: height) }
}
