internal import Kernel
internal import TUI

/// One question with verbs as answers, the safe one preselected.
struct QuestionOverlay: Overlay {
  let question: Question
  private var selected = 0

  init(_ question: Question) { self.question = question }

  private var width: Int { 60 }
  private func detail(_ width: Int) -> [SafeText] {
    question.detail.isEmpty ? [] : Wrap.lines(question.detail, width: width)
  }

  func place(in frame: Rect) -> Rect {
    let lines = Wrap.lines(question.text, width: min(width, frame.width) - 4).count
    let more = detail(min(width, frame.width) - 4).count
    let height = 4 + lines + (more == 0 ? 0 : more + 1) + question.answers.count
    return frame.centred(width: width, height: height)
  }

  mutating func press(_ key: Key) -> Outcome {
    switch key.code {
    case .escape: return .close
    case .enter: return act(selected)
    case .up, .backTab: selected = max(0, selected - 1)
    case .down, .tab: selected = min(question.answers.count - 1, selected + 1)
    case .character("k"): selected = max(0, selected - 1)
    case .character(let character):
      if let index = question.answers.firstIndex(where: { $0.key == character }) {
        return act(index)
      }
      if character == "j" { selected = min(question.answers.count - 1, selected + 1) }
    default: break
    }
    return .stay
  }

  private func act(_ index: Int) -> Outcome {
    question.answers.indices.contains(index) ? .act(question.answers[index].run) : .close
  }

  mutating func click(_ point: Point, in rect: Rect) -> Outcome {
    guard rect.contains(point) else { return .close }
    let first = rect.maxY - 1 - question.answers.count
    return question.answers.indices.contains(point.y - first) ? act(point.y - first) : .stay
  }

  func draw(on surface: inout Surface, in rect: Rect, frame: Rect) {
    surface.box(rect, title: "")
    let inner = rect.inset(left: 2, right: 2, top: 1, bottom: 1)
    var y = inner.y
    for line in Wrap.lines(question.text, width: inner.width) {
      surface.put(line, .strong, at: Point(x: inner.x, y: y), in: inner)
      y += 1
    }
    let more = detail(inner.width)
    if !more.isEmpty { y += 1 }
    for line in more {
      surface.put(line, .muted, at: Point(x: inner.x, y: y), in: inner)
      y += 1
    }
    y = inner.maxY - question.answers.count
    for (index, answer) in question.answers.enumerated() {
      let row = Rect(x: inner.x - 1, y: y + index, width: inner.width + 2, height: 1)
      if index == selected {
        surface.ground(.selection, in: row)
        surface.put("▌", .accent, at: Point(x: row.x, y: row.y), in: row)
        surface.cursor = Point(x: row.x, y: row.y)
      }
      surface.put(SafeText(String(answer.key)), .key, at: Point(x: inner.x, y: row.y), in: row)
      surface.fit(answer.label, .text, at: Point(x: inner.x + 3, y: row.y), in: row)
    }
  }
}
