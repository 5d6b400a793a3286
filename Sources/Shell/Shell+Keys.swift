internal import Features
internal import Kernel
internal import TUI

extension Shell {
  /// The context in which keys are looked up first; the frame's own lies under it.
  var keyContext: String { context(of: screen) }

  var resolution: KeyMap.Resolution {
    keymap.resolve(pending, in: keyContext, typing: screen.takesText)
  }

  mutating func press(_ key: Key) throws {
    if overlay != nil {
      try pressInOverlay(key)
      return
    }
    pending.append(key)
    switch resolution {
    case .run(let id):
      forgetPending()
      try run(id)
    case .pending:
      pendingSince = pendingSince ?? now
    case .none:
      let typed = pending
      forgetPending()
      if typed.count == 1 {
        if screen.press(key) { followLayout() }
      } else if key.code != .escape {
        let keys = KeySequence(typed).label.string
        notices.add(Notice(SafeText("No command on \(keys).")), at: now)
      }
    }
  }

  mutating func forgetPending() {
    pending = []
    pendingSince = nil
    showsPending = false
  }

  /// Runs a command by its id: the screen's own, or the frame's.
  mutating func run(_ id: String) throws {
    statistics.lastCommand = id
    if let step = try perform(id, on: &screen) {
      followLayout()
      try follow(step)
      return
    }
    guard let command = Self.commands.first(where: { $0.id == id }) else { return }
    switch command.offer(self) {
    case .yes: try follow(try command.run(&self))
    case .no(let because): notices.add(Notice(SafeText(because), tone: .warn), at: now)
    case .hidden: break
    }
  }

  private mutating func pressInOverlay(_ key: Key) throws {
    guard var top = overlay else { return }
    let outcome = top.press(key)
    overlay = top
    try resolve(outcome)
  }

  mutating func resolve(_ outcome: Outcome) throws {
    switch outcome {
    case .stay: break
    case .close: overlay = nil
    case .act(let body):
      overlay = nil
      let step = try body(&screen)
      followLayout()
      try follow(step)
    case .run(let id):
      overlay = nil
      try run(id)
    case .preview(let name):
      if let theme = settings.theme(named: name) { self.theme = theme }
    case .closePreview(let name):
      overlay = nil
      chooseTheme(name)
    }
  }

  mutating func point(_ mouse: Mouse) throws {
    forgetPending()
    switch mouse.action {
    case .wheelUp, .wheelDown:
      let lines = mouse.action == .wheelUp ? -3 : 3
      if overlay != nil { overlay?.scroll(lines) } else { try screen.scroll(lines) }
      followLayout()
    case .press:
      if var top = overlay {
        let outcome = top.click(mouse.point, in: overlayRect(top))
        overlay = top
        try resolve(outcome)
      } else {
        try click(mouse.point)
      }
    }
  }

  private mutating func click(_ point: Point) throws {
    let layout = layout
    let count = statistics.click(at: point, now: now)
    if layout.content.contains(point) {
      let step = try screen.click(point, in: layout.content, count: count)
      followLayout()
      try follow(step)
    } else if let tab = tabSpans.firstIndex(where: { $0.contains(point) }) {
      try open(tab)
    } else if let hint = hintSpans.first(where: { $0.rect.contains(point) }) {
      try run(hint.id)
    }
  }

  /// After a command or typed text the screen may want to be called when things come to rest.
  mutating func followLayout() {
    if let delay = screen.restDelay, restDue == nil {
      let first = stirredAt ?? now
      stirredAt = first
      restDue = min(now + delay, max(first + Self.longestStir, now))
    }
  }
}
