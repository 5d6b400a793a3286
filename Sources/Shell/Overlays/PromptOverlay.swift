internal import Kernel
internal import TUI

/// A line to fill in, in place of status and hints at the bottom.
struct PromptOverlay: Overlay {
  let prompt: Prompt
  private var input: LineInput
  private var completion = 0

  init(_ prompt: Prompt) {
    self.prompt = prompt
    input = LineInput(prompt.text)
    input.isMasked = prompt.isSecret
  }

  func place(in frame: Rect) -> Rect {
    Rect(x: 0, y: frame.height - 2, width: frame.width, height: min(2, frame.height))
  }

  mutating func press(_ key: Key) -> Outcome {
    switch key.code {
    case .escape: return .close
    case .enter:
      let (accept, text) = (prompt.accept, input.text)
      return .act { try accept(&$0, text) }
    case .tab:
      let choices = prompt.complete(input.text)
      if let choice = choices.first { input.set(choice) }
    default:
      if key == .control("g") || key == .control("c") { return .close }
      _ = input.handle(key)
    }
    return .stay
  }

  mutating func paste(_ text: String) { input.insert(text) }

  func draw(on surface: inout Surface, in rect: Rect, frame: Rect) {
    surface.fill(rect, " ", .text, ground: .raised)
    let row = rect.row(0).inset(left: 2, right: 2)
    let x = surface.put(
      SafeText(prompt.title.string + " "), .accent, at: Point(x: row.x, y: row.y), in: row)
    let field = Rect(x: x, y: row.y, width: row.maxX - x, height: 1)
    input.draw(on: &surface, in: field)
    let preview = prompt.preview(input.text)
    let choices = prompt.complete(input.text)
    let hint = rect.row(1).inset(left: 2, right: 2)
    var text = preview.string
    if text.isEmpty, !choices.isEmpty { text = choices.prefix(6).joined(separator: "  ") }
    let end = surface.fit(
      SafeText(text), .muted, at: Point(x: hint.x, y: hint.y), in: hint.inset(right: 26))
    let keys = choices.isEmpty ? "⏎ accept   Esc cancel" : "Tab completes   ⏎   Esc"
    if end < hint.maxX - 24 { surface.right(SafeText(keys), .muted, y: hint.y, in: hint) }
  }
}
