package import Features
internal import Kernel
internal import Storage
package import TUI

/// The frame around the areas: tabs, stacks of screens, the overlay on top, notices and keys.
///
/// An ordinary value: events in by `handle`, a `Frame` out by `frame()`, and in between a list of
/// effects that only the loop can carry out.
package struct Shell {
  let desk: Desk
  let areas: [Area]
  var settings: ShellSettings
  var theme: Theme
  var keymap: KeyMap
  var size = Size(width: 80, height: 24)

  var tabs: [Tab]
  var active = 0
  var overlay: (any Overlay)?
  var notices = Notices()
  /// Keys of an unfinished sequence.
  var pending: [Key] = []
  var showsPending = false
  /// When the first of them was pressed; loop milliseconds.
  var pendingSince: Int?
  var jobs: [Int: RunningJob] = [:]
  var lastJob = 0
  var mouseIsOn: Bool
  var isStale = true
  var needsFrame = true
  package var isDone = false
  var effects: [Effect] = []
  /// When `rest` is due, and when the first event since the last rest came; loop milliseconds.
  var restDue: Int?
  var stirredAt: Int?
  var now = 0
  var showsStatistics = false
  var statistics = Statistics()
  /// How this device stands with its server, as the engine last told.
  var sync = SyncStatus(state: .alone)
  /// What the store said of its commits; drained after every wake-up.
  private let changes = Changes()
  /// What is new, as of the last look.
  var news = News()
  /// What undo and redo would do, as of the last load.
  var undoLabels: (undo: String?, redo: String?) = (nil, nil)

  /// One area's screens, its home at the bottom.
  struct Tab {
    let area: Area
    var stack: [any Screen]
  }

  struct RunningJob {
    let label: String
    let tab: Int
    let depth: Int
    let startedAt: Int
  }

  /// What only the loop, which owns the terminal, can do.
  enum Effect {
    case copy(String, Notice)
    case bell
    case notify(SafeText)
    case edit(ExternalEdit)
    case stop
    case start(Job, Int)
  }

  package init(desk: Desk, areas: [Area], settings: ShellSettings) {
    self.desk = desk
    self.areas = areas
    self.settings = settings
    theme = settings.theme
    mouseIsOn = settings.mouse
    tabs = areas.compactMap { area in area.home.map { Tab(area: area, stack: [$0(desk)]) } }
    desk.store.onChange { [changes] in changes.add($0) }
    keymap = KeyMap(Self.allBindings, overrides: settings.keys, textContexts: Self.textContexts)
    for problem in settings.problems + keymap.problems.map(\.sentence) {
      notices.add(Notice(SafeText(problem), tone: .warn), at: 0)
    }
  }

  /// The screen that the person looks at.
  var screen: any Screen {
    get { tabs[active].stack[tabs[active].stack.count - 1] }
    set { tabs[active].stack[tabs[active].stack.count - 1] = newValue }
  }

  /// First paint, at `now` milliseconds: restores the session and loads the screen.
  package mutating func start(_ size: Size, at now: Int) {
    self.size = size
    self.now = now
    notices.restart(at: now)
    restoreSession()
    reload()
    lookForNews(.start)
  }

  /// One event, at `now` milliseconds of a clock that only runs forward.
  package mutating func handle(_ event: Event, at now: Int) {
    self.now = now
    let wasDue = needsFrame
    needsFrame = true
    switch event {
    case .key(let key):
      catchUp()
      stir()
      attempt { try $0.press(key) }
    case .paste(let text):
      catchUp()
      stir()
      paste(text)
    case .mouse(let mouse):
      catchUp()
      stir()
      attempt { try $0.point(mouse) }
    case .resized(let size):
      self.size = size
      isStale = true
    case .focused(let isFocused):
      if isFocused {
        isStale = true
        // The machine may have slept.
        lookForNews(.clock)
      } else {
        needsFrame = wasDue
      }
    case .changed(let kinds):
      needsFrame = wasDue
      notice(changed: kinds)
    case .replied(let id, let result):
      attempt { try $0.reply(id, result) }
    case .said(let notice):
      notices.add(notice, at: now)
    case .sync(let status):
      follow(status)
    case .background(let isDark):
      settings.follow(isDark: isDark)
      theme = settings.theme
    case .signal(let signal):
      handle(signal)
    case .rested:
      needsFrame = wasDue
    }
  }

  /// After all events of a wake-up: timers that came due, then one reload.
  package mutating func settle(at now: Int) {
    self.now = now
    if let due = restDue, now >= due {
      restDue = nil
      stirredAt = nil
      needsFrame = true
      attempt { shell in
        let step = try shell.screen.rest()
        try shell.follow(step)
      }
    }
    if notices.expire(at: now) { needsFrame = true }
    if jobs.values.contains(where: { now - $0.startedAt >= Self.patienceForJobs }) {
      needsFrame = true
    }
    if !showsPending, let pendingSince, now - pendingSince >= Self.whichKeyDelay {
      showsPending = true
      needsFrame = true
    }
    if let due = news.due, now >= due { lookForNews(.clock) }
    notice(changed: changes.drain())
    if isStale { reload() }
  }

  /// A key that came together with the one before meets the screen as that one has left it.
  private mutating func catchUp() {
    notice(changed: changes.drain())
    if isStale { reload() }
  }

  private mutating func notice(changed kinds: Set<Kind>) {
    guard !kinds.isEmpty else { return }
    if !kinds.isDisjoint(with: CheckInNotices.reads) { lookForNews(.change) }
    if screen.reads.isEmpty || !screen.reads.isDisjoint(with: kinds) {
      isStale = true
    } else {
      readUndoLabels()
    }
  }

  /// How long the loop may sleep: nil where nothing but an event can change the screen.
  package func patience(at now: Int) -> Int? {
    var deadlines: [Int] = []
    if let restDue { deadlines.append(restDue) }
    if let expiry = notices.nextExpiry { deadlines.append(expiry) }
    if let due = news.due { deadlines.append(due) }
    deadlines += jobs.values.map { $0.startedAt + Self.patienceForJobs }.filter { $0 > now }
    if !showsPending, let pendingSince {
      deadlines.append(pendingSince + Self.whichKeyDelay)
    }
    return deadlines.min().map { max(0, $0 - now) }
  }

  static let whichKeyDelay = 300
  /// A job is named in the status line only when it takes as long as this, in milliseconds.
  static let patienceForJobs = 400
  /// Typing without a pause still rests this often, in milliseconds.
  static let longestStir = 800

  mutating func stir() {
    let first = stirredAt ?? now
    stirredAt = first
    if let delay = screen.restDelay {
      restDue = min(now + delay, max(first + Self.longestStir, now))
    } else {
      restDue = nil
      stirredAt = now
    }
  }

  /// Runs something that can fail; a failure becomes a notice, never an end.
  mutating func attempt(_ body: (inout Shell) throws -> Void) {
    do { try body(&self) } catch {
      notices.add(Notice(SafeText(Words.of(error)), tone: .bad), at: now)
      needsFrame = true
    }
  }

  mutating func tell(_ notice: Notice) {
    notices.add(notice, at: now)
    needsFrame = true
  }

  private mutating func readUndoLabels() {
    attempt { $0.undoLabels = try $0.desk.store.undoLabels() }
  }

  mutating func reload() {
    isStale = false
    needsFrame = true
    let content = layout.content.size
    attempt { try $0.screen.load(content) }
    readUndoLabels()
    followLayout()
  }

  private mutating func handle(_ signal: Signal) {
    switch signal {
    case .hangUp, .terminate, .interrupt: isDone = true
    case .stop:
      screen.leave()
      effects.append(.stop)
    case .resume: isStale = true
    }
  }

  private mutating func reply(_ id: Int, _ result: Result<any Sendable, any Error>) throws {
    guard let job = jobs.removeValue(forKey: id) else { return }
    let value = try result.get()
    if let notice = value as? Notice {
      notices.add(notice, at: now)
      return
    }
    guard tabs[job.tab].stack.indices.contains(job.depth) else { return }
    let step = try tabs[job.tab].stack[job.depth].receive(value)
    needsFrame = true
    if job.tab == active { try follow(step) }
  }

  private mutating func paste(_ text: String) {
    forgetPending()
    if overlay != nil {
      overlay?.paste(text)
    } else if !screen.paste(text) {
      notices.add(Notice("Nothing to paste into here. Open an entry first."), at: now)
    }
    followLayout()
  }

  /// Ends: drafts and the session are saved.
  package mutating func finish() {
    for tab in tabs.indices {
      for index in tabs[tab].stack.indices { tabs[tab].stack[index].leave() }
    }
    saveSession()
  }
}
