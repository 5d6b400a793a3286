import Features
import Foundation
import Kernel
import Life
import ProgramKit
import TestKit
import Testing

@Suite struct CommandLineDemoTests {
  let lifeos = ClientProgram()

  @Test func `the same seed makes the same life, another one another`() async throws {
    var lives: [[UInt8]] = []
    for (folder, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
      let path = lifeos.folder.file(folder)
      let made = try await lifeos(
        "demo", "--years", "1", "--seed", seed, "--until", "2026-11-19", "--into", path)
      #expect(made.code == 0, "\(made)")
      let env = ["LIFEOS_HOME": path]
      lives.append(
        try await lifeos.run(["journal", "list", "--limit", "0", "--json"], env: env).bytes)
    }
    #expect(lives[0] == lives[1])
    #expect(lives[0] != lives[2])
    let again = try await lifeos("demo", "--into", lifeos.folder.file("a"))
    #expect(again.code == 1 && again.errors.contains("there already"))
  }

  @Test func `a life has all types, moods, tags, stars, gaps and a streak`() async throws {
    let demo = JournalDemo(years: 3, seed: 1, perWeek: 30, until: Day(2026, 11, 19)!)
    var pieces: [JournalDemo.Piece] = []
    demo.forEachWeek { pieces += $1 }
    let perWeek = Double(pieces.count) / (3 * 365.25 / 7)
    #expect((27...33).contains(perWeek), "\(perWeek)")
    #expect(Set(pieces.map(\.type)) == Set(JournalType.allCases))
    #expect(Set(pieces.compactMap(\.mood)).count >= 4)
    #expect(Set(pieces.flatMap(\.tags)).count >= 10)
    #expect(pieces.contains { $0.isStarred })
    let days = Set(pieces.map(\.day))
    #expect(days.count < 3 * 365 && days.count > 2 * 365)
    #expect(
      Set(pieces.map { "\($0.type) \($0.type.key(for: $0.day) ?? UUID().uuidString)" }).count
        == pieces.count)
    #expect(pieces.allSatisfy { $0.day >= demo.from && $0.day <= demo.until })
    let texts = Set(pieces.flatMap { $0.sections.values })
    #expect(texts.count > pieces.count * 8 / 10)
    #expect(!texts.contains { $0.contains("{") || $0.contains("}") })
  }
}
