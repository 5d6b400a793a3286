/// One line of the contract between client and server: a method, a path, what goes up and what comes
/// down. Both programs use the same value.
package struct Route<Query: WireMessage, Reply: WireMessage>: Sendable {
  package enum Method: String, Sendable {
    case get = "GET", post = "POST", patch = "PATCH", delete = "DELETE"
    /// True where the query goes into the body, but for what the path names.
    package var hasBody: Bool { self == .post || self == .patch }
  }
  /// Who may ask.
  package enum Access: Sendable { case anyone, signedIn }

  package let method: Method
  /// `/api/v1/auth/sessions/{id}`
  package let path: String
  package let access: Access
  /// Bytes, uncompressed.
  package let mostBytes: Int
  /// One sentence for the documentation.
  package let summary: String

  package init(
    _ method: Method, _ path: String, _ access: Access, mostBytes: Int = 64 << 10, summary: String
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.mostBytes = mostBytes
    self.summary = summary
  }
}
