/// Fuzzy matching for palette, pickers and help: the letters in their order, words' beginnings first.
enum Fuzzy {
  /// nil where the letters of `pattern` do not all occur in order; else higher is better.
  static func score(_ pattern: String, in text: String) -> Int? {
    if pattern.isEmpty { return 0 }
    let letters = Array(fold(pattern).filter { $0 != " " })
    let target = Array(fold(text))
    if letters.isEmpty { return 0 }
    var (score, next, last) = (0, 0, -2)
    for (index, letter) in target.enumerated() where next < letters.count && letter == letters[next]
    {
      let startsWord = index == 0 || !(target[index - 1].isLetter || target[index - 1].isNumber)
      score += startsWord ? 8 : (index == last + 1 ? 5 : 1)
      last = index
      next += 1
    }
    guard next == letters.count else { return nil }
    // The letters in one piece beat any scattering of them, at a word's beginning most of all.
    if let found = target.firstRange(of: letters)?.lowerBound {
      let startsWord = found == 0 || !(target[found - 1].isLetter || target[found - 1].isNumber)
      score += letters.count * (startsWord ? 16 : 8)
    }
    return score * 16 - min(target.count, 255) / 16 - (target.first == letters[0] ? 0 : 8)
  }

  /// The items that match, best first; equal ones keep their order.
  static func filter<T>(_ items: [T], by pattern: String, text: (T) -> String) -> [T] {
    if pattern.isEmpty { return items }
    return items.enumerated()
      .compactMap { entry in
        score(pattern, in: text(entry.element)).map { (entry.offset, entry.element, $0) }
      }
      .sorted { ($1.2, $0.0) < ($0.2, $1.0) }
      .map(\.1)
  }

  private static func fold(_ text: String) -> String { text.lowercased() }
}
