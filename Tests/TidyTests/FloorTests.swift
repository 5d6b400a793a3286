internal import Testing

/// Who may import whom: the table of Sources/README.md.
struct FloorTests {
  static let floors: [String: Set<String>] = [
    "Kernel": ["Crypto"],
    "Toml": ["Kernel"],
    "SQL": ["Kernel", "GRDB", "GRDBSQLite"],
    "Life": ["Kernel"],
    "Wire": ["Kernel"],
    "TUI": ["Kernel"],
    "Storage": ["Kernel", "SQL", "GRDB", "GRDBSQLite", "Crypto"],
    "Terminal": ["Kernel", "TUI", "CTerminal"],
    "Net": ["Kernel", "Wire", "CCurl", "CZlib", "Crypto"],
    "Sync": ["Kernel", "Wire", "Storage"],
    "Features": ["Kernel", "Life", "SQL", "Storage", "TUI"],
    "Shell": ["Kernel", "Toml", "TUI", "Features", "Storage"],
    "Ledger": ["Kernel", "SQL", "GRDB", "GRDBSQLite"],
    "Server": [
      "Kernel", "Wire", "Ledger", "SQL", "Toml", "CZlib", "CCrypt", "GRDB", "Crypto",
      "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "HummingbirdHTTP2", "HTTPTypes",
      "NIOCore", "NIOPosix", "NIOSSL", "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1",
      "ServiceLifecycle", "JWTKit", "X509", "SwiftASN1", "Logging",
    ],
    "lifeos": [
      "Kernel", "Features", "Net", "Shell", "Storage", "Sync", "Terminal", "Toml", "TUI", "Wire",
      "ArgumentParser",
    ],
    "lifeosd": ["Kernel", "Server", "Wire", "ArgumentParser"],
  ]

  /// What only files of a certain name may import.
  static let exceptions: [(floor: String, ending: String, module: String)] = [
    ("Features", "Queries.swift", "GRDB"), ("Features", "Queries.swift", "GRDBSQLite"),
    ("Features", "Commands.swift", "ArgumentParser"), ("Features", "Inflate.swift", "CZlib"),
  ]

  /// The system's own modules, allowed everywhere; Foundation is slow to start and has time zones
  /// that are wrong in a static build, so that only the floors with files and JSON use it.
  static let system: Set<String> = ["Glibc", "Dispatch", "Synchronization", "Swift"]
  static let foundation: Set<String> = ["Foundation", "FoundationEssentials"]
  static let foundationFloors: Set<String> = [
    "Storage", "SQL", "Features", "Server", "lifeos", "lifeosd",
  ]

  @Test func `there are files to look at`() {
    #expect(House.sources.count > 50)
    #expect(House.all.allSatisfy { $0.lines.count > 1 })
  }

  @Test func `a file imports only what its floor may`() {
    for file in House.sources {
      for (line, module) in imports(of: file) where !isAllowed(module, in: file) {
        Issue.record("\(file.place(line))")
      }
    }
  }

  private func isAllowed(_ module: String, in file: SourceFile) -> Bool {
    Self.floors[file.floor]?.contains(module) == true || Self.system.contains(module)
      || Self.foundation.contains(module) && Self.foundationFloors.contains(file.floor)
      || Self.exceptions.contains {
        $0.floor == file.floor && file.name.hasSuffix($0.ending) && $0.module == module
      }
  }

  @Test func `every floor is in the table`() {
    let folders = Set(House.sources.map(\.floor))
    #expect(folders.subtracting(Self.floors.keys) == [])
  }

  @Test func `the words of foreign calendars are not used`() {
    // A static build has wrong time zones without a sign; Kernel has its own civil dates.
    let banned = /\b(DateFormatter|ISO8601DateFormatter|NumberFormatter|TimeZone|Calendar)\b/
    #expect(House.sources.flatMap { $0.finds(banned) } == [])
  }

  private func imports(of file: SourceFile) -> [(SourceFile.Line, String)] {
    let pattern =
      /^\s*(?:@\w+\s+)*(?:(?:internal|package|private|fileprivate|public)\s+)?import\s+(?:(?:struct|enum|class|func|protocol|typealias|var|let)\s+)?(\w+)/
    return file.lines.filter { $0.code.contains("import ") }.compactMap { line in
      line.code.firstMatch(of: pattern).map { (line, String($0.1)) }
    }
  }
}
