internal import Glibc
internal import Storm

/// `soak SECONDS [SEED]`: a storm over one life for that long, then one over a group for half of it; ends
/// with status 1 where something was lost or doubled.
@main struct Soak {
  static func main() async throws {
    let arguments = CommandLine.arguments
    let seconds = arguments.dropFirst().first.flatMap { Int($0) } ?? 60
    let seed = arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
    print("a storm of \(seconds) seconds with seed \(seed)")
    let end = ContinuousClock.now + .seconds(seconds)
    let report = try await Storm(seed: seed).run { _ in ContinuousClock.now >= end }
    print(report)
    let groupEnd = ContinuousClock.now + .seconds(seconds / 2)
    let friends = try await GroupStorm(seed: seed).run { _ in ContinuousClock.now >= groupEnd }
    print("with a group: \(friends)")
    exit(report.violations.isEmpty && friends.violations.isEmpty ? 0 : 1)
  }
}
