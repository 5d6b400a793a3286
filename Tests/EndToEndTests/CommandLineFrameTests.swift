import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

@Suite struct CommandLineFrameTests {
  let lifeos = ClientProgram()

  @Test func `wrong usage exits with 2 and says so on standard error`() async throws {
    for arguments in [
      ["nonsense"], ["journal", "add", "--type", "poem", "x"],
      ["journal", "list", "--limit", "-1"],
      ["journal", "list", "--from", "someday"], ["journal", "add", "--mood", "9", "x"],
      ["journal", "add"], ["search"], ["journal", "add", "--tag", "!!", "x"],
    ] {
      let ran = try await lifeos.run(arguments)
      #expect(ran.code == 2, "\(arguments): \(ran)")
      #expect(ran.output.isEmpty && !ran.errors.isEmpty)
    }
  }

  @Test func `help and version go to standard output`() async throws {
    for arguments in [["--help"], ["journal"], ["journal", "add", "--help"], ["help", "search"]] {
      let ran = try await lifeos.run(arguments)
      #expect(ran.code == 0 && ran.output.contains("USAGE: lifeos"), "\(ran)")
    }
    let version = try await lifeos("--version")
    #expect(version.code == 0 && version.text.first?.isNumber == true)
  }

  @Test func `without a terminal a bare start prints today in few bytes`() async throws {
    let empty = try await lifeos.run([])
    #expect(empty.code == 0)
    #expect(empty.output == "Friday 2026-11-20\nJournal: nothing yet\n")
    try await lifeos("journal", "add", "--type", "morning", "pages")
    try await lifeos("journal", "add", "--date", "2025-11-20", "a year ago")
    let today = try await lifeos.run([])
    #expect(today.output.contains("Journal: morning pages"))
    #expect(today.output.contains("Streak: 1 day"))
    #expect(today.output.contains("A year ago: a year ago"))
    #expect(today.bytes.count <= 250)
  }

  @Test func `a dumb terminal is told about the command line`() async throws {
    let terminal = try VirtualTerminal(
      builtProduct("lifeos"), columns: 200, environment: lifeos.environment(["TERM": "dumb"]))
    try await terminal.wait(for: "every command works here")
    #expect(try await terminal.exitCode() == 1)
  }

  @Test func `a reader that goes away ends a list in silence`() async throws {
    try await lifeos("demo", "--years", "1", "--into", lifeos.home)
    let script = "\(builtProduct("lifeos")) journal list --limit 0 | head -1"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.environment = lifeos.environment()
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(said.count { $0 == 10 } == 1)
    #expect(complaints.isEmpty)
  }

  @Test func `closed standard streams neither lose an entry nor spoil the database`() async throws {
    for closed in [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]] as [[Int32]] {
      _ = try await lifeos.run(["journal", "add", "with \(closed) closed"], closing: closed)
    }
    let entries = try await lifeos("journal", "list", "--json").list("entries")
    #expect(entries.count == 6)
    let input = try await lifeos.run(["journal", "add", "-"], closing: [0])
    #expect(input.code == 2 && input.errors.contains("standard input is closed"))
    let output = try await lifeos.run(["journal", "list"], closing: [1])
    #expect(output.code == 1)
  }

  @Test func `the person's editor is started without a shell`() async throws {
    let script = lifeos.folder.file("my editor.sh")
    try """
    printf '%s\\n' "$@" > "\(lifeos.folder.path)/arguments"
    eval last=\\${$#}
    printf '# From the editor\\n\\nwritten $(touch /tmp/never) there\\n' > "$last"
    """.write(toFile: script, atomically: true, encoding: .utf8)
    let terminal = try VirtualTerminal(
      builtProduct("lifeos"), ["journal", "add"],
      environment: lifeos.environment(["EDITOR": "/bin/sh '\(script)' --wait;echo '$HOME'"]))
    #expect(try await terminal.exitCode() == 0)
    let arguments = try String(contentsOfFile: lifeos.folder.file("arguments"), encoding: .utf8)
    #expect(arguments.hasPrefix("--wait;echo\n$HOME\n/"))
    let entry = try await lifeos("journal", "show", "last", "--json").list("entries")[0]
    #expect(entry["title"] as? String == "From the editor")
    #expect(entry["sections"] as? [String: String] == ["body": "written $(touch /tmp/never) there"])
    let left = try FileManager.default.contentsOfDirectory(atPath: lifeos.home + "/state")
    #expect(!left.contains { $0.hasPrefix("entry-") })
  }

  @Test func `an editor keeps Ctrl-C to itself`() async throws {
    let script = lifeos.folder.file("editor.sh")
    try """
    trap 'printf "after the key" > "$1"; exit 0' INT
    echo waiting
    while :; do read line; done
    """.write(toFile: script, atomically: true, encoding: .utf8)
    let terminal = try VirtualTerminal(
      builtProduct("lifeos"), ["journal", "add"],
      environment: lifeos.environment(["EDITOR": "/bin/sh \(script)"]))
    try await terminal.wait(for: "waiting")
    try await terminal.send("\u{3}")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await lifeos("journal", "show", "last").output.contains("after the key"))
  }

  @Test func `an editor that fails keeps the text and says where`() async throws {
    let terminal = try VirtualTerminal(
      builtProduct("lifeos"), ["journal", "add"], columns: 200,
      environment: lifeos.environment(["VISUAL": "/bin/false"]))
    try await terminal.wait(for: "the text is in")
    #expect(try await terminal.exitCode() == 1)
    let doctor = try await lifeos("doctor", "--json").list("findings")
    #expect(doctor.contains { $0["name"] as? String == "unsaved text" })
    let missing = try VirtualTerminal(
      builtProduct("lifeos"), ["journal", "add"], columns: 200,
      environment: lifeos.environment(["VISUAL": "no-such-editor"]))
    try await missing.wait(for: "could not be started")
    #expect(try await missing.exitCode() == 1)
  }

  @Test func `the manual names every command, and has a man page`() async throws {
    let manual = try await lifeos("manual").output
    for command in [
      "journal add", "journal list", "journal show", "journal edit", "journal delete",
      "journal history", "journal restore", "search", "streak", "import", "export", "undo", "redo",
      "trash", "trash restore", "backup", "restore", "demo", "doctor", "manual", "config",
      "completions",
    ] {
      #expect(manual.contains("\nlifeos \(command)"), "\(command)")
    }
    #expect(try await lifeos("manual", "json").output.hasPrefix("JSON"))
    #expect(try await lifeos("manual", "--section", "dates").output.hasPrefix("DATES"))
    #expect(try await lifeos("manual", "nonsense").code == 3)
    let page = try await lifeos("manual", "--format", "man").output
    #expect(page.hasPrefix(".TH LIFEOS 1"))
    #expect(page.contains(".SS lifeos journal add"))
  }

  @Test func `completions are made for three shells`() async throws {
    for (shell, sign) in [
      ("bash", "complete"), ("zsh", "#compdef lifeos"), ("fish", "complete -c"),
    ] {
      let ran = try await lifeos("completions", shell)
      #expect(ran.code == 0 && ran.output.contains(sign))
    }
    #expect(try await lifeos("completions", "tcsh").code == 2)
  }

  @Test func `every JSON output is JSON`() async throws {
    try await lifeos("journal", "add", "quote \" back \\ bell \u{7} c1 \u{9B} bidi \u{202E}")
    for arguments in [
      ["journal", "list"], ["journal", "show", "last"], ["journal", "history", "last"],
      ["search", "quote"], ["streak", "--explain"], ["trash"], ["backup", "--list"], ["doctor"],
      ["undo", "--list"], ["backup"],
    ] {
      let ran = try await lifeos.run(arguments + ["--json"])
      #expect(ran.code == 0, "\(arguments) \(ran)")
      let document = try ran.json()
      #expect(!document.isEmpty, "\(arguments)")
      let hostile: Set<Unicode.Scalar> = ["\u{9B}", "\u{202E}", "\u{7}"]
      #expect(hostile.isDisjoint(with: ran.output.unicodeScalars))
    }
  }
}
