internal import Kernel
internal import Life
internal import TUI

// What stands beside the answers: the trend, the groups, who sees what, and the note.
extension CheckInScreen {
  /// Draws the trend of the score with its sentence; for who has just begun, the four questions.
  /// Returns the rows used.
  @discardableResult
  func drawTrend(_ weeks: CheckInWeeks, on surface: inout Surface, in rect: Rect) -> Int {
    let trend = weeks.analysis.trend(of: .score, last: 12)
    let known = trend.values.count { $0.value != nil }
    guard known >= 2 else { return drawQuestions(on: &surface, in: rect) }
    guard rect.height >= 2 else { return 0 }
    let top = rect.row(0)
    let baseline = weeks.analysis.baseline(before: nil)
    let figure =
      counted(trend.values.count, "week", "weeks") + (baseline.map { ", \($0.sentence)" } ?? "")
    surface.put("TREND", .strong, at: Point(x: rect.x + 1, y: top.y), in: top)
    surface.right(SafeText(figure), .muted, y: top.y, in: top.inset(left: 8))
    func name(_ value: CheckInTrend.Value?) -> SafeText {
      value.map { SafeText("w\(Week(of: $0.period.first).number)") } ?? ""
    }
    let chart = BrailleChart(
      [.init(trend.values.map { $0.value.map(Double.init) })], first: name(trend.values.first),
      last: name(trend.values.last), isASCII: desk.preferences.isASCII)
    let rows = chart.draw(
      on: &surface,
      in: Rect(x: rect.x + 1, y: rect.y + 1, width: rect.width - 1, height: rect.height - 2))
    surface.fit(
      SafeText(trend.sentence), .muted, at: Point(x: rect.x + 1, y: rect.y + 1 + rows), in: rect)
    return rows + 2
  }

  private func drawQuestions(on surface: inout Surface, in rect: Rect) -> Int {
    var lines: [(String, Role)] = [("FOUR ANSWERS, 1 TO 10", .strong)]
    for part in CheckInPart.answers {
      lines.append((part.question(about: .weekly) ?? "", .text))
    }
    lines.append(("Digits answer; 0 is 10. Last week’s stand dimmed, Tab keeps them.", .muted))
    var y = rect.y
    for (text, role) in lines {
      for line in Wrap.lines(SafeText(text), width: max(8, rect.width - 2)) where y < rect.maxY {
        surface.put(line, role, at: Point(x: rect.x + 1, y: y), in: rect)
        y += 1
      }
    }
    return y - rect.y
  }

  /// For who is in no group: how one comes to one.
  func drawAlone(_ weeks: CheckInWeeks, on surface: inout Surface, in rect: Rect) -> Int {
    let text =
      weeks.me == nil
      ? "This is for you alone. To see each other’s weeks, friends share a group on a server: g a "
        + "signs in, then G makes a group or joins one by its code."
      : "This is for you alone. G makes a group to share it with friends, or joins one by its code."
    var y = rect.y
    guard rect.height > 1 else { return 0 }
    surface.put("FOR YOURSELF", .strong, at: Point(x: rect.x + 1, y: y), in: rect)
    y += 1
    for line in Wrap.lines(SafeText(text), width: max(8, rect.width - 2)) where y < rect.maxY {
      surface.put(line, .muted, at: Point(x: rect.x + 1, y: y), in: rect)
      y += 1
    }
    return y - rect.y
  }

  /// Draws the groups: with their members where there is room, else a line each. Returns the rows used.
  func drawGroups(_ weeks: CheckInWeeks, on surface: inout Surface, in rect: Rect) -> Int {
    let isASCII = desk.preferences.isASCII
    let online = desk.groups?.online ?? [:]
    let hidden = weeks.groups.count - weeks.blocks.count
    var y = rect.y
    for (index, block) in weeks.blocks.enumerated() {
      let view = GroupBlockView(
        block, online: online[block.group.space] ?? [], isASCII: isASCII)
      // Each of those behind needs a line at least.
      let behind = weeks.blocks.count - index - 1 + (hidden > 0 ? 1 : 0)
      let room = rect.maxY - y - behind
      guard room > 0 else {
        let left = weeks.groups.count - index
        surface.fit(
          SafeText("and \(CheckInWeeks.count(left)) more: G"), .muted,
          at: Point(x: rect.x + 1, y: rect.maxY - 1), in: rect)
        return rect.height
      }
      if view.height + 1 <= room || (behind == 0 && view.height <= room) {
        view.draw(
          on: &surface, in: Rect(x: rect.x, y: y, width: rect.width, height: view.height))
        y += view.height + (behind == 0 ? 0 : 1)
      } else {
        drawLine(of: block, on: &surface, in: Rect(x: rect.x, y: y, width: rect.width, height: 1))
        y += 1
      }
    }
    if hidden > 0, y < rect.maxY {
      surface.fit(
        SafeText("and \(CheckInWeeks.count(hidden)) more: G"), .muted,
        at: Point(x: rect.x + 1, y: y), in: rect)
      y += 1
    }
    return min(y, rect.maxY) - rect.y
  }

  private func drawLine(of block: GroupBlock, on surface: inout Surface, in row: Rect) {
    let mean = block.meanText.map { ", mean \($0)" } ?? ""
    let right =
      surface.right(
        SafeText(block.participation + mean), .muted, y: row.y, in: row.inset(left: row.width / 3))
      - 2
    let place = Rect(x: row.x + 1, y: row.y, width: max(0, right - row.x - 1), height: 1)
    let end = surface.fit(block.heading, .strong, at: Point(x: place.x, y: place.y), in: place)
    surface.fit(block.periodWords, .muted, at: Point(x: end + 2, y: place.y), in: place)
  }

  // MARK: - Who sees what, and what goes with the answers

  /// `SHARED`, `NOTE`, `MOOD`: a heading and its text.
  func factLines(_ weeks: CheckInWeeks) -> [(SafeText, SafeText, Role)] {
    var lines: [(SafeText, SafeText, Role)] = []
    if !weeks.groups.isEmpty { lines += sharedLines(weeks) }
    let extras = form.extras
    if extras.note.isEmpty {
      lines.append(("NOTE", canWrite ? "n writes one" : "–", .muted))
    } else {
      lines.append(("NOTE", SafeText(Summary.line(title: "", text: extras.note)), .text))
    }
    let mood = extras.mood.isEmpty ? (canWrite ? "m sets it" : "–") : extras.mood
    let energy = extras.energy.map { "energy \($0) of 5" } ?? (canWrite ? "e sets energy" : "")
    lines.append(
      (
        "MOOD", SafeText([mood, energy].filter { !$0.isEmpty }.joined(separator: " · ")),
        extras.mood.isEmpty && extras.energy == nil ? .muted : .text
      ))
    return lines
  }

  private func sharedLines(_ weeks: CheckInWeeks) -> [(SafeText, SafeText, Role)] {
    if form.extras.isPrivate { return [("SHARED", "nothing: it is private (v)", .text)] }
    let targets = targets
    guard !targets.isEmpty else { return [("SHARED", "with no group (p)", .muted)] }
    let kinds = Set(targets.map(\.choice.sharing))
    if kinds.count == 1, let kind = kinds.first {
      return [("SHARED", SafeText(GroupWords.sharing(kind)), .text)]
    }
    return GroupChoice.Sharing.allCases.filter { kinds.contains($0) }.enumerated().map {
      index, kind in
      let names = targets.filter { $0.choice.sharing == kind }.map(\.info.name)
      return (
        index == 0 ? "SHARED" : "",
        SafeText("\(CheckInWords.of(kind)): \(names.joined(separator: ", "))"), .text
      )
    }
  }

  /// Returns the rows used.
  @discardableResult
  func drawFacts(_ weeks: CheckInWeeks, on surface: inout Surface, in rect: Rect) -> Int {
    let lines = factLines(weeks).prefix(rect.height)
    for (row, line) in lines.enumerated() {
      let place = rect.row(row)
      surface.put(line.0, .strong, at: Point(x: place.x + 1, y: place.y), in: place)
      surface.fit(
        line.1, line.2, at: Point(x: place.x + (rect.width < 44 ? 8 : 11), y: place.y), in: place)
    }
    return lines.count
  }
}
