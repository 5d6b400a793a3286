/// A hybrid logical clock: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.
///
/// Kulkarni et al., "Logical Physical Clocks" (2014). Two writes of a register are ordered by stamp,
/// then by operation id.
package struct Stamp: Hashable, Comparable, Sendable {
  package let bits: UInt64

  package init(bits: UInt64) { self.bits = bits }
  package init(milliseconds: Int64, counter: Int) {
    bits = UInt64(max(0, milliseconds)) << 16 | UInt64(counter & 0xFFFF)
  }

  package var milliseconds: Int64 { Int64(bits >> 16) }
  package var counter: Int { Int(bits & 0xFFFF) }

  /// The stamp of the next local write at `now`: never smaller than or equal to this one.
  package func next(at now: Moment) -> Stamp {
    if now.milliseconds > milliseconds { return Stamp(milliseconds: now.milliseconds, counter: 0) }
    return Stamp(bits: bits + 1)  // a full counter carries over into the milliseconds
  }

  package static func < (left: Stamp, right: Stamp) -> Bool { left.bits < right.bits }
}
