internal import CTerminal
internal import Glibc
package import TUI

/// The real terminal: painted by ncurses, read byte by byte, given back on every way out.
///
/// One exists at a time, on the thread that started the program.
package final class NcursesDisplay: Display {
  package private(set) var size: Size
  package let mailbox: Mailbox
  let terminal: Capabilities
  private let painter: Painter
  var parser = InputParser()
  private let signals: Int32
  private var watch: FileWatch?
  private var onChange: () -> Event? = { nil }

  /// What the terminal shows; nil while it is not ours.
  private var shown: Frame?
  private var last: Frame?
  private var isTaken = false
  private var isGone = false
  private var isClosed = false
  private var queries = Queries()
  private var waiting: [Event] = []

  private static let input: Int32 = 0
  private static let output: Int32 = 1

  /// Takes the keyboard; the screen is taken by the first frame.
  ///
  /// Throws where this is no terminal that can show a screen; nothing is changed then.
  package init(
    environment: [String: String], mailbox: Mailbox, escapeDelay: Int = 25
  ) throws(TerminalError) {
    guard ct_is_terminal(Self.input), ct_is_terminal(Self.output) else { throw .noTerminal }
    terminal = try Capabilities(environment: environment)
    self.mailbox = mailbox
    size = Self.currentSize()
    painter = try Painter(terminal, size: size)
    parser.escapeDelay = max(1, escapeDelay)
    signals = ct_signals_start()
    if signals < 0 { throw .system("pipe") }
    guard ct_tty_take(Self.input) else {
      ct_signals_end()
      throw .noTerminal
    }
    let erase = ct_tty_erase()
    if erase == 8 { parser.erase = erase }
  }

  deinit { close() }

  /// Calls `changed` on the loop's thread whenever the file is written; its event is handed over.
  package func watch(_ path: String, _ changed: @escaping () -> Event?) {
    watch = FileWatch(path: path)
    onChange = changed
  }

  /// Gives the terminal back for good. Does nothing the second time.
  package func close() {
    if isClosed { return }
    isClosed = true
    release()
    ct_tty_arm(Self.output, nil, 0)
    ct_signals_end()
  }

  // MARK: Showing

  package func show(_ frame: Frame) {
    last = frame
    if isClosed || isGone { return }
    if let shown, shown.surface == frame.surface, shown.theme == frame.theme,
      shown.title == frame.title, shown.mouse == frame.mouse
    {
      return
    }
    var bytes = isTaken ? [] : takeScreen()
    if shown?.mouse ?? false != frame.mouse, terminal.isXtermAlike {
      bytes += frame.mouse ? Modes.mouseOn : Modes.mouseOff
    }
    let painted = painter.paint(frame.surface, frame.theme)
    // One small write can't tear; a large one is bracketed where the terminal knows how.
    let brackets = queries.synchronizes && painted.count > 512
    if brackets { bytes += Modes.frameBegin }
    bytes += painted
    if brackets { bytes += Modes.frameEnd }
    if shown?.title != frame.title, terminal.isXtermAlike { bytes += Modes.title(frame.title) }
    shown = frame
    if !write(bytes) { forgetScreen() }
  }

  /// Puts text on the terminal's clipboard (OSC 52); false where it is too long or not supported.
  @discardableResult
  package func copy(_ text: String) -> Bool {
    guard terminal.isXtermAlike, let bytes = Modes.clipboard(text) else { return false }
    return write(bytes)
  }

  package func bell() { write([0x07]) }

  package func suspended<T>(_ body: () throws -> T) rethrows -> T {
    release()
    ct_signals_yield(true)
    defer {
      ct_signals_yield(false)
      retake()
    }
    return try body()
  }

  package func stop() {
    release()
    ct_stop_job()
    retake()
  }

  /// What begins the screen, and what ends it should the program die.
  private func takeScreen() -> [UInt8] {
    isTaken = true
    let end =
      (terminal.isXtermAlike ? Modes.end : painter.capability("sgr0"))
      + painter.capability("cnorm") + painter.capability("rmcup")
    ct_tty_arm(Self.output, end, end.count)
    return terminal.isXtermAlike ? Modes.begin + (queries.notifies ? Modes.tellScheme : []) : []
  }

  /// The screen is not what we believe: the next frame paints all of it.
  private func forgetScreen() {
    shown = nil
    painter.repeatAll()
  }

  /// Screen and keyboard go back to whoever had them.
  private func release() {
    var discards = shown?.mouse ?? false
    if isTaken {
      isTaken = false
      write((terminal.isXtermAlike ? Modes.end : []) + painter.leave())
      ct_tty_arm(Self.output, nil, 0)
    }
    shown = nil
    if queries.isOpen {
      discards = true
      awaitReplies()
    }
    ct_tty_give(Self.input, discards)
  }

  /// The keyboard is ours again, the screen as before.
  private func retake() {
    if isClosed { return }
    _ = ct_tty_take(Self.input)
    dropResumptions()
    followSize()
    painter.repeatAll()
    if let last { show(last) }
  }

  @discardableResult
  private func write(_ bytes: [UInt8]) -> Bool {
    if isGone || bytes.isEmpty { return !isGone }
    return ct_tty_write(Self.output, bytes, bytes.count)
  }

  // MARK: Waiting

  package func wait(milliseconds: Int?) -> [Event] {
    ask()
    let end = milliseconds.map { Self.now() + Int64(max(0, $0)) }
    while true {
      var left = end.map { Int(max(0, $0 - Self.now())) }
      if !waiting.isEmpty { left = 0 }
      let patience = parser.patience
      let isOpen = patience.map { open in left.map { open <= $0 } ?? true } ?? false
      let ready = pollAll(milliseconds: isOpen ? patience : left)
      if ready == 0 && isOpen { accept(parser.timeUp()) }
      if !waiting.isEmpty {
        defer { waiting = [] }
        return waiting
      }
      if let end, Self.now() >= end { return [.rested] }
    }
  }

  /// Waits once and takes in all that is there. The number of sources that had something.
  private func pollAll(milliseconds: Int?) -> Int {
    let readable = Int16(POLLIN)
    var sources = [
      pollfd(fd: isGone ? -1 : Self.input, events: readable, revents: 0),
      pollfd(fd: signals, events: readable, revents: 0),
      pollfd(fd: mailbox.descriptor, events: readable, revents: 0),
      pollfd(fd: watch?.descriptor ?? -1, events: readable, revents: 0),
    ]
    let ready = poll(&sources, 4, Int32(clamping: milliseconds ?? -1))
    if ready < 0 { return 1 }  // EINTR: the signal is in its pipe
    // What was typed before a signal is handled before it: the signal may end the program.
    if sources[0].revents != 0 { readKeyboard() }
    if sources[1].revents != 0 { takeSignals() }
    if sources[2].revents != 0 { waiting += mailbox.drain() }
    if sources[3].revents != 0, watch?.drain() == true, let event = onChange() {
      waiting.append(event)
    }
    return Int(ready)
  }

  private func takeSignals() {
    var resized = false
    while true {
      let code = Int(ct_signals_next())
      switch code {
      case CT_HANG_UP: waiting.append(.signal(.hangUp))
      case CT_TERMINATE: waiting.append(.signal(.terminate))
      case CT_INTERRUPT: waiting.append(.signal(.interrupt))
      case CT_STOP: waiting.append(.signal(.stop))
      case CT_RESIZE: resized = true
      case CT_CONTINUE: resume()
      default:
        if resized { followSize() }
        return
      }
    }
  }

  /// Somebody stopped us without asking, and the shell has used the terminal since.
  private func resume() {
    _ = ct_tty_take(Self.input)
    isTaken = false
    forgetScreen()
    followSize()
    waiting.append(.signal(.resume))
  }

  /// The SIGCONT of our own stop is no news.
  private func dropResumptions() {
    while true {
      let code = Int(ct_signals_next())
      switch code {
      case CT_HANG_UP: waiting.append(.signal(.hangUp))
      case CT_TERMINATE: waiting.append(.signal(.terminate))
      case 0: return
      default: break
      }
    }
  }

  private func followSize() {
    let now = Self.currentSize()
    if now == size { return }
    size = now
    painter.resize(to: now)
    shown = nil
    waiting.removeAll { if case .resized = $0 { true } else { false } }
    waiting.append(.resized(now))
  }

  /// Everything typed so far, at most about a megabyte at a time.
  private func readKeyboard() {
    var inputs: [Input] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    for _ in 0..<16 {
      let count = read(Self.input, &buffer, buffer.count)
      if count <= 0 {
        if count < 0 && (errno == EINTR || errno == EAGAIN) { break }
        isGone = true
        waiting.append(.signal(.hangUp))
        break
      }
      inputs += parser.feed(buffer[..<count])
      var more = pollfd(fd: Self.input, events: Int16(POLLIN), revents: 0)
      if poll(&more, 1, 0) <= 0 { break }
    }
    accept(terminal.isXtermAlike ? inputs : Burst.joined(inputs))
  }

  private func accept(_ inputs: [Input]) {
    for input in inputs {
      switch input {
      case .key(let key): waiting.append(.key(key))
      case .mouse(let mouse): waiting.append(.mouse(mouse))
      case .paste(let text): waiting.append(.paste(text))
      case .focused(let isFocused): waiting.append(.focused(isFocused))
      case .reply(let reply): take(reply)
      }
    }
  }

  // MARK: Queries

  /// Asks once, after the first frame is out.
  private func ask() {
    guard isTaken, !queries.wereSent, terminal.answers, !isGone else { return }
    queries.sent(at: Self.now())
    parser.expectsReplies = true
    write(Modes.questions)
  }

  private func take(_ reply: Reply) {
    switch reply {
    case .background(let lightness): waiting.append(.background(isDark: lightness < 0.5))
    case .scheme(let isDark): waiting.append(.background(isDark: isDark))
    case .mode, .attributes:
      if queries.take(reply, at: Self.now()), isTaken { write(Modes.tellScheme) }
      parser.expectsReplies = queries.isOpen
    }
  }

  /// Before the keyboard goes back: replies that are on their way must not reach a shell.
  private func awaitReplies() {
    let end = Self.now() + queries.patience
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while queries.isOpen, !isGone {
      let left = end - Self.now()
      var ready = pollfd(fd: Self.input, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&ready, 1, Int32(left)) > 0 else { break }
      let count = read(Self.input, &buffer, buffer.count)
      if count <= 0 { break }
      for case .reply(let reply) in parser.feed(buffer[..<count]) {
        _ = queries.take(reply, at: Self.now())
      }
    }
    parser.expectsReplies = queries.isOpen
  }

  private static func currentSize() -> Size {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard ct_tty_size(output, &rows, &columns) else { return Size(width: 80, height: 24) }
    return Size(width: min(Int(columns), 1_000), height: min(Int(rows), 1_000))
  }

  /// Milliseconds of the clock that never jumps.
  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
