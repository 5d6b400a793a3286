internal import Kernel

/// What a schedule did, as one number that tells two runs apart, and as lines for people on demand.
struct Trace {
  private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  let prints: Bool

  init(prints: Bool) { self.prints = prints }

  mutating func note(_ numbers: UInt64..., line: @autoclosure () -> String) {
    for number in numbers { mix(number) }
    if prints { print(line()) }
  }

  mutating func note(_ ids: [EntryID]) {
    for id in ids {
      mix(id.high)
      mix(id.low)
    }
  }

  private mutating func mix(_ number: UInt64) {
    hash = (hash ^ number) &* 0x0000_0100_0000_01B3
    hash ^= hash >> 29
  }
}
