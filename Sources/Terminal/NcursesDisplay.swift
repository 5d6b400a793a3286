internal import CTerminal
internal import Glibc
package import Kernel
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
  let signals: Int32
  private(set) var watch: FileWatch?
  private(set) var onChange: () -> Event? = { nil }
  /// When the watched file is looked at again, by the clock of `now`.
  var looks: [Int64] = []

  /// What the terminal shows; nil while it is not ours.
  private var shown: Frame?
  private var last: Frame?
  var isTaken = false
  /// Somebody else may have changed margins and attributes.
  var isStrange = false
  var isGone = false
  private var isClosed = false
  var queries = Queries()
  /// What has happened and was not handed over yet.
  var waiting: [Event] = []

  static let input: Int32 = 0
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
    ct_tty_arm(nil, 0)
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

  package func notify(_ text: SafeText) {
    if terminal.isXtermAlike { write(Modes.notification(text)) }
  }

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
    ct_tty_arm(end, end.count)
    guard terminal.isXtermAlike else { return [] }
    defer { isStrange = false }
    return (isStrange ? Modes.reset : []) + Modes.begin
      + (queries.notifies ? Modes.tellScheme : [])
  }

  /// The screen is not what we believe: the next frame paints all of it.
  func forgetScreen() {
    shown = nil
    painter.repeatAll()
  }

  /// Screen and keyboard go back to whoever had them.
  private func release() {
    var discards = shown?.mouse ?? false
    if isTaken {
      isTaken = false
      write((terminal.isXtermAlike ? Modes.end : []) + painter.leave(), isLast: true)
      ct_tty_arm(nil, 0)
    }
    shown = nil
    if queries.isOpen {
      discards = true
      awaitReplies()
    }
    ct_tty_give(discards)
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
  func write(_ bytes: [UInt8], isLast: Bool = false) -> Bool {
    if isGone || bytes.isEmpty { return !isGone }
    return ct_tty_write(bytes, bytes.count, isLast)
  }

  /// The terminal's new size; nil where it is the same.
  func takeSize() -> Size? {
    let now = Self.currentSize()
    if now == size { return nil }
    size = now
    painter.resize(to: now)
    shown = nil
    return now
  }

  private static func currentSize() -> Size {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard ct_tty_size(&rows, &columns) else { return Size(width: 80, height: 24) }
    return Size(width: min(Int(columns), 1_000), height: min(Int(rows), 1_000))
  }

  /// Milliseconds of the clock that never jumps.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
