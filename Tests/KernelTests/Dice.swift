/// Random numbers that are the same at every run (SplitMix64, Steele and others 2014).
struct Dice: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Dice {
  /// Scalars that like to cause trouble, and any others.
  mutating func hostileText(length: Int) -> String {
    let nasty: [ClosedRange<UInt32>] = [
      0x00...0x1F, 0x20...0x7E, 0x7F...0x9F, 0x300...0x36F, 0x590...0x6FF, 0x900...0x97F,
      0x1100...0x11FF, 0x200B...0x206F, 0xFE00...0xFE0F, 0xE000...0xE002, 0xFDD0...0xFDEF,
      0x1F1E6...0x1F1FF, 0x1F300...0x1FAFF, 0x1F3F4...0x1F3F4, 0x1F3FB...0x1F3FF, 0x200D...0x200D,
      0xE0000...0xE01EF, 0x20...0x10FFFF, 0x4E00...0x9FFF, 0xAC00...0xD7FF, 0xFFF0...0xFFFF,
    ]
    var text = ""
    for _ in 0..<length {
      let range = nasty[Int.random(in: 0..<nasty.count, using: &self)]
      guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) else { continue }
      text.unicodeScalars.append(scalar)
    }
    return text
  }
}
