internal import Foundation
internal import Glibc
package import Kernel
internal import TestKit

/// A clock that several programs share while they run: it goes on from where it is set.
package final class SharedClock: Sendable {
  private let folder = TemporaryFolder()
  private var path: String { folder.file("clock") }

  /// Sets it at once.
  package init(at moment: Moment) throws { try set(moment) }

  /// What a program's environment needs beside, to live by this clock.
  package var environment: [String: String] { ["LIFEOS_TEST_CLOCK": path] }

  /// All programs are at `moment` from now on, and go on from there.
  package func set(_ moment: Moment) throws {
    // Written whole: renamed over the one that programs read at any time.
    try Data("\(moment.milliseconds) \(Self.steady())\n".utf8)
      .write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  private static func steady() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
