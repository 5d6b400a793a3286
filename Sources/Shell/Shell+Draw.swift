internal import Features
internal import Kernel
package import TUI

extension Shell {
  var layout: Layout { Layout(size) }

  /// What the terminal shall show now.
  package mutating func frame() -> Frame {
    let layout = layout
    var surface = Surface(size: size)
    if layout.isCompact {
      drawCompactHeader(on: &surface, layout)
    } else {
      drawTabs(on: &surface)
      drawHeadline(on: &surface, layout)
      drawStatus(on: &surface, layout)
    }
    screen.draw(on: &surface, in: layout.content)
    drawHints(on: &surface, layout)
    drawNotices(on: &surface, layout)
    if showsPending { drawWhichKey(on: &surface, layout) }
    if let overlay {
      surface.cursor = nil
      surface.showsCursor = false
      overlay.draw(on: &surface, in: overlayRect(overlay), frame: Rect(size))
    }
    if showsStatistics { drawStatistics(on: &surface) }
    if let cursor = surface.cursor, !surface.bounds.contains(cursor) {
      // On a screen too small for what has the focus there is no place for it.
      surface.cursor = nil
      surface.showsCursor = false
    }
    statistics.frames += 1
    return Frame(
      surface: surface, title: "lifeos — \(screen.title)", theme: theme, mouse: mouseIsOn)
  }

  /// The columns of each tab's name.
  var tabSpans: [Rect] {
    if layout.isCompact { return [] }
    var x = 2
    return tabs.indices.map { index in
      let width = Width.of(tabLabel(index))
      defer { x += width + 2 }
      return Rect(x: x, y: 0, width: width, height: 2)
    }
  }

  /// Below 96 columns the inactive ones of many tabs shrink to digits.
  private func tabLabel(_ index: Int) -> SafeText {
    let full = "\(index + 1) \(tabs[index].area.title)"
    if index == active || size.width >= 96 || tabs.count <= 4 { return SafeText(full) }
    return SafeText("\(index + 1)")
  }

  private func drawTabs(on surface: inout Surface) {
    let dateText = SafeText(Dates.short(desk.world.today))
    let dateX = surface.right(
      dateText, .muted, y: 0, in: Rect(x: 0, y: 0, width: size.width - 2, height: 1))
    for (index, span) in tabSpans.enumerated() where span.maxX < dateX {
      let isActive = index == active
      surface.put(
        tabLabel(index), isActive ? .title : .muted, at: Point(x: span.x, y: 0), in: surface.bounds)
      if isActive {
        surface.fill(Rect(x: span.x, y: 1, width: span.width, height: 1), glyph("━", "="), .accent)
      }
    }
  }

  private func drawHeadline(on surface: inout Surface, _ layout: Layout) {
    let (text, figure) = screen.headline
    let row = Rect(x: 2, y: layout.headlineRow, width: size.width - 4, height: 1)
    let x = figure.isEmpty ? row.maxX : surface.right(figure, .muted, y: row.y, in: row) - 2
    surface.fit(
      text, .text, at: Point(x: row.x, y: row.y),
      in: Rect(x: row.x, y: row.y, width: x - row.x, height: 1))
  }

  private func drawCompactHeader(on surface: inout Surface, _ layout: Layout) {
    let date = SafeText(Dates.short(desk.world.today))
    var x = surface.right(date, .muted, y: 0, in: surface.bounds)
    if let mark = syncLine.mark {
      // There is no status line here: what a person must know stands beside the date.
      x = surface.right(
        mark, syncLine.role, y: 0, in: Rect(x: 0, y: 0, width: max(0, x - 1), height: 1))
    }
    if let count = news.count {
      x = surface.right(
        count, .accent, y: 0, in: Rect(x: 0, y: 0, width: max(0, x - 1), height: 1))
    }
    let (_, figure) = screen.headline
    let title = SafeText("\(active + 1) \(tabs[active].area.title)")
    let end = surface.fit(
      title, .title, at: Point(x: 0, y: 0), in: Rect(x: 0, y: 0, width: max(0, x - 1), height: 1))
    let room = Rect(x: end + 2, y: 0, width: x - end - 4, height: 1)
    if Width.of(figure) <= room.width {
      surface.put(figure, .muted, at: Point(x: room.x, y: 0), in: room)
    }
  }

  private func drawStatus(on surface: inout Surface, _ layout: Layout) {
    let row = Rect(x: 2, y: layout.statusRow, width: size.width - 4, height: 1)
    var right = row.maxX
    if !pending.isEmpty {
      let keys = KeySequence(pending).label + " …"
      right = surface.right(keys, .accent, y: row.y, in: row)
    } else if let count = news.count {
      right = surface.right(count, .accent, y: row.y, in: row)
    }
    let status = statusText
    surface.fit(
      status.text, status.role, at: Point(x: row.x, y: row.y),
      in: Rect(x: row.x, y: row.y, width: right - row.x - 1, height: 1))
  }

  private var statusText: (text: SafeText, role: Role) {
    if let job = jobs.values.min(by: { $0.startedAt < $1.startedAt }),
      now - job.startedAt >= Self.patienceForJobs
    {
      return (SafeText("\(glyph("◐", "/")) \(job.label)…"), .accent)
    }
    let line = syncLine
    return (line.text, line.role)
  }

  private func drawNotices(on surface: inout Surface, _ layout: Layout) {
    // Toasts stand above the status line, newest lowest; in a compact frame above the hints.
    var y = layout.isCompact ? layout.hintsRow - 1 : layout.statusRow - 1
    for (notice, _) in notices.shown.reversed() where y >= layout.content.y {
      let mark: String
      let role: Role
      switch notice.tone {
      case .plain: (mark, role) = ("", .text)
      case .good: (mark, role) = ("\(glyph("✓", "x")) ", .good)
      case .warn: (mark, role) = ("! ", .warn)
      case .bad: (mark, role) = ("\(glyph("×", "X")) ", .bad)
      }
      let margin = layout.isCompact ? 0 : 2
      let room = y - layout.content.y + 1
      var rows = Wrap.lines(
        SafeText(mark + notice.text.string), width: max(8, size.width - 2 * margin - 2))
      if rows.count > min(3, room) { rows = [SafeText(mark + notice.text.string)] }
      let width = min(size.width - 2 * margin, (rows.map { Width.of($0) }.max() ?? 0) + 2)
      for (index, row) in rows.enumerated() {
        let place = Rect(
          x: size.width - width - margin, y: y - rows.count + 1 + index, width: width, height: 1)
        surface.fill(place, " ", role, ground: .raised)
        surface.fit(
          row, role, at: Point(x: place.x + 1, y: place.y), in: place.inset(right: 1),
          ground: .raised)
      }
      y -= rows.count
    }
  }

  private func drawStatistics(on surface: inout Surface) {
    let text = SafeText(
      " frame \(statistics.frames) · \(statistics.lastFrameMicroseconds) µs · \(statistics.lastCommand) "
    )
    surface.right(text, .accent, y: 1, in: surface.bounds, ground: .raised)
  }

  func glyph(_ unicode: String, _ ascii: String) -> String {
    desk.preferences.isASCII ? ascii : unicode
  }

  func glyph(_ unicode: Character, _ ascii: Character) -> Character {
    desk.preferences.isASCII ? ascii : unicode
  }

  func overlayRect(_ overlay: any Overlay) -> Rect {
    overlay.place(in: Rect(size))
  }
}

extension Rect {
  /// All of a size.
  init(_ size: Size) { self.init(x: 0, y: 0, width: size.width, height: size.height) }
}
