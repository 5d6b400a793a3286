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
  floor("Kernel"),
  floor("Life", ["Kernel"]),
  floor("TUI", ["Kernel"]),
  floor("Storage", ["Kernel", grdb, .product(name: "Crypto", package: "swift-crypto")]),
  .target(
    name: "CTerminal",
    linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
  .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
  floor("Terminal", ["Kernel", "TUI", "CTerminal"]),
  floor("Features", ["Kernel", "Life", "Storage", "TUI", "CZlib", grdb, arguments]),
  floor("Shell", ["Kernel", "TUI", "Features", "Storage"]),
  .executableTarget(
    name: "lifeos",
    dependencies: ["Kernel", "Features", "Shell", "Storage", "Terminal", "TUI", arguments],
    swiftSettings: strict),

  .target(
    name: "CVTerm", path: "Tests/CVTerm", linkerSettings: [.linkedLibrary("vterm")]),
  .target(
    name: "TestKit", dependencies: ["Kernel", "TUI", "Storage", "Features", "CVTerm"],
    path: "Tests/TestKit", swiftSettings: strict),
  .executableTarget(
    name: "terminal-probe", dependencies: ["Kernel", "Terminal", "TUI"],
    path: "Tests/TerminalProbe", swiftSettings: strict),
  tests("KernelTests", ["Kernel"]),
  tests("LifeTests", ["Life"]),
  tests("TUITests", ["TUI"]),
  tests("StorageTests", ["Storage", grdb]),
  tests("TerminalTests", ["Kernel", "Terminal", "TUI", "terminal-probe"]),
  tests("FeaturesTests", ["Features", "Kernel", "Life", "Storage", grdb]),
  tests("ShellTests", ["Shell", "Features", "Storage", "TUI", grdb]),
  tests("EndToEndTests", ["lifeos", "Features", "Kernel", "Life", "Storage"]),
  tests("TidyTests", []),
]

if ProcessInfo.processInfo.environment["LIFEOS_BENCH"] == "1" {
  targets.append(
    .executableTarget(
      name: "Benchmarks", dependencies: ["Kernel", "Storage", "Features", grdb],
      path: "Tests/Benchmarks", exclude: ["floors"], swiftSettings: strict))
}

let package = Package(
  name: "lifeos",
  products: [.executable(name: "lifeos", targets: ["lifeos"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: targets
)
