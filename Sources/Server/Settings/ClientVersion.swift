/// A version of lifeos: major, minor, patch.
package struct ClientVersion: Comparable, Hashable, Sendable {
  private let numbers: [Int]

  /// `1.4.0`; what follows a hyphen or a plus is left out. nil for anything else.
  package init?(_ text: some StringProtocol) {
    let plain = text.prefix { $0 != "-" && $0 != "+" }
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.count <= 6 && part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
    }
    guard (1...3).contains(parts.count), numbers.count == parts.count else { return nil }
    self.numbers = numbers + Array(repeating: 0, count: 3 - numbers.count)
  }

  /// What a program says of itself: `lifeos/1.4.0 (Debian)`. nil where it is another program, or
  /// says no version.
  package init?(program text: some StringProtocol) {
    guard text.hasPrefix("lifeos/") else { return nil }
    self.init(text.dropFirst("lifeos/".count).prefix { !$0.isWhitespace })
  }

  package static func < (left: ClientVersion, right: ClientVersion) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }
}
