internal import Kernel
internal import TUI

/// All that was said in this session, newest first.
struct MessagesOverlay: Overlay {
  private let notices: [Notice]
  private var top = 0

  init(_ notices: [Notice]) { self.notices = notices.reversed() }

  func place(in frame: Rect) -> Rect {
    frame.centred(width: 76, height: min(frame.height, max(6, min(notices.count, 16) + 4)))
  }

  mutating func press(_ key: Key) -> Outcome {
    switch key.code {
    case .down, .character("j"): scroll(1)
    case .up, .character("k"): scroll(-1)
    case .pageDown: scroll(10)
    case .pageUp: scroll(-10)
    default: return .close
    }
    return .stay
  }

  mutating func scroll(_ lines: Int) { top = min(max(0, top + lines), max(0, notices.count - 1)) }

  func draw(on surface: inout Surface, in rect: Rect, frame: Rect) {
    surface.box(rect, title: "Messages")
    let inner = rect.inset(left: 2, right: 2, top: 1, bottom: 1)
    if notices.isEmpty {
      surface.put("Nothing was said yet.", .muted, at: Point(x: inner.x, y: inner.y), in: inner)
    }
    var y = inner.y
    for notice in notices.dropFirst(top) {
      let role: Role =
        switch notice.tone {
        case .plain: .text
        case .good: .good
        case .warn: .warn
        case .bad: .bad
        }
      for line in Wrap.lines(notice.text, width: inner.width) where y < inner.maxY {
        surface.put(line, role, at: Point(x: inner.x, y: y), in: inner)
        y += 1
      }
    }
    surface.fit(
      " j k scroll   Esc closes ", .muted, at: Point(x: rect.x + 2, y: rect.maxY - 1),
      in: rect.inset(right: 2))
  }
}
