package import Kernel
internal import Synchronization

extension World {
  /// A world that a test holds still: UTC, a clock that goes on by `step` milliseconds with each look,
  /// and the random numbers of `seed` (SplitMix64). The same arguments give the same world.
  package static func still(
    at moment: Moment = Moment(seconds: 1_795_176_000), step: Int64 = 1, seed: UInt64 = 1
  ) -> World {
    let clock = StillClock(moment.milliseconds, step)
    let source = StillSource(seed)
    return World(now: { clock.next() }, zone: { .utc }, random: { source.next() })
  }
}

private final class StillClock: Sendable {
  private let milliseconds: Mutex<Int64>
  private let step: Int64

  init(_ milliseconds: Int64, _ step: Int64) {
    self.milliseconds = Mutex(milliseconds)
    self.step = step
  }

  func next() -> Moment {
    milliseconds.withLock { now in
      defer { now += step }
      return Moment(milliseconds: now)
    }
  }
}

private final class StillSource: Sendable {
  private let state: Mutex<UInt64>

  init(_ seed: UInt64) { state = Mutex(seed) }

  func next() -> UInt64 {
    state.withLock {
      $0 &+= 0x9E37_79B9_7F4A_7C15
      var mixed = $0
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }
}
