import Foundation
import ProgramKit
import Testing

/// README's lists of keys and commands say what the program says.
struct ReadmeTests {
  private let program = ClientProgram()

  /// The lines between `<!-- name -->` and `<!-- /name -->`.
  private func block(_ name: String) throws -> [String] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let rest = try #require(text.components(separatedBy: "<!-- \(name) -->\n").dropFirst().first)
    let inside = try #require(rest.components(separatedBy: "<!-- /\(name) -->").first)
    return inside.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("```") }
  }

  private func words(_ line: some StringProtocol) -> String {
    line.split(separator: " ").joined(separator: " ")
  }

  @Test func `the commands in the README are those of the program`() async throws {
    let manual = try await program("manual", "commands").output
    let names = manual.split(separator: "\n").filter { $0.hasPrefix("lifeos") }.map { line in
      line.split(separator: " ").prefix { $0.allSatisfy { $0.isLowercase || $0 == "-" } }
        .joined(separator: " ")
    }
    let told = try block("commands")
    #expect(names.count > 20)
    for (name, line) in zip(names, told) {
      #expect(words(line).hasPrefix(name + " "))
      #expect(words(manual.replacing("\n", with: " ")).contains(words(line.dropFirst(name.count))))
    }
    #expect(names.count == told.count)
  }

  @Test func `the keys in the README are those of the program`() async throws {
    let lines = try await program("manual", "keys").output.split(separator: "\n")
    func keys(of context: String) -> [String] {
      let rest = lines.drop { $0 != context }.dropFirst().prefix { $0.hasPrefix(" ") }
      return rest.filter { !$0.hasPrefix("   ") && !$0.contains("(app.tab.") }.map {
        words($0[..<($0.lastIndex(of: "(") ?? $0.endIndex)])
      }
    }
    let told = try block("keys").filter { $0.hasPrefix(" ") }.map { words($0) }
    #expect(told == keys(of: "Everywhere") + keys(of: "journal.list"))
    #expect(told.count > 40)
  }
}
