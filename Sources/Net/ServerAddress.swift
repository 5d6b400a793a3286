/// Where a server is: `https://life.example.org:8480/under/here`.
package struct ServerAddress: Hashable, Sendable {
  /// In its one form: lower-case scheme and host, no slash at the end, the port only where it
  /// isn't the scheme's own.
  package let text: String
  /// Without the brackets of an IPv6 address.
  package let host: String
  package let port: Int
  package let isTLS: Bool

  /// Why a text is no address.
  package enum Problem: Error, Hashable, Sendable {
    case empty
    /// Neither http nor https.
    case scheme(String)
    case host(String)
    case port(String)
    /// A name and password, a question mark or a number sign.
    case extras
  }

  /// Reads what a person has typed: without a scheme it is https, and http for this machine itself.
  package init(_ typed: String) throws(Problem) {
    let typed = typed.filter { !$0.isWhitespace }
    guard !typed.isEmpty else { throw .empty }
    let parts = try Self.split(typed)
    let (host, port, isLiteral) = try Self.authority(parts.authority)
    let isTLS = parts.scheme.map { $0 == "https" } ?? !Self.isLoopback(host)
    let own = isTLS ? 443 : 80
    let shown = isLiteral ? "[\(host)]" : host
    self.isTLS = isTLS
    self.host = host
    self.port = port ?? own
    text =
      (isTLS ? "https://" : "http://") + shown + (self.port == own ? "" : ":\(self.port)")
      + parts.path
  }

  /// True for this machine itself.
  package var isLoopback: Bool { Self.isLoopback(host) }

  /// True where nobody between here and there can read what is sent.
  package var isPrivate: Bool { isTLS || isLoopback }

  private static func split(
    _ typed: String
  ) throws(Problem) -> (scheme: String?, authority: Substring, path: String) {
    var rest = typed[...]
    var scheme: String?
    if let mark = typed.range(of: "://") {
      let named = typed[..<mark.lowerBound].lowercased()
      guard named == "http" || named == "https" else { throw .scheme(named) }
      scheme = named
      rest = typed[mark.upperBound...]
    }
    guard !rest.contains(where: { "@?#\\".contains($0) }) else { throw .extras }
    let authority = rest.prefix { $0 != "/" }
    var path = String(rest[authority.endIndex...])
    while path.hasSuffix("/") { path.removeLast() }
    let allowed = path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>`{}|^".utf8.contains($0) }
    guard allowed else { throw .extras }
    return (scheme, authority, path)
  }

  private static func authority(
    _ text: Substring
  ) throws(Problem) -> (host: String, port: Int?, isLiteral: Bool) {
    var host = text
    var port: Substring?
    let isLiteral = text.hasPrefix("[")
    if isLiteral {
      guard let end = text.firstIndex(of: "]") else { throw .host(String(text)) }
      host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { throw .host(String(text)) }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = text.firstIndex(of: ":") {
      host = text[..<colon]
      port = text[text.index(after: colon)...]
    }
    guard isHost(host, isLiteral: isLiteral) else { throw .host(String(host)) }
    guard let port else { return (host.lowercased(), nil, isLiteral) }
    guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port),
      (1...65_535).contains(number)
    else { throw .port(String(port)) }
    return (host.lowercased(), number, isLiteral)
  }

  private static func isHost(_ host: Substring, isLiteral: Bool) -> Bool {
    guard !host.isEmpty, host.utf8.count <= 253 else { return false }
    return host.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."):
        true
      case UInt8(ascii: ":"): isLiteral
      case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "G")...UInt8(ascii: "Z"),
        UInt8(ascii: "-"), UInt8(ascii: "_"):
        !isLiteral
      default: false
      }
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

extension String {
  /// The first place where `part` stands.
  fileprivate func range(of part: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) {
        return start..<index(start, offsetBy: part.count)
      }
      start = index(after: start)
    }
    return nil
  }
}

extension ServerAddress: CustomStringConvertible {
  package var description: String { text }
}
