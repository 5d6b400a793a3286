import Foundation
import Glibc
import ProgramKit
import TestKit
import Testing

/// Nothing that is typed is lost, whatever ends the program.
struct ScreensSafetyTests {
  private let journey = ScreensJourney()

  @Test func `a first start is inviting, and quitting leaves the terminal as it was`() async throws
  {
    let terminal = try await journey.open()
    let grid = try await terminal.wait(for: "1 Today")
    #expect(grid.isAlternate)
    try await terminal.wait(for: "Morning pages")
    try await terminal.send("2")
    try await terminal.wait(for: "Nothing is written here yet.")
    try await terminal.send("q")
    #expect(try await terminal.exitCode() == 0)
    try await journey.expectRestored(terminal)
  }

  @Test func `a kill in mid-sentence loses no word of a kept draft`() async throws {
    let terminal = try await journey.writing("half a sentence about the roo")
    try await terminal.wait(for: "draft kept")
    try await terminal.kill(SIGKILL)
    #expect(try await terminal.exitCode() == -SIGKILL)
    let again = try await journey.open()
    try await again.wait(for: "half a sentence about the roo")
    try await again.wait(for: "Here is what you were writing")
    try await again.send("f is dry")
    try await again.press(.escape)
    try await again.wait(for: "Saved.")
    try await again.send("qq")
    _ = try await again.exitCode()
    #expect(try await journey.bodies().joined().contains("half a sentence about the roof is dry"))
  }

  @Test(arguments: [SIGHUP, SIGTERM, SIGINT])
  func `a signal in mid-sentence keeps every word and restores the terminal`(
    signal: Int32
  ) async throws {
    let terminal = try await journey.writing("not even a pau")
    try await terminal.kill(signal)
    _ = try await terminal.exitCode()
    try await journey.expectRestored(terminal)
    let again = try await journey.open()
    try await again.wait(for: "not even a pau")
    try await again.kill(SIGTERM)
    _ = try await again.exitCode()
  }

  @Test func `a lost connection in mid-sentence keeps every word`() async throws {
    let terminal = try await journey.writing("the line dro")
    try await terminal.hangUp()
    _ = try await terminal.exitCode()
    let again = try await journey.open()
    try await again.wait(for: "the line dro")
    try await again.press(.escape)
    try await again.wait(for: "Saved.")
  }

  @Test func `what is saved survives a kill at once`() async throws {
    let terminal = try await journey.writing("saved for good")
    try await terminal.press(.escape)
    try await terminal.wait(for: "Saved.")
    try await terminal.kill(SIGKILL)
    _ = try await terminal.exitCode()
    #expect(try await journey.bodies().count == 1)
    #expect(try await journey.bodies()[0].contains("saved for good"))
    let again = try await journey.open()
    try await again.wait(for: "saved for good")
    try await again.send("q")
    #expect(try await again.exitCode() == 0)
  }

  @Test func `kills at any moment lose no saved entry`() async throws {
    for round in 0..<6 {
      let terminal = try await journey.open()
      try await terminal.wait(for: "1 Today")
      try await terminal.send("n")
      try await terminal.wait(for: "Title")
      try await terminal.send("round \(round)")
      try await terminal.press(.escape)
      try await terminal.wait(for: "Saved.")
      try await terminal.send("n")
      try await terminal.wait(for: "Title")
      try await terminal.send("nonsense \(round) ")
      // Anywhere in the writing of the draft, or of the entry.
      if round % 2 == 1 { try await terminal.press(.escape) }
      try await terminal.kill(SIGKILL)
      _ = try await terminal.exitCode()
      #expect(try await journey.program("doctor").code == 0)
      let list = try await journey.program("journal", "list").output
      for done in 0...round { #expect(list.contains("round \(done)")) }
      // The draft that may be there is kept or let go of by its own road.
      let next = try await journey.open()
      try await next.wait(for: "1 Today")
      if try await next.grid().contains("nonsense") {
        try await next.press(.escape)
        // Where the kill came after the writing there is no draft, and the list stands there.
        try await next.wait(for: "the end of the draft") {
          $0.contains("Saved.") || $0.contains("NOW") || $0.contains("entries")
        }
      }
      try await next.kill(SIGTERM)
      _ = try await next.exitCode()
    }
  }

  @Test func `a paste of a megabyte arrives whole`() async throws {
    let terminal = try await journey.open()
    try await terminal.wait(for: "1 Today")
    try await terminal.send("n")
    try await terminal.wait(for: "Title")
    try await terminal.press(.tab)
    let line = String(repeating: "x", count: 91) + " word\n"
    let text = String(repeating: line, count: 10_000) + "the very end"
    try await terminal.paste(text)
    try await terminal.wait(for: "the very end")
    try await terminal.press(.escape)
    try await terminal.wait(for: "Saved.")
    try await terminal.send("qq")
    _ = try await terminal.exitCode()
    let id = try #require(
      (try await journey.program("journal", "list", "--json").json()["entries"] as? [[String: Any]])?
        .first?["id"] as? String)
    let shown = try await journey.program("journal", "show", id, "--json").output
    #expect(shown.utf8.count > text.utf8.count)
    #expect(shown.contains("the very end"))
    #expect(shown.components(separatedBy: "x word").count - 1 == 10_000)
  }
}
