internal import Kernel
internal import TUI

/// All commands that work here, searchable by name and by key; Enter runs one; disabled ones say why.
struct HelpOverlay: Overlay {
  struct Entry {
    let group: String
    let command: Listed
    let keys: String
  }

  private let entries: [Entry]
  private var input = LineInput("")
  private var found: [Entry]
  private var selected = 0
  private var top = 0
  private var note = ""
  /// As many rows as the last frame could show; kept for paging.
  private var rows = 10

  init(entries: [Entry], frame: Rect) {
    self.entries = entries
    found = entries
    rows = max(1, place(in: frame).height - 6)
  }

  func place(in frame: Rect) -> Rect {
    let inset = frame.width < 60 || frame.height < 16 ? 0 : 2
    return frame.centred(width: min(frame.width, 84), height: frame.height - inset)
  }

  mutating func press(_ key: Key) -> Outcome {
    note = ""
    switch key.code {
    case .escape: return .close
    case .enter:
      guard found.indices.contains(selected) else { return .stay }
      if case .no(let because) = found[selected].command.offer {
        note = because
        return .stay
      }
      return .run(found[selected].command.id)
    case .up: move(-1)
    case .down: move(1)
    case .pageUp: move(-rows)
    case .pageDown: move(rows)
    default:
      if key == .control("p") { move(-1); return .stay }
      if key == .control("n") { move(1); return .stay }
      if key == .control("g") || key == .control("c") { return .close }
      if key == .character("?"), input.text.isEmpty { return .close }
      let before = input.text
      _ = input.handle(key)
      if input.text != before { narrow() }
    }
    return .stay
  }

  mutating func paste(_ text: String) {
    input.insert(text)
    narrow()
  }

  mutating func scroll(_ lines: Int) { move(lines) }

  mutating func click(_ point: Point, in rect: Rect) -> Outcome {
    guard rect.contains(point) else { return .close }
    guard let index = lineMap(height: rect.height - 6)[safe: point.y - rect.y - 3] ?? nil else {
      return .stay
    }
    selected = index
    return .stay
  }

  private mutating func move(_ count: Int) {
    selected = min(max(0, selected + count), max(0, found.count - 1))
    top = min(top, selected)
    while top < selected, !lineMap(height: rows).contains(selected) { top += 1 }
  }

  private mutating func narrow() {
    let pattern = input.text
    let exact = entries.filter { $0.keys.split(separator: " ").contains { $0 == pattern } }
    let fuzzy = Fuzzy.filter(entries, by: pattern) { $0.command.title + " " + $0.command.help }
    let ids = Set(exact.map(\.command.id))
    found = pattern.isEmpty ? entries : exact + fuzzy.filter { !ids.contains($0.command.id) }
    selected = 0
    top = 0
  }

  /// The entry on each line from `top` on; nil on a group's heading and on blank lines.
  private func lineMap(height: Int) -> [Int?] {
    var lines: [Int?] = []
    var group = ""
    for index in found.indices.dropFirst(top) {
      if input.text.isEmpty, found[index].group != group {
        if !lines.isEmpty { lines.append(nil) }
        lines.append(nil)
        group = found[index].group
      }
      lines.append(index)
      if lines.count >= height { break }
    }
    return Array(lines.prefix(max(0, height)))
  }

  func draw(on surface: inout Surface, in rect: Rect, frame: Rect) {
    surface.box(rect, title: "Keys")
    let inner = rect.inset(left: 2, right: 2, top: 1, bottom: 1)
    let x = surface.put("› ", .accent, at: Point(x: inner.x, y: inner.y), in: inner)
    input.draw(on: &surface, in: Rect(x: x, y: inner.y, width: inner.maxX - x, height: 1))
    if input.text.isEmpty {
      surface.fit(
        "type a name or a key", .muted, at: Point(x: x + 1, y: inner.y), in: inner)
    }
    let height = rect.height - 6
    let lines = lineMap(height: height)
    for (row, index) in lines.enumerated() {
      let place = Rect(x: inner.x, y: inner.y + 2 + row, width: inner.width, height: 1)
      if let index {
        draw(found[index], isSelected: index == selected, on: &surface, in: place)
      } else if let next = lines.dropFirst(row + 1).first(where: { $0 != nil }) ?? nil,
        row + 1 < lines.count, lines[row + 1] != nil
      {
        surface.put(
          SafeText(found[next].group.uppercased()), .strong, at: Point(x: place.x, y: place.y),
          in: place)
      }
    }
    drawFoot(on: &surface, in: rect)
  }

  private func drawFoot(on surface: inout Surface, in rect: Rect) {
    let row = Rect(x: rect.x + 2, y: rect.maxY - 2, width: rect.width - 4, height: 1)
    if !note.isEmpty {
      surface.fit(SafeText("! " + note), .warn, at: Point(x: row.x, y: row.y), in: row)
    } else if found.indices.contains(selected) {
      surface.fit(
        SafeText(found[selected].command.help), .muted, at: Point(x: row.x, y: row.y), in: row)
    }
    surface.fit(
      " ⏎ runs it   Esc closes ", .muted, at: Point(x: rect.x + 2, y: rect.maxY - 1),
      in: rect.inset(right: 2))
  }

  private func draw(_ entry: Entry, isSelected: Bool, on surface: inout Surface, in row: Rect) {
    let wide = Rect(x: row.x - 1, y: row.y, width: row.width + 2, height: 1)
    if isSelected {
      surface.ground(.selection, in: wide)
      surface.put("▌", .accent, at: Point(x: wide.x, y: wide.y), in: wide)
      surface.cursor = Point(x: wide.x, y: wide.y)
    }
    let keys = Rect(x: row.x, y: row.y, width: min(16, row.width / 3), height: 1)
    surface.fit(SafeText(entry.keys), .key, at: Point(x: keys.x, y: row.y), in: keys)
    let rest = Rect(x: keys.maxX + 2, y: row.y, width: row.maxX - keys.maxX - 2, height: 1)
    if case .no(let because) = entry.command.offer {
      let end = surface.fit(
        SafeText(entry.command.title), .muted, at: Point(x: rest.x, y: row.y), in: rest)
      surface.fit(SafeText("— \(because)"), .muted, at: Point(x: end + 1, y: row.y), in: rest)
    } else {
      surface.fit(SafeText(entry.command.title), .text, at: Point(x: rest.x, y: row.y), in: rest)
    }
  }
}

extension Array {
  /// nil outside the bounds.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
