package import Kernel

/// A bar of eighth blocks on a dotted track: how much of a target is reached.
package enum BarTrack {
  /// The bar and the rest of its track, together `width` columns. `part` is 0...1, cut to that.
  package static func parts(
    _ part: Double, width: Int, isASCII: Bool = false
  ) -> (bar: SafeText, track: SafeText) {
    let width = max(0, width)
    let share = part.isNaN ? 0 : min(max(part, 0), 1)
    let eighths =
      isASCII ? Int((share * Double(width)).rounded()) * 8 : Int(share * Double(width) * 8)
    var bar = String(repeating: isASCII ? "#" : "█", count: eighths / 8)
    if eighths % 8 > 0 { bar.append(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1]) }
    let used = eighths / 8 + (eighths % 8 > 0 ? 1 : 0)
    return (
      SafeText(bar), SafeText(String(repeating: isASCII ? "." : "·", count: width - used))
    )
  }

  /// Draws into the first row of `rect`, as wide as that.
  package static func draw(
    _ part: Double, _ role: Role = .accent, on surface: inout Surface, in rect: Rect,
    isASCII: Bool = false
  ) {
    let (bar, track) = parts(part, width: rect.width, isASCII: isASCII)
    let end = surface.put(bar, role, at: Point(x: rect.x, y: rect.y), in: rect)
    surface.put(track, .faint, at: Point(x: end, y: rect.y), in: rect)
  }
}
