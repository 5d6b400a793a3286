package import Kernel

/// A row of small bars, scaled to their own range: the course of a figure at a glance.
package enum Sparkline {
  /// The last `width` values, a cell each; what is missing shows as a dot. Equal values stand half
  /// high, so that none of them looks like little.
  package static func text(
    _ values: [Double?], width: Int = 14, isASCII: Bool = false
  ) -> SafeText {
    let shown = values.suffix(max(0, width)).map { $0.flatMap { $0.isFinite ? $0 : nil } }
    let known = shown.compactMap { $0 }
    let bars = Array(isASCII ? "_.-=+*#@" : "▁▂▃▄▅▆▇█")
    guard let low = known.min(), let high = known.max() else {
      return SafeText(String(repeating: isASCII ? " " : "·", count: shown.count))
    }
    let scale = max(abs(low), abs(high))
    let line = shown.map { value -> Character in
      guard let value else { return isASCII ? " " : "·" }
      if high == low { return bars[3] }
      // Divided first, so that a range beyond all numbers cannot overflow.
      let part = (value / scale - low / scale) / (high / scale - low / scale)
      return bars[min(7, max(0, Int((part * 7).rounded())))]
    }
    return SafeText(String(line))
  }
}
