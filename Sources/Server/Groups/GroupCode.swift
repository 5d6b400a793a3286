/// The way into a group: eight letters and digits that are not mistaken for each other.
enum GroupCode {
  private static let alphabet = Array("ABCDEFGHJKMNPQRSTUVWXYZ23456789")
  private static let length = 8
  /// How long one lasts, in milliseconds.
  static let life: Int64 = 30 * 86_400_000

  /// From the system's source, whatever a test's world says: a code is never to be guessed.
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return String(
      (0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
  }

  /// The one form of what somebody has typed: case, spaces and hyphens don't count.
  static func plain(_ text: String) -> String {
    text.uppercased().filter { !$0.isWhitespace && $0 != "-" }
  }
}
