internal import Kernel
internal import Synchronization

/// Random numbers that a seed decides (SplitMix64). Each purpose has a stream of its own, so that one
/// more draw for a text moves no fault.
struct Dice: Sendable {
  enum Stream: UInt64 { case schedule = 1, text, ids, mix, faults }

  private var state: UInt64

  init(seed: UInt64, stream: Stream) {
    state = seed &* 0xD134_2543_DE82_EF95 &+ stream.rawValue &* 0x9E37_79B9_7F4A_7C15
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// 0..<bound
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// 0..<1
  mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

  mutating func chance(_ probability: Double) -> Bool { fraction() < probability }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  /// A place in `weights`, each as probable as it is heavy.
  mutating func weighted(_ weights: [Double]) -> Int {
    var left = fraction() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return index }
    }
    return 0
  }
}

/// Where all ids of one schedule come from.
final class IDSource: Sendable {
  private let dice: Mutex<Dice>

  init(seed: UInt64) { dice = Mutex(Dice(seed: seed, stream: .ids)) }

  func next() -> UInt64 { dice.withLock { $0.next() } }

  /// Not born at any time: for accounts, spaces and epochs.
  func id() -> EntryID { EntryID(at: Moment(milliseconds: 0), random: (next(), next())) }
}

/// A machine's wall clock, as the schedule sets it.
final class Watch: Sendable {
  private let milliseconds = Atomic<Int64>(0)

  var now: Moment { Moment(milliseconds: milliseconds.load(ordering: .relaxed)) }

  func set(_ moment: Int64) { milliseconds.store(moment, ordering: .relaxed) }

  func world(_ ids: IDSource) -> World {
    World(now: { self.now }, zone: { .utc }, random: { ids.next() })
  }
}
