internal import Kernel
internal import TUI

extension Shell {
  struct Hint {
    let id: String
    let keys: String
    let word: String
  }

  /// The footer: what can be pressed now, most useful first, help last.
  var hints: [Hint] {
    let frame = Self.hintedCommands.filter { $0.offer(self) == .yes }.map {
      (id: $0.id, word: $0.hint ?? "", label: String?.none)
    }
    return (hinted(screen) + frame).compactMap { id, word, label in
      // A label stands for the keys as they are by default.
      keyLabel(id).map { key in
        let isDefault = label?.hasPrefix(key) == true
        return Hint(id: id, keys: isDefault ? label ?? key : key, word: word)
      }
    }
  }

  private static let hintedCommands = commands.filter { $0.hint != nil }

  /// The hints that fit, with their columns.
  var hintSpans: [(rect: Rect, id: String, hint: Hint)] {
    let layout = layout
    guard layout.hintsRow >= 0 else { return [] }
    let all = hints
    let margin = layout.isCompact ? 0 : 2
    let gap = layout.isCompact ? 2 : 3
    guard let help = all.last else { return [] }
    func width(_ hint: Hint) -> Int {
      Width.of(SafeText(hint.keys)) + 1 + Width.of(SafeText(hint.word))
    }
    var (x, spans) = (margin, [(rect: Rect, id: String, hint: Hint)]())
    let end = size.width - margin - width(help)
    for hint in all.dropLast() {
      let columns = width(hint)
      guard x + columns + gap <= end else { continue }
      spans.append((Rect(x: x, y: layout.hintsRow, width: columns, height: 1), hint.id, hint))
      x += columns + gap
    }
    spans.append((Rect(x: x, y: layout.hintsRow, width: width(help), height: 1), help.id, help))
    return spans
  }

  /// The first key of a command as people read it.
  func keyLabel(_ id: String) -> String? {
    keySequences(id).first?.label.string
  }

  /// The keys that run a command here and now: where keys are text, a plain character does not.
  func keySequences(_ id: String) -> [KeySequence] {
    let isTyping = screen.takesText
    return keymap.keys(for: id, in: keyContext).filter { sequence in
      guard isTyping, let first = sequence.keys.first else { return true }
      return keymap.resolve([first], in: keyContext, typing: true) != .none
    }
  }

  func drawHints(on surface: inout Surface, _ layout: Layout) {
    for (rect, _, hint) in hintSpans {
      let x = surface.put(SafeText(hint.keys), .key, at: Point(x: rect.x, y: rect.y), in: rect)
      surface.put(SafeText(hint.word), .muted, at: Point(x: x + 1, y: rect.y), in: rect)
    }
  }

  /// What may follow the keys that were pressed.
  func drawWhichKey(on surface: inout Surface, _ layout: Layout) {
    guard case .pending(let next) = resolution else { return }
    let lines = next.map { ($0.key.label, SafeText($0.title)) }
    let keyWidth = lines.map { Width.of($0.0) }.max() ?? 0
    let width = min(size.width, 4 + keyWidth + 2 + (lines.map { Width.of($0.1) }.max() ?? 0))
    let bottom = layout.isCompact ? layout.hintsRow : layout.statusRow
    let height = min(lines.count, max(0, bottom - 1))
    let box = Rect(
      x: size.width - width - (layout.isCompact ? 0 : 2), y: bottom - height, width: width,
      height: height)
    surface.fill(box, " ", .text, ground: .raised)
    for (row, line) in lines.prefix(height).enumerated() {
      let place = box.row(row).inset(left: 2, right: 2)
      surface.put(line.0, .key, at: Point(x: place.x, y: place.y), in: place)
      surface.fit(line.1, .text, at: Point(x: place.x + keyWidth + 2, y: place.y), in: place)
    }
  }
}
