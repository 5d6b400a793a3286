internal import Features
internal import Kernel
internal import TUI

extension Shell {
  /// Carries out what a command asked of the frame.
  mutating func follow(_ step: Step) throws {
    switch step {
    case .stay: break
    case .push(let screen):
      leaveScreen()
      tabs[active].stack.append(screen)
      isStale = true
    case .replace(let screen):
      try keepText()
      leaveScreen()
      self.screen = screen
      isStale = true
    case .pop:
      try keepText()
      leaveScreen()
      if tabs[active].stack.count > 1 { tabs[active].stack.removeLast() }
      isStale = true
    case .popThen(let tell):
      try follow(.pop)
      let step = try tell(&screen)
      try follow(step)
    case .quit:
      try keepAllText()
      isDone = true
    case .say(let notice): notices.add(notice, at: now)
    case .ask(let question): overlay = QuestionOverlay(question)
    case .prompt(let prompt): overlay = PromptOverlay(prompt)
    case .pick(let picker): overlay = PickerOverlay(picker)
    case .start(let job):
      lastJob += 1
      jobs[lastJob] = RunningJob(
        label: job.label, tab: active, depth: tabs[active].stack.count - 1, startedAt: now)
      effects.append(.start(job, lastJob))
    case .edit(let edit): effects.append(.edit(edit))
    case .copy(let text, let notice):
      effects.append(.copy(text, notice))
    case .open(let name):
      if let tab = tabs.firstIndex(where: { $0.area.name == name }) { try open(tab) }
    case .command(let id): try run(id)
    case .all(let steps): for step in steps { try follow(step) }
    }
  }

  /// Goes to a tab; once more on the active one goes back to its home screen.
  mutating func open(_ tab: Int) throws {
    guard tabs.indices.contains(tab) else { return }
    if tab == active { try keepText() }
    leaveScreen()
    if tab == active, tabs[tab].stack.count > 1 {
      tabs[tab].stack.removeLast(tabs[tab].stack.count - 1)
    }
    active = tab
    isStale = true
  }

  /// A text that cannot be put on disk now keeps the person at it, with the reason.
  private mutating func keepText() throws {
    if screen.takesText { _ = try screen.rest() }
  }

  private mutating func keepAllText() throws {
    for tab in tabs.indices {
      for index in tabs[tab].stack.indices where tabs[tab].stack[index].takesText {
        _ = try tabs[tab].stack[index].rest()
      }
    }
  }

  private mutating func leaveScreen() {
    screen.leave()
    restDue = nil
    stirredAt = nil
  }

  /// The text came back from the person's own editor.
  mutating func accept(_ edit: ExternalEdit, _ text: String?) {
    isStale = true
    needsFrame = true
    guard let text, text != edit.text else {
      notices.add(Notice("Nothing was changed in the editor."), at: now)
      return
    }
    attempt { shell in
      let step = try edit.accept(&shell.screen, text)
      try shell.follow(step)
    }
  }
}
