internal import Kernel
internal import Life
package import TUI

extension CheckInAnalyticsScreen {
  /// The row of the first part, on a wide screen: beneath the chart, its sentence and a heading.
  var partsTop: Int { 1 + chartHeight + 1 + summaryRows.count + 2 }

  private var summaryRows: [SafeText] {
    guard let trend else { return [] }
    let rows = Wrap.lines(SafeText(trend.summary), width: max(8, leftWidth - 3))
    return Array(rows.prefix(isWide ? 3 : 2))
  }

  package func draw(on surface: inout Surface, in rect: Rect) {
    guard let figures, !isEmpty else { return drawEmpty(on: &surface, in: rect) }
    let left = Rect(x: rect.x, y: rect.y, width: leftWidth, height: rect.height)
    drawHeading(figures.own, on: &surface, in: left.row(0).inset(left: 1, right: 1))
    drawChart(on: &surface, in: left.inset(left: 1, right: 2, top: 1))
    guard isWide else {
      drawPage(on: &surface, in: rect.inset(top: chartHeight + 2))
      return
    }
    for (row, line) in summaryRows.enumerated() {
      let place = left.row(1 + chartHeight + 1 + row).inset(left: 1)
      surface.fit(line, .muted, at: Point(x: place.x, y: place.y), in: place)
    }
    drawParts(on: &surface, in: left.inset(top: partsTop - 1))
    drawPage(on: &surface, in: rect.split(left: leftWidth, gap: 3).right)
  }

  private func drawHeading(_ own: CheckInAnalysis, on surface: inout Surface, in row: Rect) {
    let end = surface.fit(
      SafeText(part.title.uppercased()), .strong, at: Point(x: row.x, y: row.y), in: row)
    let usual = own.baseline(of: part)?.sentence ?? ""
    let words = usual.isEmpty ? span.words : "\(span.words), \(usual)"
    let room = Rect(x: end + 2, y: row.y, width: row.maxX - end - 2, height: 1)
    surface.right(
      SafeText(Width.of(SafeText(words)) <= room.width ? words : usual), .muted, y: row.y, in: room)
    surface.cursor = Point(x: row.x, y: row.y)
  }

  private func drawChart(on surface: inout Surface, in rect: Rect) {
    guard let trend, let first = trend.values.first?.period, let last = trend.values.last?.period
    else { return }
    func name(_ period: Period) -> SafeText { SafeText("w\(Week(of: period.first).number)") }
    let chart = BrailleChart(
      [BrailleChart.Line(trend.values.map { $0.value.map(Double.init) })],
      first: name(first), last: name(last), isASCII: desk.preferences.isASCII)
    chart.draw(
      on: &surface, in: Rect(x: rect.x, y: rect.y, width: rect.width, height: chartHeight))
  }

  private func drawParts(on surface: inout Surface, in rect: Rect) {
    let heading = rect.row(0).inset(left: 1)
    surface.fit("PARTS", .strong, at: Point(x: heading.x, y: heading.y), in: heading)
    for (index, trend) in trends.enumerated() {
      let row = rect.row(index + 1)
      guard !row.isEmpty else { return }
      if trend.part == part {
        surface.ground(.selection, in: row)
        surface.put("▌", .accent, at: Point(x: row.x, y: row.y), in: row)
        surface.cursor = Point(x: row.x, y: row.y)
      }
      let line = CheckInAnalyticsPage.part(
        trend, isSelected: trend.part == part, isASCII: desk.preferences.isASCII)
      line.draw(on: &surface, at: Point(x: row.x + 1, y: row.y), in: row)
    }
    let place = rect.inset(left: 1, right: 1, top: trends.count + 2)
    let words = Wrap.lines(
      SafeText(ScoreWords.explanationLine(.hucares)), width: max(8, place.width))
    for (index, line) in words.prefix(place.height).enumerated() {
      surface.put(line, .muted, at: Point(x: place.x, y: place.y + index), in: place)
    }
  }

  private func drawPage(on surface: inout Surface, in rect: Rect) {
    for (index, row) in page.dropFirst(top).prefix(rect.height).enumerated() {
      let place = rect.row(index).inset(left: 1, right: 1)
      row.draw(on: &surface, at: Point(x: place.x, y: place.y), in: place)
    }
    Scrollbar(total: page.count, first: top).draw(
      on: &surface, in: rect, isASCII: desk.preferences.isASCII)
  }

  private func drawEmpty(on surface: inout Surface, in rect: Rect) {
    let words: SafeText =
      "Nothing to show yet. After your first check-in the course of your weeks stands here; from the "
      + "fourth on also what is usual for you. Nothing is held against anybody else's."
    for (row, line) in Wrap.lines(words, width: max(10, min(72, rect.width - 2))).enumerated() {
      surface.put(line, .muted, at: Point(x: rect.x + 1, y: rect.y + row), in: rect)
    }
    surface.cursor = Point(x: rect.x + 1, y: rect.y)
  }
}
