/// How a day felt, in five steps.
package enum Mood: Int, CaseIterable, Sendable {
  case terrible = 1
  case poor
  case neutral
  case good
  case excellent

  package var name: String {
    switch self {
    case .terrible: "terrible"
    case .poor: "poor"
    case .neutral: "neutral"
    case .good: "good"
    case .excellent: "excellent"
    }
  }

  /// One column wide: a bar that grows with the mood.
  package var glyph: String {
    switch self {
    case .terrible: "\u{2581}"
    case .poor: "\u{2583}"
    case .neutral: "\u{2584}"
    case .good: "\u{2586}"
    case .excellent: "\u{2588}"
    }
  }

  /// A number 1...5, or the beginning of a name in any case; nil for anything else.
  package init?(_ text: some StringProtocol) {
    if let number = Int(text), let mood = Mood(rawValue: number) {
      self = mood
      return
    }
    let word = text.lowercased()
    let hits = Mood.allCases.filter { !word.isEmpty && $0.name.hasPrefix(word) }
    guard hits.count == 1 else { return nil }
    self = hits[0]
  }
}
