internal import Features
internal import Glibc
internal import Kernel
package import TUI

/// Wait, handle all that came, reload if stale, draw once.
package struct Loop<D: Display> {
  package var display: D
  package var shell: Shell
  private let worker: Worker
  private let editor: (ExternalEdit) throws -> String?
  private let clock: @Sendable () -> Int
  private let afterFirstFrame: () -> Void
  private var hasPainted = false

  /// `editor` runs the person's editor on the text and gives back what it left; `clock` counts
  /// milliseconds monotonically; `afterFirstFrame` is for all that the first paint must not wait for.
  package init(
    display: D, shell: Shell, worker: Worker,
    editor: @escaping (ExternalEdit) throws -> String?,
    clock: @escaping @Sendable () -> Int = monotonicMilliseconds,
    afterFirstFrame: @escaping () -> Void = {}
  ) {
    self.display = display
    self.shell = shell
    self.worker = worker
    self.editor = editor
    self.clock = clock
    self.afterFirstFrame = afterFirstFrame
  }

  /// Runs until the person quits or a signal ends it; drafts and session are saved then.
  package mutating func run() {
    begin()
    while !shell.isDone { turn() }
    end()
  }

  /// Restores the session and loads the first screen.
  package mutating func begin() { shell.start(display.size, at: clock()) }

  /// One frame, where one is due, then one wait and all that came of it.
  package mutating func turn() {
    if shell.needsFrame {
      display.show(shell.frame())
      shell.needsFrame = false
      if !hasPainted {
        hasPainted = true
        afterFirstFrame()
      }
    }
    for event in display.wait(milliseconds: shell.patience(at: clock())) {
      shell.handle(event, at: clock())
      carryOut()
      if shell.isDone { break }
    }
    shell.settle(at: clock())
    carryOut()
  }

  /// Saves drafts and session and waits for work that was begun.
  package mutating func end() {
    shell.finish()
    worker.finish()
  }

  private mutating func carryOut() {
    let effects = shell.effects
    shell.effects = []
    for effect in effects {
      switch effect {
      case .copy(let text, let notice):
        shell.tell(
          display.copy(text)
            ? notice : Notice("This terminal takes no text from here, or not so much.", tone: .warn)
        )
      case .bell: display.bell()
      case .notify(let text): display.notify(text)
      case .stop: display.stop()
      case .start(let job, let id): worker.start(job, id: id)
      case .edit(let edit):
        shell.screen.leave()
        let editor = editor
        let text = display.suspended { Result { try editor(edit) } }
        switch text {
        case .success(let text): shell.accept(edit, text)
        case .failure(let error): shell.attempt { _ in throw error }
        }
      }
    }
  }
}

/// Milliseconds of the system's monotonic clock.
@Sendable package func monotonicMilliseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}
