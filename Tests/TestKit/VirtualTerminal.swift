internal import CVTerm
internal import Dispatch
internal import Glibc

/// What did not happen, and what the screen showed instead.
package struct TimedOut: Error, CustomStringConvertible {
  package let description: String

  package init(description: String) { self.description = description }
}

/// The real program on a real pseudo-terminal, its output shown by an emulator.
///
/// Everything that blocks runs on a queue of its own, never on the cooperative pool.
package final class VirtualTerminal: @unchecked Sendable {
  package let pid: Int32
  private let queue = DispatchQueue(label: "terminal")
  private let master: Int32
  private let name: [CChar]
  private let screen: VirtualScreen
  private var status: Int32?
  private var isOpen = true
  private var wasHungUp = false
  private var output: [UInt8] = []
  private let answersQueries: Bool
  private var answers: [UInt8] = []
  private var isDelivering = false

  /// Starts a program. `environment` is all it gets beside TERM, LANG, PATH, TZ and a HOME that is
  /// not there. With `answersQueries` false the terminal is mute, as old ones are.
  package init(
    _ path: String, _ arguments: [String] = [], rows: Int = 24, columns: Int = 80,
    environment: [String: String] = [:], answersQueries: Bool = true
  ) throws {
    self.answersQueries = answersQueries
    var name = [CChar](repeating: 0, count: 128)
    master = vt_open_terminal(&name, name.count)
    guard master >= 0 else { throw TimedOut(description: "no pseudo-terminal") }
    self.name = name
    vt_set_size(master, Int32(rows), Int32(columns))
    screen = VirtualScreen(rows: rows, columns: columns)
    let variables = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "UTC",
      "HOME": "/nonexistent",
    ].merging(environment) { $1 }
    let argv = ([path] + arguments).map { strdup($0) } + [nil]
    let envp = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for string in argv + envp { free(string) } }
    pid = vt_spawn(path, argv, envp, name)
    guard pid > 0 else { throw TimedOut(description: "can't start \(path)") }
  }

  deinit {
    if status == nil {
      Glibc.kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
    }
    if !wasHungUp { close(master) }
  }

  // MARK: Waiting

  /// Waits until the screen satisfies `condition`; on failure the error shows the screen.
  @discardableResult
  package func wait(
    for what: String, timeout: Duration = .seconds(20),
    until condition: @escaping @Sendable (Grid) -> Bool
  ) async throws -> Grid {
    try await waiting(for: what, timeout) { terminal in
      let grid = terminal.screen.grid
      return condition(grid) ? grid : nil
    }
  }

  /// Waits until a row holds the text.
  @discardableResult
  package func wait(for text: String) async throws -> Grid {
    try await wait(for: "'\(text)'") { $0.contains(text) }
  }

  /// Waits until no row holds the text any more.
  @discardableResult
  package func wait(untilGone text: String) async throws -> Grid {
    try await wait(for: "the end of '\(text)'") { !$0.contains(text) }
  }

  /// Waits until the raw output since `mark` holds these bytes.
  package func wait(forBytes text: String, since mark: Int = 0) async throws {
    let wanted = Array(text.utf8)
    _ = try await waiting(for: "bytes \(text.debugDescription)", .seconds(20)) { terminal in
      terminal.output[min(mark, terminal.output.count)...].firstRange(of: wanted).map { _ in true }
    }
  }

  /// The screen as it is now, with all that has arrived.
  package func grid() async throws -> Grid {
    try await onQueue { [self] in
      while pump(milliseconds: 0) {}
      return screen.grid
    }
  }

  /// The exit code once the program has ended; minus the signal's number where one ended it.
  package func exitCode() async throws -> Int32 {
    try await onQueue { [self] in
      if status == nil {
        var raw: Int32 = 0
        var isReaped = false
        while !isReaped, isOpen {
          pump(milliseconds: 20)
          isReaped = waitpid(pid, &raw, WNOHANG) == pid
        }
        if !isReaped { waitpid(pid, &raw, 0) }
        while pump(milliseconds: 0) {}
        status = raw
      }
      let raw = status ?? 0
      return raw & 0x7f == 0 ? (raw >> 8) & 0xff : -(raw & 0x7f)
    }
  }

  // MARK: Acting

  /// Sends keys, as a keyboard's bytes. An Escape that other keys follow is `escape`.
  package func send(_ keys: String) async throws { try await send(bytes: Array(keys.utf8)) }

  /// Sends a key that is not text, or one with modifiers.
  package func press(_ key: TerminalKey) async throws { try await send(key.rawValue) }

  /// Sends text as a terminal sends a paste.
  package func paste(_ text: String) async throws {
    let lines = text.utf8.map { $0 == 0x0a ? 0x0d : $0 }
    try await send(bytes: Array("\u{1b}[200~".utf8) + lines + Array("\u{1b}[201~".utf8))
  }

  /// Clicks or turns the wheel, as an SGR report; columns and rows from 0.
  package func mouse(_ button: Int, x: Int, y: Int, released: Bool = false) async throws {
    try await send("\u{1b}[<\(button);\(x + 1);\(y + 1)\(released ? "m" : "M")")
  }

  /// Sends bytes as they are, taking in what the program writes meanwhile.
  package func send(bytes: [UInt8]) async throws {
    try await onQueue { [self] in deliver(bytes) }
  }

  /// Gives the terminal a new size, as a window's edge does.
  package func resize(rows: Int, columns: Int) async throws {
    try await onQueue { [self] in size(rows, columns) }
  }

  /// Shrinks the terminal to one cell and gives it its size back, faster than most programs look.
  package func squeeze(rows: Int, columns: Int) async throws {
    try await onQueue { [self] in
      size(1, 1)
      size(rows, columns)
    }
  }

  private func size(_ rows: Int, _ columns: Int) {
    screen.resize(rows: rows, columns: columns)
    vt_set_size(master, Int32(rows), Int32(columns))
  }

  /// Sends the program a signal.
  package func kill(_ signal: Int32) async throws {
    let pid = pid
    try await onQueue { _ = Glibc.kill(pid, signal) }
  }

  /// Takes no more output, as a terminal after Ctrl-S.
  package func stall() async throws {
    try await onQueue { [name] in
      if !vt_stall(name) { throw TimedOut(description: "the terminal can't be stalled") }
    }
  }

  /// Closes the line, as a lost connection does.
  package func hangUp() async throws {
    try await onQueue { [self] in
      if !wasHungUp { close(master) }
      wasHungUp = true
      isOpen = false
    }
  }

  /// The process that the started one started, such as a shell's.
  package func child() async throws -> Int32 {
    let path = "/proc/\(pid)/task/\(pid)/children"
    return try await onQueue {
      guard let file = fopen(path, "r") else { throw TimedOut(description: "no \(path)") }
      defer { fclose(file) }
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = fread(&buffer, 1, buffer.count, file)
      let numbers = String(decoding: buffer[..<count], as: UTF8.self)
      guard let first = numbers.split(separator: " ").first, let child = Int32(first) else {
        throw TimedOut(description: "no child in \(path)")
      }
      return child
    }
  }

  // MARK: What it wrote

  /// The number of raw bytes so far: a mark for `bytes(since:)`.
  package func mark() async throws -> Int {
    try await onQueue { [self] in
      while pump(milliseconds: 0) {}
      return output.count
    }
  }

  /// The raw bytes that came after a mark.
  package func bytes(since mark: Int = 0) async throws -> [UInt8] {
    try await onQueue { [self] in
      while pump(milliseconds: 0) {}
      return Array(output[min(mark, output.count)...])
    }
  }

  /// The raw output after a mark as text, with `␛` for Escape.
  package func transcript(since mark: Int = 0) async throws -> String {
    String(decoding: try await bytes(since: mark), as: UTF8.self)
      .split(separator: "\u{1b}", omittingEmptySubsequences: false).joined(separator: "␛")
  }

  /// True while the terminal echoes and edits lines, as a shell expects to find it.
  package func isCooked() async throws -> Bool {
    try await onQueue { [master] in vt_is_cooked(master) }
  }

  // MARK: Inside

  private func waiting<T: Sendable>(
    for what: String, _ timeout: Duration,
    _ find: @escaping @Sendable (VirtualTerminal) -> T?
  ) async throws -> T {
    try await onQueue { [self] in
      let end = ContinuousClock.now + timeout
      var isNew = true
      while true {
        if isNew, let found = find(self) { return found }
        if !isOpen || ContinuousClock.now > end {
          throw TimedOut(
            description: "\(isOpen ? "timed out" : "closed") before \(what):\n\(screen.grid)")
        }
        isNew = pump(milliseconds: 20)
        while isNew, pump(milliseconds: 0) {}
      }
    }
  }

  private func onQueue<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }

  /// Takes in what the program wrote; true where there was something.
  @discardableResult
  private func pump(milliseconds: Int32) -> Bool {
    guard isOpen else { return false }
    var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else {
      if count == 0 || (errno != EAGAIN && errno != EINTR) { isOpen = false }
      return false
    }
    output += buffer[..<count]
    let answer = screen.write(buffer[..<count])
    if answersQueries { answers += answer }
    if !isDelivering, !answers.isEmpty { deliver([]) }
    return true
  }

  /// Sends bytes, then the answers to what was asked meanwhile: never in the midst of a paste.
  private func deliver(_ bytes: [UInt8]) {
    isDelivering = true
    defer { isDelivering = false }
    send(bytes[...])
    while !answers.isEmpty, isOpen {
      let next = answers
      answers = []
      send(next[...])
    }
  }

  private func send(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while !rest.isEmpty, isOpen {
      let count = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        pump(milliseconds: 10)  // the program may wait for us to read
      } else if errno != EINTR {
        return
      }
    }
  }
}

/// Keys as the bytes an xterm sends.
package enum TerminalKey: String, Sendable {
  case enter = "\r"
  case tab = "\t"
  case backspace = "\u{7f}"
  /// Told as a number, so that what follows at once is not taken for Alt.
  case escape = "\u{1b}[27u"
  case backTab = "\u{1b}[Z"
  case up = "\u{1b}[A"
  case down = "\u{1b}[B"
  case right = "\u{1b}[C"
  case left = "\u{1b}[D"
  case home = "\u{1b}[H"
  case end = "\u{1b}[F"
  case pageUp = "\u{1b}[5~"
  case pageDown = "\u{1b}[6~"
  case delete = "\u{1b}[3~"
  case insert = "\u{1b}[2~"
  case shiftLeft = "\u{1b}[1;2D"
  case shiftRight = "\u{1b}[1;2C"
  case controlLeft = "\u{1b}[1;5D"
  case controlRight = "\u{1b}[1;5C"
  case f1 = "\u{1b}OP"
}

/// The path of an executable product: it lies beside the test runner.
package func builtProduct(_ name: String) -> String {
  var buffer = [CChar](repeating: 0, count: 4_096)
  let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
  let bytes = buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }
  let runner = String(decoding: bytes, as: UTF8.self)
  return runner[..<(runner.lastIndex(of: "/") ?? runner.endIndex)] + "/" + name
}
