/// Text that may reach a terminal. Its only initialiser makes any text harmless (sync.md, section 14).
package struct SafeText: Hashable, Sendable, ExpressibleByStringLiteral {
  package let string: String

  package init(_ raw: some StringProtocol) { string = String(raw) }  // CONTRACT: sanitising comes next
  package init(stringLiteral text: String) { self.init(text) }
}
