internal import Glibc

/// Where the server listens: `127.0.0.1:8480`, `[::1]:8480`, `:8480` for every address.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
  package let host: String
  /// 0 takes a free one.
  package let port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// nil for anything but a host, a colon and a port of 0...65535; the port may be missing (8480).
  package init?(_ text: String) {
    let (host, rest) = Self.parts(text)
    guard let host, !host.contains(where: { $0.isWhitespace || $0 == "/" }) else { return nil }
    self.host = host.isEmpty ? "0.0.0.0" : host
    guard let rest else {
      port = 8480
      return
    }
    guard let port = UInt16(rest) else { return nil }
    self.port = Int(port)
  }

  private static func parts(_ text: String) -> (host: String?, port: Substring?) {
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return (nil, nil) }
      let host = String(text[text.index(after: text.startIndex)..<end])
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { return (nil, nil) }
      return (host.isEmpty ? nil : host, rest.isEmpty ? nil : rest.dropFirst())
    }
    guard let colon = text.firstIndex(of: ":") else { return (text.isEmpty ? nil : text, nil) }
    return (String(text[..<colon]), text[text.index(after: colon)...])
  }

  /// Whether only programs on this machine can reach it.
  package var isLoopback: Bool {
    if host == "localhost" { return true }
    guard let address = NetworkAddress(host) else { return false }
    return address.isLoopback
  }

  package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
