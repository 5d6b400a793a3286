internal import TUI

/// The toasts on the screen (at most three, four seconds each) and all that were said before.
struct Notices {
  private(set) var history: [Notice] = []
  private(set) var shown: [(notice: Notice, until: Int)] = []

  static let lifetime = 4000
  static let most = 3
  static let kept = 200

  mutating func add(_ notice: Notice, at now: Int) {
    history.append(notice)
    if history.count > Self.kept { history.removeFirst(history.count - Self.kept) }
    shown.removeAll { $0.notice == notice }
    shown.append((notice, now + Self.life(of: notice)))
    if shown.count > Self.most { shown.removeFirst(shown.count - Self.most) }
  }

  /// What was said before the clock was known is read from now on.
  mutating func restart(at now: Int) {
    for index in shown.indices { shown[index].until = now + Self.life(of: shown[index].notice) }
  }

  /// A failure stays twice as long: it is read, not glimpsed.
  private static func life(of notice: Notice) -> Int {
    notice.tone == .bad || notice.tone == .warn ? 2 * lifetime : lifetime
  }

  /// True where something vanished.
  mutating func expire(at now: Int) -> Bool {
    let before = shown.count
    shown.removeAll { $0.until <= now }
    return shown.count != before
  }

  var nextExpiry: Int? { shown.map(\.until).min() }
}

/// What `F12` shows, and what a double click is.
struct Statistics {
  var frames = 0
  var lastCommand = ""
  var lastFrameMicroseconds = 0
  private var lastClick: (point: Point, at: Int)?

  /// 1, or 2 for a second click at the same cell within 400 ms.
  mutating func click(at point: Point, now: Int) -> Int {
    defer { lastClick = (point, now) }
    guard let last = lastClick, last.point == point, now - last.at <= 400 else { return 1 }
    return 2
  }
}
