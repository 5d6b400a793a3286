package import Kernel

/// A year as columns of weeks: a cell a day, higher where more was done, a cursor that walks the days.
///
/// Two columns a week where there is room, else one; where even that is too wide, the weeks around
/// the cursor.
package struct Heatmap: Sendable {
  private let levels: [Day: Int]
  private let skipped: Set<Day>
  private let cursor: Day
  private let today: Day
  private let isASCII: Bool
  /// 0 for Sunday … 6 for Saturday.
  private let weekStart: Int
  /// The first and the last day of the year.
  private let first: Day
  private let last: Day

  /// Month names, then seven days.
  package static let height = 8
  private static let labelWidth = 4

  /// - Parameters:
  ///   - levels: 0 nothing … 4 most; days that are missing count as 0.
  ///   - weekStart: 0 for Sunday, 1 for Monday … 6 for Saturday.
  package init(
    year: Int, levels: [Day: Int], skipped: Set<Day> = [], cursor: Day, today: Day,
    weekStart: Int = 1, isASCII: Bool = false
  ) {
    self.levels = levels
    self.skipped = skipped
    self.cursor = cursor
    self.today = today
    self.isASCII = isASCII
    self.weekStart = ((weekStart % 7) + 7) % 7
    let year = min(max(year, 1), 9999)
    first = Day(year, 1, 1) ?? cursor
    last = Day(year, 12, 31) ?? cursor
  }

  /// Draws at the top of `rect`; returns the rows it took. The hardware cursor goes to the cursor.
  @discardableResult
  package func draw(on surface: inout Surface, in rect: Rect) -> Int {
    let frame = frame(in: rect)
    drawLabels(on: &surface, in: rect, frame)
    for number in first.number...last.number {
      let day = Day(number: number)
      guard let point = place(of: day, frame, in: rect) else { continue }
      let (glyph, role) = cell(day)
      surface.put(
        glyph, role, at: point, in: rect, ground: day == cursor ? .selection : nil)
      if day == cursor, rect.contains(point) { surface.cursor = point }
    }
    return min(Self.height, rect.height)
  }

  /// The day shown at a point; nil beside the days.
  package func day(at point: Point, in rect: Rect) -> Day? {
    let frame = frame(in: rect)
    let column = point.x - rect.x - Self.labelWidth
    let row = point.y - rect.y - 1
    guard column >= 0, column / frame.stride < frame.shown, (0..<7).contains(row) else {
      return nil
    }
    let day = firstOfGrid + (frame.from + column / frame.stride) * 7 + row
    return day >= first && day <= last ? day : nil
  }

  /// Which weeks are shown, and the columns each takes.
  private struct Frame {
    var from: Int
    var shown: Int
    var stride: Int
  }

  private func frame(in rect: Rect) -> Frame {
    let weeks = week(of: last) + 1
    let room = max(0, rect.width - Self.labelWidth)
    let stride = room >= weeks * 2 - 1 ? 2 : 1
    let shown = min(weeks, stride == 2 ? weeks : room)
    let ahead = week(of: min(max(cursor, first), last)) - shown * 2 / 3
    return Frame(from: max(0, min(ahead, weeks - shown)), shown: shown, stride: stride)
  }

  private var firstOfGrid: Day { first - row(of: first) }
  private func row(of day: Day) -> Int { (day.weekday - weekStart + 7) % 7 }
  private func week(of day: Day) -> Int { (day - firstOfGrid) / 7 }

  private func place(of day: Day, _ frame: Frame, in rect: Rect) -> Point? {
    let week = week(of: day) - frame.from
    guard week >= 0, week < frame.shown else { return nil }
    return Point(
      x: rect.x + Self.labelWidth + week * frame.stride, y: rect.y + 1 + row(of: day))
  }

  private func cell(_ day: Day) -> (SafeText, Role) {
    let level = min(max(levels[day] ?? 0, 0), 4)
    let glyphs: [SafeText] = isASCII ? [".", ":", "+", "*", "#"] : ["·", "▁", "▃", "▅", "▇"]
    if level > 0 { return (glyphs[level], .accent) }
    if skipped.contains(day) { return (isASCII ? "-" : "–", .muted) }
    if day == today { return (glyphs[0], .strong) }
    return day < today ? (glyphs[0], .faint) : (" ", .faint)
  }

  private func drawLabels(on surface: inout Surface, in rect: Rect, _ frame: Frame) {
    let names: [SafeText] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    for row in stride(from: 0, to: 7, by: 2) {
      surface.put(
        names[(weekStart + row) % 7], .muted, at: Point(x: rect.x, y: rect.y + 1 + row), in: rect)
    }
    var free = rect.x + Self.labelWidth
    for month in 1...12 {
      guard let start = Day(first.year, month, 1), let point = place(of: start, frame, in: rect),
        point.x >= free, point.x + 3 <= rect.maxX
      else { continue }
      let label = SafeText(Dates.months[month - 1].prefix(3))
      surface.put(label, .muted, at: Point(x: point.x, y: rect.y), in: rect)
      free = point.x + 4
    }
  }
}
