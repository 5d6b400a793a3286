internal import Kernel
internal import Life
package import TUI

extension GroupScreen {
  package func draw(on surface: inout Surface, in rect: Rect) {
    guard let block else { return drawNothing(on: &surface, in: rect) }
    if !isReading {
      let list = Rect(x: rect.x, y: rect.y, width: listWidth, height: listHeight)
      let view = GroupBlockView(
        block, online: desk.groups?.online[space] ?? [], isASCII: desk.preferences.isASCII,
        hasHeading: false)
      view.draw(on: &surface, in: list, first: top, selected: selected)
      if isWide { drawBelow(block, on: &surface, in: list.inset(top: view.height + 1)) }
    }
    guard hasPage else { return }
    let place = pageRect
    drawPage(
      on: &surface,
      in: Rect(x: rect.x + place.x, y: rect.y + place.y, width: place.width, height: place.height))
  }

  private func drawPage(on surface: inout Surface, in rect: Rect) {
    for (index, row) in page.dropFirst(pageTop).prefix(rect.height).enumerated() {
      let place = rect.row(index).inset(left: 1, right: 1)
      row.draw(on: &surface, at: Point(x: place.x, y: place.y), in: place)
    }
    if isReading { surface.cursor = Point(x: rect.x, y: rect.y) }
    Scrollbar(total: page.count, first: pageTop).draw(
      on: &surface, in: rect, isASCII: desk.preferences.isASCII)
  }

  /// What holds for all of the group: how scores are made, what one shows, what it is about.
  private func drawBelow(_ block: GroupBlock, on surface: inout Surface, in rect: Rect) {
    guard rect.height > 2 else { return }
    let group = block.group
    var rows: [(String, Role)] = [(ScoreWords.formula(group.rule), .muted)]
    if !group.isLeft {
      let words =
        group.choice.isLeftOut
        ? "nothing, unless you choose this group"
        : GroupWords.sharing(group.choice.sharing)
      rows.append(("you share " + words + (group.choice.isMuted ? "; muted" : ""), .muted))
    }
    if !group.info.about.isEmpty {
      rows.append(("", .muted))
      let about = Wrap.lines(SafeText(lines: group.info.about), width: max(8, rect.width - 5))
      rows += about.map { ($0.string, .muted) }
    }
    for (index, row) in rows.prefix(rect.height).enumerated() {
      let place = rect.row(index).inset(left: 3)
      surface.fit(SafeText(row.0), row.1, at: Point(x: place.x, y: place.y), in: place)
    }
  }

  private func drawNothing(on surface: inout Surface, in rect: Rect) {
    let words: SafeText =
      "This group is not on this machine. When it is online again, it reads what is there."
    for (row, line) in Wrap.lines(words, width: max(10, min(72, rect.width - 2))).enumerated() {
      surface.put(line, .muted, at: Point(x: rect.x + 1, y: rect.y + row), in: rect)
    }
    surface.cursor = Point(x: rect.x + 1, y: rect.y)
  }
}
