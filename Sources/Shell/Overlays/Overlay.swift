internal import Kernel
internal import TUI

/// Something that lies over the screen and takes the keys: a question, a list, the help.
protocol Overlay {
  /// Where it stands in the frame.
  func place(in frame: Rect) -> Rect
  mutating func press(_ key: Key) -> Outcome
  mutating func paste(_ text: String)
  mutating func click(_ point: Point, in rect: Rect) -> Outcome
  mutating func scroll(_ lines: Int)
  func draw(on surface: inout Surface, in rect: Rect, frame: Rect)
}

extension Overlay {
  mutating func paste(_ text: String) {}
  mutating func scroll(_ lines: Int) {}
  mutating func click(_ point: Point, in rect: Rect) -> Outcome {
    rect.contains(point) ? .stay : .close
  }
}

/// What an overlay asks of the frame after a key.
enum Outcome {
  case stay
  case close
  case act((inout any Screen) throws -> Step)
  case run(String)
  /// Shows a theme as long as the overlay is open.
  case preview(String)
  /// Closes, and keeps this theme.
  case closePreview(String)
}

extension Surface {
  /// A raised box with a single rule around it and its title in the rule.
  mutating func box(_ rect: Rect, title: SafeText) {
    fill(rect, " ", .text, ground: .raised)
    guard rect.width >= 2, rect.height >= 2 else { return }
    fill(Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1), "─", .faint)
    fill(Rect(x: rect.x + 1, y: rect.maxY - 1, width: rect.width - 2, height: 1), "─", .faint)
    fill(Rect(x: rect.x, y: rect.y + 1, width: 1, height: rect.height - 2), "│", .faint)
    fill(Rect(x: rect.maxX - 1, y: rect.y + 1, width: 1, height: rect.height - 2), "│", .faint)
    for (x, y, corner) in [
      (rect.x, rect.y, "┌"), (rect.maxX - 1, rect.y, "┐"), (rect.x, rect.maxY - 1, "└"),
      (rect.maxX - 1, rect.maxY - 1, "┘"),
    ] {
      put(SafeText(corner), .faint, at: Point(x: x, y: y), in: rect)
    }
    if !title.isEmpty {
      fit(
        SafeText(" \(title.string) "), .strong, at: Point(x: rect.x + 2, y: rect.y),
        in: rect.inset(right: 2))
    }
  }
}

extension Rect {
  /// A rectangle of at most this size in the middle.
  func centred(width: Int, height: Int) -> Rect {
    let (w, h) = (min(width, self.width), min(height, self.height))
    return Rect(x: x + (self.width - w) / 2, y: y + (self.height - h) / 2, width: w, height: h)
  }
}
