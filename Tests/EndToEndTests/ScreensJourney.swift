import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// The interactive program in a terminal, with a home of its own.
struct ScreensJourney {
  let program = ClientProgram()

  func open(
    rows: Int = 30, columns: Int = 100, _ extra: [String: String] = [:]
  ) async throws -> VirtualTerminal {
    try VirtualTerminal(
      builtProduct("lifeos"), rows: rows, columns: columns,
      environment: program.environment(extra).merging(["TERM": extra["TERM"] ?? "xterm-256color"]) {
        $1
      })
  }

  /// The program at a new note, with some text typed into it and seen.
  func writing(_ text: String) async throws -> VirtualTerminal {
    let terminal = try await open()
    try await terminal.wait(for: "1 Today")
    try await terminal.send("n")
    try await terminal.wait(for: "Title")
    try await terminal.press(.tab)
    try await terminal.send(text)
    try await terminal.wait(for: text)
    return terminal
  }

  /// The texts of all entries, as `lifeos journal list` tells them.
  func bodies() async throws -> [String] {
    let list = try await program("journal", "list", "--json").json()["entries"] as? [[String: Any]]
    var bodies: [String] = []
    for entry in list ?? [] {
      guard let id = entry["id"] as? String else { continue }
      bodies.append(try await program("journal", "show", id).output)
    }
    return bodies
  }

  /// A shell script as the command of an editor.
  ///
  /// The shell reads it: a program that another test starts at the same moment may still hold the
  /// fresh file open for writing, and the system starts no such file ("text file busy").
  func script(_ commands: String) throws -> String {
    let path = program.folder.file("editor-\(UUID().uuidString)")
    try "\(commands)\n".write(toFile: path, atomically: true, encoding: .utf8)
    return "/bin/sh " + path
  }

  /// The program has gone and left the terminal as it found it.
  func expectRestored(
    _ terminal: VirtualTerminal, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let grid = try await terminal.grid()
    #expect(!grid.isAlternate, sourceLocation: sourceLocation)
    #expect(grid.cursorVisible, sourceLocation: sourceLocation)
    #expect(try await terminal.isCooked(), sourceLocation: sourceLocation)
  }
}
