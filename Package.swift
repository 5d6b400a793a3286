// swift-tools-version: 6.2
import Foundation
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
  .treatWarning("DeprecatedDeclaration", as: .warning),
]

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// A package that only the server needs: without the trait `Server` it is neither fetched nor built.
func server(_ name: String, _ package: String) -> Target.Dependency {
  .product(name: name, package: package, condition: .when(traits: ["Server"]))
}

/// A floor of the house: see Sources/README.md for what each may import.
func floor(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestKit"], path: "Tests/\(name)",
    swiftSettings: strict)
}

var targets: [Target] = [
  floor("Kernel", [crypto]),
  floor("Toml", ["Kernel"]),
  floor("SQL", ["Kernel", grdb]),
  floor("Life", ["Kernel"]),
  floor("TUI", ["Kernel"]),
  floor("Storage", ["Kernel", "SQL", grdb, crypto]),
  floor("Wire", ["Kernel"]),
  .target(name: "CCurl"),
  floor("Net", ["Kernel", "Wire", "CCurl", "CZlib", crypto]),
  floor("Sync", ["Kernel", "Wire", "Storage"]),
  floor("Ledger", ["Kernel", "SQL", grdb]),
  .target(name: "CCrypt", linkerSettings: [.linkedLibrary("crypt")]),
  floor(
    "Server",
    [
      "Kernel", "Wire", "Ledger", "SQL", "Toml", "CZlib", "CCrypt", grdb, crypto,
      server("Hummingbird", "hummingbird"), server("HummingbirdTLS", "hummingbird"),
      server("HummingbirdHTTP2", "hummingbird"), server("JWTKit", "jwt-kit"),
      server("X509", "swift-certificates"), server("Logging", "swift-log"),
    ]),
  .target(
    name: "CTerminal",
    linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
  .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
  floor("Terminal", ["Kernel", "TUI", "CTerminal"]),
  floor("Features", ["Kernel", "Life", "SQL", "Storage", "TUI", "CZlib", grdb, arguments]),
  floor("Shell", ["Kernel", "Toml", "TUI", "Features", "Storage"]),
  .executableTarget(
    name: "lifeos",
    dependencies: [
      "Kernel", "Features", "Net", "Shell", "Toml", "Storage", "Sync", "Terminal", "TUI", "Wire",
      arguments,
    ],
    swiftSettings: strict),
  .executableTarget(
    name: "lifeosd", dependencies: ["Kernel", "Server", "Wire", arguments],
    swiftSettings: strict),

  .target(
    name: "CVTerm", path: "Tests/CVTerm", linkerSettings: [.linkedLibrary("vterm")]),
  .target(
    name: "TestKit", dependencies: ["Kernel", "TUI", "Storage", "Features", "CVTerm"],
    path: "Tests/TestKit", swiftSettings: strict),
  .target(
    name: "ProgramKit", dependencies: ["Kernel", "TestKit", "lifeos", "lifeosd"],
    path: "Tests/ProgramKit", swiftSettings: strict),
  .target(
    name: "ServerKit", dependencies: ["Kernel", "Ledger", "Server", "TestKit", "Wire"],
    path: "Tests/ServerKit", swiftSettings: strict),
  .target(
    name: "Storm", dependencies: ["ProgramKit", "TestKit"], path: "Tests/Storm",
    swiftSettings: strict),
  .executableTarget(
    name: "soak", dependencies: ["Storm"], path: "Tests/Soak", swiftSettings: strict),
  .executableTarget(
    name: "terminal-probe", dependencies: ["Kernel", "Terminal", "TUI"],
    path: "Tests/TerminalProbe", swiftSettings: strict),
  tests("KernelTests", ["Kernel"]),
  tests("LifeTests", ["Life"]),
  tests("TUITests", ["TUI"]),
  tests("StorageTests", ["Kernel", "Ledger", "Storage", "SQL", grdb]),
  tests("WireTests", ["Kernel", "Wire"]),
  tests("NetTests", ["Kernel", "Net", "Wire"]),
  tests("LedgerTests", ["Kernel", "Ledger", grdb]),
  tests("SyncTests", ["Kernel", "Ledger", "Storage", "Sync", "Wire", grdb]),
  tests(
    "ServerTests",
    ["Kernel", "Ledger", "Net", "SQL", "Server", "ServerKit", "Wire", crypto, grdb]),
  tests("SimulatorTests", ["Simulator"]),
  .target(
    name: "Simulator", dependencies: ["Kernel", "Ledger", "Storage", "SQL", grdb],
    path: "Tests/Simulator", swiftSettings: strict),
  .executableTarget(
    name: "simulate", dependencies: ["Simulator"], path: "Tests/Simulate", swiftSettings: strict),
  tests("TerminalTests", ["Kernel", "Terminal", "TUI", "terminal-probe"]),
  tests("FeaturesTests", ["Features", "Kernel", "Life", "Storage", grdb]),
  tests("ShellTests", ["Shell", "Toml", "Features", "Storage", "TUI", grdb]),
  tests(
    "EndToEndTests",
    [
      "ProgramKit", "Storm", "lifeos", "lifeosd", "Features", "Kernel", "Life", "Net", "Storage",
      "Wire", grdb,
    ]),
  tests("TidyTests", []),
]

if ProcessInfo.processInfo.environment["LIFEOS_BENCH"] == "1" {
  targets.append(
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Kernel", "Life", "Storage", "Features", "Net", "Sync", "TestKit", "Wire", grdb,
      ],
      path: "Tests/Benchmarks", exclude: ["floors"], swiftSettings: strict))
}

let package = Package(
  name: "lifeos",
  products: [
    .executable(name: "lifeos", targets: ["lifeos"]),
    .executable(name: "lifeosd", targets: ["lifeosd"]),
  ],
  traits: [
    .trait(name: "Server", description: "The server lifeosd, with Hummingbird and what it needs.")
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: targets
)
