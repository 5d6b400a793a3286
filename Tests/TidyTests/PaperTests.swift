internal import Testing

/// The papers tell the truth about the code.
struct PaperTests {
  @Test func `the newest version in CHANGELOG is the program's`() throws {
    let source = try House.text("Sources/Kernel/LifeosVersion.swift")
    let version = try #require(source.firstMatch(of: /current = "([0-9.]+)"/)).1
    let versions = try House.text("CHANGELOG.md").matches(of: /\n## \[([0-9]+\.[0-9]+\.[0-9]+)\]/)
    #expect(versions.first?.1 == version)
  }

  @Test func `CHANGELOG has its part for what is not released on top`() throws {
    let heads = try House.text("CHANGELOG.md").matches(of: /\n## (.*)/).map { String($0.1) }
    #expect(heads.first == "[Unreleased]")
  }

  @Test func `the map names every target`() throws {
    let map = try House.text("Sources/README.md")
    let package = try House.text("Package.swift")
    let names = package.matches(of: /(?:floor\(|tests\(|name: )\s*"([\w-]+)"/).map { String($0.1) }
    #expect(names.count > 10)
    let foreign: Set = ["GRDB", "ArgumentParser", "Crypto"]
    for name in Set(names).subtracting(foreign) {
      #expect(map.contains("`\(name)`"), "Sources/README.md does not name \(name)")
    }
  }

  @Test func `the map names every folder of the sources`() throws {
    let map = try House.text("Sources/README.md")
    for folder in House.folders(under: "Sources") where !folder.hasSuffix("/include") {
      #expect(map.contains("`\(folder)"), "Sources/README.md does not name \(folder)")
    }
  }

  @Test func `the map gives a reason for every dependency`() throws {
    let map = try House.text("Sources/README.md")
    let package = try House.text("Package.swift")
    let names = package.matches(of: /url: "[^"]*\/([\w.-]+?)"/).map { String($0.1) }
    #expect(!names.isEmpty)
    for name in names { #expect(map.contains("**\(name)**"), "no reason for \(name)") }
  }
}
