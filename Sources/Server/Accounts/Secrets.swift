/// What only the server knows: the keys of access tokens, and the secret from which renewed refresh
/// tokens are derived. Kept in one file, 0600, made on the first start.
package struct Secrets: Sendable {
  /// Reads the secrets in `folder`, or makes them. Throws `ServerError`.
  package init(folder: String) throws { fatalError("CONTRACT") }
}
