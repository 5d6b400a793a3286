internal import Kernel
internal import TUI

/// A list that narrows as one types: pickers, the palette, the themes.
struct PickerOverlay: Overlay {
  struct Item {
    let title: SafeText
    let detail: SafeText
    /// A key's label, at the right.
    let key: SafeText
    /// Why it cannot run now.
    let because: String?
    let outcome: Outcome
    /// Tried while it is selected (a theme).
    let preview: Outcome?
  }

  let title: SafeText
  private let items: [Item]
  /// Further items for a text: the palette's entries and days.
  private let more: (String) -> [Item]
  private let cancelled: Outcome
  private var input = LineInput("")
  private var found: [Item]
  private var selected = 0
  private var top = 0
  private var note = ""

  init(
    title: SafeText, items: [Item], more: @escaping (String) -> [Item] = { _ in [] },
    cancelled: Outcome = .close, selected: Int = 0
  ) {
    self.title = title
    self.items = items
    self.more = more
    self.cancelled = cancelled
    found = items
    self.selected = selected
    keepVisible()
  }

  init(_ picker: Picker) {
    self.init(
      title: picker.title,
      items: picker.items.map {
        Item(
          title: $0.title, detail: $0.detail, key: "", because: nil, outcome: .act($0.run),
          preview: nil)
      })
  }

  private static let mostRows = 14

  func place(in frame: Rect) -> Rect {
    let height = min(max(items.count, found.count), Self.mostRows) + 4
    let box = frame.centred(width: 72, height: height)
    // A little above the middle, and steady while the list narrows.
    return Rect(
      x: box.x, y: min(box.y, max(0, frame.height / 8)), width: box.width, height: box.height)
  }

  mutating func press(_ key: Key) -> Outcome {
    note = ""
    switch key.code {
    case .escape: return cancelled
    case .enter: return choose()
    case .up, .backTab: return move(-1)
    case .down, .tab: return move(1)
    case .pageUp: return move(-Self.mostRows)
    case .pageDown: return move(Self.mostRows)
    default:
      if key == .control("p") { return move(-1) }
      if key == .control("n") { return move(1) }
      if key == .control("g") || key == .control("c") { return cancelled }
      let before = input.text
      _ = input.handle(key)
      return input.text == before ? .stay : narrow()
    }
  }

  mutating func paste(_ text: String) {
    input.insert(text)
    _ = narrow()
  }

  mutating func scroll(_ lines: Int) { _ = move(lines.signum()) }

  mutating func click(_ point: Point, in rect: Rect) -> Outcome {
    guard rect.contains(point) else { return cancelled }
    let index = top + point.y - rect.y - 3
    guard point.y >= rect.y + 3, found.indices.contains(index) else { return .stay }
    selected = index
    return choose()
  }

  private mutating func choose() -> Outcome {
    guard found.indices.contains(selected) else { return .stay }
    if let because = found[selected].because {
      note = because
      return .stay
    }
    return found[selected].outcome
  }

  private mutating func move(_ rows: Int) -> Outcome {
    guard !found.isEmpty else { return .stay }
    let target = selected + rows
    // One step beyond an end goes round; a page stops there.
    selected =
      abs(rows) == 1
      ? (target + found.count) % found.count : min(max(0, target), found.count - 1)
    keepVisible()
    return found[selected].preview ?? .stay
  }

  private mutating func narrow() -> Outcome {
    found = Fuzzy.filter(items, by: input.text) { $0.title.string + " " + $0.detail.string }
    if !input.text.isEmpty { found += more(input.text) }
    selected = 0
    top = 0
    return found.first?.preview ?? .stay
  }

  private mutating func keepVisible() {
    if selected < top { top = selected }
    if selected >= top + Self.mostRows { top = selected - Self.mostRows + 1 }
  }

  func draw(on surface: inout Surface, in rect: Rect, frame: Rect) {
    surface.box(rect, title: title)
    let inner = rect.inset(left: 2, right: 2, top: 1, bottom: 1)
    let x = surface.put("› ", .accent, at: Point(x: inner.x, y: inner.y), in: inner)
    input.draw(on: &surface, in: Rect(x: x, y: inner.y, width: inner.maxX - x, height: 1))
    let list = Rect(x: inner.x, y: inner.y + 2, width: inner.width, height: inner.height - 2)
    if found.isEmpty {
      surface.fit("Nothing matches.", .muted, at: Point(x: list.x, y: list.y), in: list)
    }
    for (row, item) in found.dropFirst(top).prefix(list.height).enumerated() {
      draw(item, isSelected: top + row == selected, on: &surface, in: list.row(row))
    }
    if !note.isEmpty {
      surface.fit(
        SafeText(" \(note) "), .warn, at: Point(x: rect.x + 2, y: rect.maxY - 1),
        in: rect.inset(right: 2))
    }
  }

  private func draw(_ item: Item, isSelected: Bool, on surface: inout Surface, in row: Rect) {
    let wide = Rect(x: row.x - 1, y: row.y, width: row.width + 2, height: row.height)
    if isSelected {
      surface.ground(.selection, in: wide)
      surface.put("▌", .accent, at: Point(x: wide.x, y: wide.y), in: wide)
    }
    var right = row.maxX
    if !item.key.isEmpty { right = surface.right(item.key, .key, y: row.y, in: row) - 2 }
    let isOff = item.because != nil
    let end = surface.fit(
      item.title, isOff ? .muted : .text, at: Point(x: row.x, y: row.y),
      in: Rect(x: row.x, y: row.y, width: right - row.x, height: 1))
    let rest = Rect(x: end + 2, y: row.y, width: right - end - 2, height: 1)
    let detail = isOff ? SafeText(item.because ?? "") : item.detail
    if rest.width > 6 { surface.fit(detail, .muted, at: Point(x: rest.x, y: rest.y), in: rest) }
  }
}
