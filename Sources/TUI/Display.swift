package import Kernel

/// What the loop reacts to.
package enum Event: Sendable {
  case key(Key)
  case mouse(Mouse)
  case paste(String)
  case resized(Size)
  /// The window got or lost the keyboard.
  case focused(Bool)
  /// A commit changed rows of these kinds: ours, the sync engine's or another process's.
  case changed(Set<Kind>)
  case replied(job: Int, Result<any Sendable, any Error>)
  case said(Notice)
  /// How the device stands with its server.
  case sync(SyncStatus)
  case signal(Signal)
  /// The terminal told its background.
  case background(isDark: Bool)
  /// No event for as long as `wait` was allowed to take.
  case rested
}

/// What the system or another process wants of the program.
package enum Signal: Sendable { case hangUp, terminate, interrupt, stop, resume }

/// A click or a turn of the wheel.
package struct Mouse: Hashable, Sendable {
  package enum Action: Sendable { case press, wheelUp, wheelDown }
  package var action: Action
  package var point: Point
  package init(_ action: Action, at point: Point) {
    self.action = action
    self.point = point
  }
}

/// All that one refresh tells the terminal.
package struct Frame: Sendable {
  package var surface: Surface
  package var title: String
  package var theme: Theme
  package var mouse: Bool
  package init(surface: Surface, title: String, theme: Theme, mouse: Bool) {
    self.surface = surface
    self.title = title
    self.theme = theme
    self.mouse = mouse
  }
}

/// The terminal as the loop sees it; tests script one.
package protocol Display {
  var size: Size { get }
  mutating func show(_ frame: Frame)
  /// Waits for something to happen, at most `milliseconds` (nil: for ever); everything that is there.
  mutating func wait(milliseconds: Int?) -> [Event]
  /// Puts text on the terminal's clipboard; false where it is too long or the terminal has none.
  @discardableResult
  mutating func copy(_ text: String) -> Bool
  mutating func bell()
  /// Asks the terminal to show a line on the desktop (OSC 9); one that cannot ignores it.
  mutating func notify(_ text: SafeText)
  /// Gives the terminal back, runs `body` (another program), takes it again.
  mutating func suspended<T>(_ body: () throws -> T) rethrows -> T
  /// Stops the process as the shell expects (SIGTSTP) and comes back redrawn.
  mutating func stop()
}
