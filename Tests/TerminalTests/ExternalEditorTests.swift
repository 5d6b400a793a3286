internal import Glibc
internal import Terminal
internal import TestKit
internal import Testing

@Suite struct ExternalEditorTests {
  /// A folder for one test, removed with it.
  private final class Folder {
    let path: String
    init() {
      var template = Array("/tmp/lifeos-editor-XXXXXX".utf8CString)
      path = mkdtemp(&template).map { String(cString: $0) } ?? ""
    }
    deinit { system("rm -r '\(path)'") }

    /// A program that does `commands` with the file as `$1`.
    func program(_ commands: String) -> String {
      let script = path + "/editor"
      let file = fopen(script, "w")
      fputs("#!/bin/sh\n\(commands)\n", file)
      fclose(file)
      chmod(script, 0o700)
      return script
    }

    var leftovers: [String] {
      let pipe = popen("find '\(path)/state' -type f", "r")
      defer { pclose(pipe) }
      var lines: [String] = []
      var buffer = [CChar](repeating: 0, count: 1_024)
      while fgets(&buffer, 1_024, pipe) != nil { lines.append(String(cString: buffer)) }
      return lines
    }
  }

  private func editor(_ command: String) -> ExternalEditor {
    ExternalEditor(environment: ["VISUAL": command])
  }

  @Test(arguments: [
    ("vim", ["vim"]), ("  code  --wait ", ["code", "--wait"]),
    ("'/opt/my editor/run' -n", ["/opt/my editor/run", "-n"]),
    ("a\\ b \"c 'd'\" ''", ["a b", "c 'd'", ""]),
    ("emacs -nw; rm x $HOME `id`", ["emacs", "-nw;", "rm", "x", "$HOME", "`id`"]),
  ])
  func `a command is split into words and nothing in it is special`(
    _ line: String, _ words: [String]
  ) {
    #expect(ExternalEditor.words(line) == words)
  }

  @Test func `VISUAL goes before EDITOR and both before vi`() {
    #expect(ExternalEditor(environment: ["VISUAL": "a", "EDITOR": "b"]).command == ["a"])
    #expect(ExternalEditor(environment: ["VISUAL": " ", "EDITOR": "b -c"]).command == ["b", "-c"])
    #expect(ExternalEditor(environment: [:]).command == ["vi"])
  }

  @Test func `the changed text comes back and no file stays`() throws {
    let folder = Folder()
    let script = folder.program(
      "echo added >> \"$1\"; cp \"$1\" \"$1~\"; stat -c %a \"$1\" \"$(dirname \"$1\")\" >> \"$1\"")
    let edited = try editor(script).edit("first", ending: "md", in: folder.path + "/state")
    #expect(edited == "firstadded\n600\n700")
    #expect(folder.leftovers.isEmpty)
  }

  @Test func `an editor that only ends the last line changed nothing`() throws {
    let folder = Folder()
    let script = folder.program("echo >> \"$1\"")
    #expect(try editor(script).edit("text", in: folder.path + "/state") == nil)
    #expect(try editor("true").edit("text", in: folder.path + "/state") == nil)
  }

  @Test func `what a failing editor saved is kept`() throws {
    let folder = Folder()
    let script = folder.program("echo more >> \"$1\"; exit 3")
    #expect(throws: EditorError.self) {
      try editor(script).edit("text", in: folder.path + "/state")
    }
    #expect(folder.leftovers.count == 1)
    #expect(throws: EditorError.failed(status: 1, kept: nil)) {
      try editor("false").edit("text", in: folder.path + "/other")
    }
  }

  @Test func `a program that is not there is said so`() throws {
    let folder = Folder()
    #expect(throws: EditorError.notStarted("no-such-editor", ENOENT)) {
      try editor("no-such-editor").edit("text", in: folder.path + "/state")
    }
    #expect(folder.leftovers.isEmpty)
  }
}
