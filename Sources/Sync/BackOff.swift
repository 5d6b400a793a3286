/// How long to wait after failures: a random time of at most 1 s, 2 s, 4 s, … and 300 s, so that many
/// devices do not come back together. sync.md, section 11.
package struct BackOff: Hashable, Sendable {
  /// Failures since the last success.
  package private(set) var failures = 0

  package init() {}

  /// One more failure: the milliseconds until the next attempt, chosen by `random`.
  package mutating func wait(random: UInt64) -> Int64 {
    let most = min(Self.longest, 1000 << Int64(min(failures, 20)))
    failures += 1
    return Int64(random % UInt64(most + 1))
  }

  /// A success.
  package mutating func reset() { failures = 0 }

  /// The longest wait, in milliseconds.
  package static let longest: Int64 = 300_000
}
