internal import Wire

/// What a name, an address and a password must be.
enum Credentials {
  /// bcrypt looks at no more bytes.
  static let mostPasswordBytes = 72

  /// The name in its one form: 3 to 32 of a–z, 0–9, `_`, `.` and `-`; capitals are folded.
  static func name(_ text: String) throws(APIError) -> String {
    let name = text.lowercased()
    let allowed = name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard allowed, (3...32).contains(name.utf8.count) else {
      throw APIError(
        status: 422, code: .malformed,
        message: "A user name has 3 to 32 characters: letters a to z, digits, and _ . -",
        details: ["field": "user"])
    }
    return name
  }

  /// As it is typed, and the form in which it is unique. Only what can never be an address is refused.
  static func email(_ text: String?) throws(APIError) -> (shown: String, key: String)? {
    guard let text, !text.isEmpty else { return nil }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isPlausible =
      parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && text.utf8.count <= 254
      && !text.unicodeScalars.contains { $0.properties.isWhitespace || $0.value < 0x20 }
    guard isPlausible else {
      throw APIError(
        status: 422, code: .malformed, message: "This is not an e-mail address.",
        details: ["field": "email"])
    }
    return (text, text.lowercased())
  }

  /// Refuses a password that is too weak to be set.
  static func checkNew(password: String) throws(APIError) {
    func refuse(_ message: String) -> APIError {
      APIError(
        status: 422, code: .weakPassword, message: message, details: ["field": "password"])
    }
    guard canBeHashed(password) else {
      throw refuse("A password has at most \(mostPasswordBytes) bytes.")
    }
    guard password.count >= 8, password.contains(where: \.isUppercase),
      password.contains(where: \.isLowercase), password.contains(where: \.isNumber)
    else {
      throw refuse(
        "A password has at least 8 characters, with a capital, a small letter and a digit.")
    }
  }

  /// False for what bcrypt would cut off: more than 72 bytes, or a zero byte in it.
  static func canBeHashed(_ password: String) -> Bool {
    password.utf8.count <= mostPasswordBytes && !password.utf8.contains(0)
  }
}
