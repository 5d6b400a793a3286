internal import CTerminal
internal import Glibc
package import TUI

/// Waiting for keys, signals, letters in the mailbox and other processes, all in one place.
extension NcursesDisplay {
  package func wait(milliseconds: Int?) -> [Event] {
    ask()
    let end = milliseconds.map { Self.now() + Int64(max(0, $0)) }
    while true {
      var left = end.map { Int(max(0, $0 - Self.now())) }
      if let look = looks.first { left = min(left ?? .max, Int(max(0, look - Self.now()))) }
      if !waiting.isEmpty { left = 0 }
      let patience = parser.patience
      let isOpen = patience.map { open in left.map { open <= $0 } ?? true } ?? false
      let ready = pollAll(milliseconds: isOpen ? patience : left)
      if ready == 0 && isOpen { accept(parser.timeUp()) }
      lookAgain()
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
    if sources[3].revents != 0, watch?.drain() == true {
      // The last write to a file is seen before what it was for is done: a commit ends behind it.
      looks = [50, 500, 3_000].map { Self.now() + $0 }
      if let event = onChange() { waiting.append(event) }
    }
    return Int(ready)
  }

  private func lookAgain() {
    guard let look = looks.first, look <= Self.now() else { return }
    looks.removeFirst()
    if let event = onChange() { waiting.append(event) }
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
        if resized { takeResize() }
        return
      }
    }
  }

  /// Somebody stopped us without asking, and the shell has used the terminal since.
  private func resume() {
    _ = ct_tty_take(Self.input)
    isTaken = false
    isStrange = true
    forgetScreen()
    followSize()
    waiting.append(.signal(.resume))
  }

  /// The SIGCONT of our own stop is no news.
  func dropResumptions() {
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

  /// A size that has come and gone again while nobody looked has still spoilt the screen: the
  /// terminal has cut off what did not fit.
  private func takeResize() {
    followSize()
    guard !waiting.contains(where: { if case .resized = $0 { true } else { false } }) else {
      return
    }
    forgetScreen()
    waiting.append(.resized(size))
  }

  func followSize() {
    guard let now = takeSize() else { return }
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
  func awaitReplies() {
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
}
