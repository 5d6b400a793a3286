package import Kernel
package import TUI

/// A terminal that plays batches of events and keeps every frame it was shown.
package final class ScriptedDisplay: Display {
  package var size: Size
  /// What `wait` hands over, one batch a call; when they are used up it is `atEnd`.
  package var script: [[Event]]
  /// What `wait` returns after the script: by default the terminal hangs up.
  package var atEnd: [Event] = [.signal(.hangUp)]
  package private(set) var frames: [Frame] = []
  package private(set) var copied: [String] = []
  package private(set) var bells = 0
  package private(set) var notifications: [String] = []
  package private(set) var suspensions = 0
  package private(set) var stops = 0
  /// The milliseconds of each `wait`, nil for one without a limit.
  package private(set) var waits: [Int?] = []
  /// What `copy` answers.
  package var acceptsCopies = true

  package init(size: Size = Size(width: 100, height: 30), _ script: [[Event]] = []) {
    self.size = size
    self.script = script
  }

  /// A script that gives each key its own batch.
  package convenience init(size: Size = Size(width: 100, height: 30), keys: [Key]) {
    self.init(size: size, keys.map { [.key($0)] })
  }

  package func show(_ frame: Frame) { frames.append(frame) }

  package func wait(milliseconds: Int?) -> [Event] {
    waits.append(milliseconds)
    if script.isEmpty { return atEnd }
    let batch = script.removeFirst()
    for case .resized(let size) in batch { self.size = size }
    return batch
  }

  @discardableResult
  package func copy(_ text: String) -> Bool {
    if acceptsCopies { copied.append(text) }
    return acceptsCopies
  }

  package func bell() { bells += 1 }

  package func notify(_ text: SafeText) { notifications.append(text.string) }

  package func suspended<T>(_ body: () throws -> T) rethrows -> T {
    suspensions += 1
    return try body()
  }

  package func stop() { stops += 1 }

  /// The rows of the frame shown last.
  package var lines: [String] { frames.last?.surface.lines ?? [] }
}
