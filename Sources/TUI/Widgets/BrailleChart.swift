package import Kernel

/// The course of one or more figures as lines of braille dots: eight dots a cell.
///
/// The top and the bottom of the scale stand at the left, the first and the last value below. Where a
/// value is missing, the line has a gap; more values than dots are drawn as their means.
package struct BrailleChart: Sendable {
  /// One figure's course.
  package struct Line: Sendable {
    package var values: [Double?]
    package var role: Role
    /// Told from others without colour.
    package var isDashed: Bool
    package init(_ values: [Double?], _ role: Role = .accent, isDashed: Bool = false) {
      self.values = values.map { value in
        value.flatMap { $0.isFinite ? min(max($0, -BrailleChart.most), BrailleChart.most) : nil }
      }
      self.role = role
      self.isDashed = isDashed
    }
  }

  /// Rows of dots at most; the labels take one row more.
  package static let mostRows = 6

  /// Beyond this a figure stands at the edge.
  private static let most = 1e12

  private let lines: [Line]
  private let ends: (first: SafeText, last: SafeText)
  private let low: Double
  private let high: Double
  private let isASCII: Bool
  private let label: @Sendable (Double) -> SafeText

  /// - Parameters:
  ///   - lines: the first one drawn last, over the others; the ends show its values.
  ///   - first: what the first value is of: `w35`.
  ///   - range: the scale; nil for one that fits the values, in round figures.
  ///   - label: how figures are written.
  package init(
    _ lines: [Line], first: SafeText = "", last: SafeText = "",
    range: ClosedRange<Double>? = nil, isASCII: Bool = false,
    label: @escaping @Sendable (Double) -> SafeText = { BrailleChart.whole($0) }
  ) {
    self.lines = lines
    ends = (first, last)
    self.isASCII = isASCII
    self.label = label
    let known = lines.flatMap { $0.values.compactMap { $0 } }
    let scale = range ?? Self.round(known.min() ?? 0, known.max() ?? 1)
    (low, high) = (scale.lowerBound, scale.upperBound)
  }

  /// `−3`, `16`
  package static func whole(_ value: Double) -> SafeText {
    let number = Int(min(max(value, -most), most).rounded())
    return SafeText(number < 0 ? "−\(number.magnitude)" : String(number))
  }

  /// Draws from the top of `rect`, as wide as that. Returns the rows used: none where nothing fits or
  /// no value is known.
  @discardableResult
  package func draw(on surface: inout Surface, in rect: Rect) -> Int {
    let labels = [label(high), label(low)]
    let margin = (labels.map { Width.of($0) }.max() ?? 0) + 1
    let plot = Rect(
      x: rect.x + margin, y: rect.y, width: rect.width - margin,
      height: min(Self.mostRows, rect.height - 1))
    guard plot.width >= 4, plot.height >= 1, hasValues else { return 0 }
    let scale = Rect(x: rect.x, y: rect.y, width: margin - 1, height: plot.height)
    surface.right(labels[0], .muted, y: scale.y, in: scale)
    if plot.height > 1 { surface.right(labels[1], .muted, y: scale.maxY - 1, in: scale) }
    for line in lines.reversed() {
      if isASCII {
        drawASCII(line, on: &surface, in: plot)
      } else {
        drawDots(line, on: &surface, in: plot)
      }
    }
    drawEnds(on: &surface, in: Rect(x: plot.x, y: plot.maxY, width: plot.width, height: 1))
    return plot.height + 1
  }

  private var hasValues: Bool { lines.contains { $0.values.contains { $0 != nil } } }

  private func drawEnds(on surface: inout Surface, in row: Rect) {
    func value(_ value: Double??) -> SafeText {
      guard let value, let value else { return "" }
      return label(value)
    }
    let first = SafeText(
      joining: [ends.first, value(lines.first?.values.first)].filter { !$0.isEmpty },
      separator: " ")
    let last = SafeText(
      joining: [ends.last, value(lines.first?.values.last)].filter { !$0.isEmpty }, separator: " ")
    let start = surface.right(last, .muted, y: row.y, in: row)
    if row.x + Width.of(first) < start {
      surface.put(first, .muted, at: Point(x: row.x, y: row.y), in: row)
    }
  }

  // MARK: Dots

  /// The row of a value among `count`, from the top.
  private func level(_ value: Double, of count: Int) -> Int {
    let part = high > low ? (value / (high - low) - low / (high - low)) : 0.5
    return count - 1 - min(count - 1, max(0, Int((part * Double(count - 1)).rounded())))
  }

  /// The values at each of `count` columns: their own, means of many, or points of the line between.
  private func spread(_ values: [Double?], over count: Int) -> [Double?] {
    guard values.count > 1 else {
      var columns = [Double?](repeating: nil, count: count)
      if let value = values.first { columns[count / 2] = value }
      return columns
    }
    if values.count > count {
      return (0..<count).map { column in
        let range = column * values.count / count..<(column + 1) * values.count / count
        let known = values[range].compactMap { $0 }
        return known.isEmpty ? nil : known.reduce(0) { $0 + $1 / Double(known.count) }
      }
    }
    var columns = [Double?](repeating: nil, count: count)
    func place(_ index: Int) -> Int { index * (count - 1) / (values.count - 1) }
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      columns[place(index)] = value
      guard index + 1 < values.count, let next = values[index + 1] else { continue }
      let (from, to) = (place(index), place(index + 1))
      for column in from..<to {
        let part = Double(column - from) / Double(to - from)
        columns[column] = value + (next - value) * part
      }
    }
    return columns
  }

  /// The levels that a line passes in each column: so far that it meets the one before.
  private func runs(_ line: Line, columns: Int, levels: Int) -> [ClosedRange<Int>?] {
    let points = spread(line.values, over: columns).map { $0.map { level($0, of: levels) } }
    return points.indices.map { index in
      guard let point = points[index] else { return nil }
      guard index > 0, let before = points[index - 1], abs(before - point) > 1 else {
        return point...point
      }
      return point < before ? point...(before - 1) : (before + 1)...point
    }
  }

  private func drawDots(_ line: Line, on surface: inout Surface, in plot: Rect) {
    let runs = runs(line, columns: plot.width * 2, levels: plot.height * 4)
    for x in 0..<plot.width {
      var cells: [Int: UInt32] = [:]
      for side in 0...1 {
        let column = x * 2 + side
        guard let run = runs[column], !line.isDashed || column % 6 < 4 else { continue }
        for level in run { cells[level / 4, default: 0] |= Self.dots[side][level % 4] }
      }
      for (row, dots) in cells {
        let point = Point(x: plot.x + x, y: plot.y + row)
        // Another line's dots in the same cell stay.
        let other = surface.bounds.contains(point) ? surface[point.x, point.y].scalar : 0
        let both = dots | ((0x2800...0x28FF).contains(other) ? other & 0xFF : 0)
        guard let scalar = Unicode.Scalar(0x2800 + both) else { continue }
        surface.put(SafeText(String(scalar)), line.role, at: point, in: plot)
      }
    }
  }

  private func drawASCII(_ line: Line, on surface: inout Surface, in plot: Rect) {
    let runs = runs(line, columns: plot.width, levels: plot.height * 3)
    for (x, run) in runs.enumerated() {
      guard let run, !line.isDashed || x % 3 < 2 else { continue }
      for row in run.lowerBound / 3...run.upperBound / 3 {
        let isSteep = run.count > 2
        let mark: SafeText = isSteep ? "|" : ["'", "-", "."][run.lowerBound % 3]
        surface.put(mark, line.role, at: Point(x: plot.x + x, y: plot.y + row), in: plot)
      }
    }
  }

  /// The bits of a braille cell: by side, from the top.
  private static let dots: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  /// A scale of round figures around the values.
  private static func round(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    let span = high / 4 - low / 4
    // 1, 2, 5, 10, 20, 50 …
    var (step, turn) = (1.0, 0)
    while step < span {
      step *= turn % 3 == 1 ? 2.5 : 2
      turn += 1
    }
    let bottom = (low / step).rounded(.down) * step
    let top = (high / step).rounded(.up) * step
    return top > bottom ? bottom...top : (bottom - step)...(top + step)
  }
}
