/// Where a client has its access tokens from.
package enum TokenSource: Sendable {
  /// It has none: only what anyone may ask.
  case none
  /// One that is never renewed: `LIFEOS_TOKEN`, for scripts.
  case fixed(String)
  case file(TokenFile)

  /// `LIFEOS_TOKEN`, where it is set and not empty; otherwise `file`.
  package init(environment: [String: String], file: TokenFile) {
    let token = (environment["LIFEOS_TOKEN"] ?? "").filter { !$0.isWhitespace }
    self = token.isEmpty ? .file(file) : .fixed(token)
  }
}
