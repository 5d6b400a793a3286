internal import TestKit
internal import Testing

/// What the terminal is asked, when, and what becomes of the answers.
@Suite struct QueryTests {
  private func start(_ environment: [String: String] = [:]) async throws -> VirtualTerminal {
    let terminal = try VirtualTerminal(
      builtProduct("terminal-probe"), environment: environment, answersQueries: false)
    try await terminal.wait(for: "READY 80x24")
    return terminal
  }

  private static let questions = "\u{1b}]11;?\u{1b}\\\u{1b}[?2026$p\u{1b}[?2031$p\u{1b}[c"

  @Test func `questions go out once, after the first frame`() async throws {
    let terminal = try await start()
    try await terminal.wait(forBytes: Self.questions)
    try await terminal.send("k")
    try await terminal.wait(for: "key 'k'.")
    let all = try await terminal.transcript()
    let parts = all.components(around: "␛]11;?")
    #expect(parts.count == 2)
    #expect(parts[0].contains("row 19 of the list"))
  }

  @Test func `answers are used and are no keys`() async throws {
    let terminal = try await start()
    try await terminal.wait(forBytes: Self.questions)
    try await terminal.send("\u{1b}]11;rgb:ffff/ffff/dddd\u{1b}\\")
    try await terminal.wait(for: "background light.")
    try await terminal.send("\u{1b}[?2026;2$y\u{1b}[?2031;2$y\u{1b}[?62;4c")
    try await terminal.wait(forBytes: "\u{1b}[?2031h")
    try await terminal.send("\u{1b}[?997;1n")
    try await terminal.wait(for: "background dark.")
    let mark = try await terminal.mark()
    try await terminal.resize(rows: 30, columns: 90)
    try await terminal.wait(for: "resized 90x30.")
    let frame = try await terminal.transcript(since: mark)
    #expect(frame.hasPrefix("␛[?2026h"))
    #expect(frame.contains("␛[?2026l"))
    try await terminal.send("q")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await terminal.transcript().contains("␛[?2031l"))
  }

  @Test func `a terminal that says no gets no brackets`() async throws {
    let terminal = try await start()
    try await terminal.wait(forBytes: Self.questions)
    try await terminal.send("\u{1b}[?2026;0$y\u{1b}[?2031;0$y\u{1b}[?62c")
    try await terminal.send("k")
    try await terminal.wait(for: "key 'k'.")
    try await terminal.resize(rows: 30, columns: 90)
    try await terminal.wait(for: "resized 90x30.")
    #expect(try await !terminal.transcript().contains("␛[?2026h"))
  }

  @Test func `a mute terminal does not keep the program from ending`() async throws {
    let terminal = try await start()
    try await terminal.wait(forBytes: Self.questions)
    try await terminal.send("q")
    #expect(try await terminal.exitCode() == 0)
  }

  @Test func `an answer that comes at the end does not reach the shell`() async throws {
    let terminal = try VirtualTerminal(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> "],
      answersQueries: false)
    try await terminal.wait(for: "shell>")
    try await terminal.send(builtProduct("terminal-probe") + "\r")
    try await terminal.wait(forBytes: Self.questions)
    // At once: how long the program waits for an answer at its end is bounded, and a busy machine
    // could be later than that.
    try await terminal.send("q\u{1b}]11;rgb:ffff/ffff/dddd\u{1b}\\\u{1b}[?62;4c")
    try await terminal.wait(for: "the prompt") {
      $0.lines.filter { $0.hasSuffix("shell>") }.count == 1
    }
    try await terminal.send("echo 'bac'k\r")
    let grid = try await terminal.wait(for: "the answer") { $0.lines.contains("back") }
    #expect(!grid.contains("rgb"))
    #expect(!grid.contains("62;4c"))
  }

  @Test(arguments: ["linux", "vt100", "screen"])
  func `old terminals are asked nothing and switched little`(_ name: String) async throws {
    let terminal = try await start(["TERM": name])
    try await terminal.send("m")
    try await terminal.wait(for: "key 'm'.")
    try await terminal.send("q")
    #expect(try await terminal.exitCode() == 0)
    let transcript = try await terminal.transcript()
    for sequence in ["␛]", "␛[c", "$p", "␛[?2004h", "␛[?1000h"] {
      #expect(!transcript.contains(sequence))
    }
  }

  @Test func `where pastes are not marked, text faster than typing is one`() async throws {
    let terminal = try await start(["TERM": "linux"])
    try await terminal.send("jjj typed by nobody qqqqqq\rq")
    try await terminal.wait(for: "paste 28 bytes 2 lines.")
    try await terminal.send("j")
    try await terminal.wait(for: "key 'j'.")
  }
}

extension String {
  /// The parts before, between and after each occurrence of a text.
  fileprivate func components(around text: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return parts + [rest]
  }
}
