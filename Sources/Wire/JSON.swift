/// A JSON value. Object members keep their order; the last of duplicate keys counts.
package enum JSON: Hashable, Sendable {
  case null
  case flag(Bool)
  case number(Int64)
  /// A number with a fraction or exponent, or beyond 64 bits: kept as it was written.
  case fraction(String)
  case text(String)
  case list([JSON])
  case object([Member])

  /// A key with its value.
  package struct Member: Hashable, Sendable {
    package let key: String
    package let value: JSON
    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }
}
