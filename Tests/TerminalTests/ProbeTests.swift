internal import Glibc
internal import TestKit
internal import Testing

/// The terminal floor in a real program on a real pseudo-terminal.
@Suite struct ProbeTests {
  private func start(
    rows: Int = 24, columns: Int = 80, _ environment: [String: String] = [:],
    answersQueries: Bool = true
  ) async throws -> VirtualTerminal {
    let terminal = try VirtualTerminal(
      builtProduct("terminal-probe"), rows: rows, columns: columns, environment: environment,
      answersQueries: answersQueries)
    try await terminal.wait(for: "READY \(columns)x\(rows)")
    return terminal
  }

  @Test func `the screen is taken, painted and given back`() async throws {
    let terminal = try await start()
    let grid = try await terminal.wait(for: "row 3 of the list")
    #expect(grid.isAlternate)
    #expect(!grid.cursorVisible)
    #expect(grid.line(2) == "wide 日本 é ✓ │ ─")
    #expect(grid.rows[0][0].bold)
    #expect(try await !terminal.isCooked())
    try await terminal.send("q")
    #expect(try await terminal.exitCode() == 0)
    let after = try await terminal.grid()
    #expect(!after.isAlternate)
    #expect(after.cursorVisible)
  }

  @Test func `keys are told apart`() async throws {
    let terminal = try await start()
    let presses: [(String, String)] = [
      ("k", "'k'"), ("ä", "'ä'"), ("日", "'日'"), ("\r", "enter"), ("\t", "tab"), ("\u{1}", "C-'a'"),
      ("\u{7f}", "backspace"), ("\u{1b}[A", "up"), ("\u{1b}OB", "down"), ("\u{1b}[1;5C", "C-right"),
      ("\u{1b}[1;2D", "S-left"), ("\u{1b}[5~", "pageUp"), ("\u{1b}d", "M-'d'"),
      ("\u{1b}[Z", "backTab"), ("\u{1b}OP", "function(1)"), ("\u{3}", "C-'c'"),
      ("\u{1b}", "escape"),
      ("\u{0}", "C-' '"), ("👨‍👩‍👧", "'👨‍👩‍👧'"),
    ]
    for (bytes, name) in presses {
      try await terminal.send(bytes)
      // The emulator has no joined emoji: their beginning is enough.
      let shown = "heard: key \(name)".unicodeScalars.prefix(13)
      try await terminal.wait(for: name) { $0.line(1).unicodeScalars.starts(with: shown) }
    }
  }

  @Test func `mouse, focus and paste arrive as what they are`() async throws {
    let terminal = try await start()
    try await terminal.send("m")
    try await terminal.wait(forBytes: "\u{1b}[?1000h\u{1b}[?1006h")
    try await terminal.mouse(0, x: 4, y: 7)
    try await terminal.wait(for: "mouse press 4,7.")
    try await terminal.mouse(65, x: 300, y: 0)
    try await terminal.wait(for: "mouse wheelDown 300,0.")
    try await terminal.send("\u{1b}[O")
    try await terminal.wait(for: "focused false.")
    try await terminal.paste("q\nsecond line\n")
    try await terminal.wait(for: "paste 14 bytes 3 lines.")
    let mark = try await terminal.mark()
    try await terminal.send("m")
    try await terminal.wait(forBytes: "\u{1b}[?1006l", since: mark)
  }

  @Test func `a paste of a megabyte is one event`() async throws {
    let terminal = try await start()
    let line = String(repeating: "x", count: 99) + "\n"
    try await terminal.paste(String(repeating: line, count: 10_000))
    try await terminal.wait(for: "paste 1000000 bytes 10001 lines.")
  }

  @Test func `a frame that shows the same writes nothing`() async throws {
    let terminal = try await start()
    try await terminal.send("k")
    try await terminal.wait(for: "key 'k'.")
    let mark = try await terminal.mark()
    try await terminal.send("k")
    try await terminal.send("y")
    try await terminal.wait(for: "copied true.")
    #expect(try await !terminal.transcript(since: mark).contains("key 'k'"))
    #expect(try await terminal.transcript(since: mark).contains("␛]52;c;Y29waWVkIHRleHQ="))
  }

  @Test func `the window's title changes with the frame's`() async throws {
    let terminal = try await start()
    try await terminal.wait(forBytes: "\u{1b}]2;probe 0\u{7}")
    try await terminal.send("j")
    try await terminal.wait(forBytes: "\u{1b}]2;probe 1\u{7}")
  }

  @Test func `the cursor sits where the frame says and shows in text only`() async throws {
    let terminal = try await start()
    #expect(try await terminal.grid().cursor == (4, 0))
    try await terminal.send("j")
    let grid = try await terminal.wait(for: "the cursor") { $0.cursorVisible }
    #expect(grid.cursor == (5, 0))
    try await terminal.send("j")
    try await terminal.wait(for: "no cursor") { !$0.cursorVisible && $0.cursor == (6, 0) }
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a signal that ends the program is handed over and the terminal restored`(
    _ signal: Int32
  ) async throws {
    let terminal = try await start()
    try await terminal.kill(signal)
    #expect(try await terminal.exitCode() == 7)
    #expect(try await !terminal.grid().isAlternate)
  }

  @Test(arguments: [("a", -SIGABRT), ("c", -SIGILL), ("x", 3)])
  func `a crash or a bare exit restores the terminal`(_ key: String, _ code: Int32) async throws {
    let terminal = try await start()
    try await terminal.send("mjjj")
    try await terminal.wait(forBytes: "\u{1b}]2;probe 3\u{7}")
    let mark = try await terminal.mark()
    try await terminal.send(key)
    let ended = try await terminal.exitCode()
    #expect(ended == code || (key == "c" && ended == -SIGTRAP))
    let transcript = try await terminal.transcript(since: mark)
    #expect(transcript.contains("␛[?1000l"))
    #expect(transcript.contains("␛[?2004l"))
    #expect(transcript.contains("␛[?1049l"))
    let grid = try await terminal.grid()
    #expect(!grid.isAlternate)
    #expect(grid.cursorVisible)
  }

  @Test func `a stalled terminal does not keep the program from ending`() async throws {
    let terminal = try await start()
    try await terminal.stall()
    try await terminal.send("jjj")
    try await terminal.kill(SIGTERM)
    #expect(try await terminal.exitCode() == 7)
  }

  @Test func `after a stop from outside everything is painted again`() async throws {
    let terminal = try await start()
    try await terminal.kill(SIGSTOP)
    let mark = try await terminal.mark()
    try await terminal.kill(SIGCONT)
    try await terminal.wait(for: "signal resume.")
    try await terminal.wait(forBytes: "row 19 of the list", since: mark)
    #expect(try await !terminal.isCooked())
  }

  @Test func `a size that comes and goes at once leaves a whole screen`() async throws {
    let terminal = try await start()
    for _ in 0..<20 {
      try await terminal.squeeze(rows: 24, columns: 80)
      try await terminal.wait(for: "row 3 of the list")
    }
  }

  @Test func `a file that another process writes wakes the loop`() async throws {
    let folder = TemporaryFolder()
    let path = folder.file("file-wal")
    let terminal = try await start(["PROBE_WATCH": path])
    func append() {
      let file = fopen(path, "a")
      fputs("x", file)
      fclose(file)
    }
    append()
    try await terminal.wait(for: "heard: changed.")
  }

  @Test func `a hung-up line ends the program`() async throws {
    let terminal = try await start()
    try await terminal.hangUp()
    #expect(try await terminal.exitCode() == 7)
  }

  @Test func `a fault on any signal restores the modes of the line`() async throws {
    for signal in [SIGSEGV, SIGBUS, SIGFPE, SIGQUIT, SIGTRAP] {
      let terminal = try VirtualTerminal(
        "/bin/sh", ["-c", "\(builtProduct("terminal-probe")); echo ended; read line"])
      try await terminal.wait(for: "READY 80x24")
      try await terminal.send("j")
      try await terminal.wait(for: "key 'j'.")
      let child = try await terminal.child()
      kill(child, signal)
      try await terminal.wait(for: "ended")
      #expect(try await terminal.isCooked())
    }
  }

  @Test func `another program gets the terminal and the screen comes back`() async throws {
    let terminal = try await start()
    let mark = try await terminal.mark()
    try await terminal.send("e")
    try await terminal.wait(for: "heard: ran 0.")
    let grid = try await terminal.wait(for: "row 3 of the list")
    #expect(grid.isAlternate)
    let transcript = try await terminal.transcript(since: mark)
    #expect(transcript.contains("0;0t\recho\r\n"))
    // The other program finds none of the first 31 signals ignored.
    #expect(transcript.contains(/SigIgn:\t[0-9a-f]{8}[08]0{7}\s/))
    #expect(try await !terminal.isCooked())
  }

  @Test func `the shell takes over at a stop and gives back at fg`() async throws {
    let terminal = try VirtualTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> "])
    try await terminal.wait(for: "shell>")
    try await terminal.send(builtProduct("terminal-probe") + "\r")
    try await terminal.wait(for: "READY 80x24")
    try await terminal.send("j")
    try await terminal.wait(for: "key 'j'.")
    try await terminal.send("z")
    try await terminal.wait(for: "Stopped")
    #expect(try await !terminal.grid().isAlternate)
    try await terminal.resize(rows: 20, columns: 70)
    try await terminal.send("fg\r")
    try await terminal.wait(for: "READY 70x20")
    #expect(try await terminal.grid().isAlternate)
    try await terminal.send("q")
    try await terminal.wait(for: "alternate screen gone") { !$0.isAlternate }
    try await terminal.send("echo 'back'$?\r")
    try await terminal.wait(for: "back0")
  }

  @Test func `the screen follows every size`() async throws {
    let terminal = try await start()
    for (rows, columns) in [(1, 1), (400, 200), (2, 3), (12, 40), (5, 300), (1, 200), (60, 2)] {
      try await terminal.resize(rows: rows, columns: columns)
      let wanted = String("READY \(columns)x\(rows)".prefix(columns))
      try await terminal.wait(for: "\(columns)x\(rows)") { grid in
        grid.rows.count == rows && grid.line(0) == wanted
      }
    }
    try await terminal.resize(rows: 24, columns: 80)
    try await terminal.wait(for: "resized 80x24.")
    try await terminal.wait(for: "row 19 of the list")
  }
}
