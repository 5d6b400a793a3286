/// Finds out who asks: the other end of the connection, or where that is a proxy that is believed,
/// whom it names.
struct ClientAddress: Sendable {
  private let proxies: [NetworkRange]

  init(proxies: [String]) { self.proxies = proxies.compactMap { NetworkRange($0) } }

  /// The last address of `forwarded` (X-Forwarded-For, one text a header) that is no proxy of ours.
  func find(peer: String?, forwarded: [String]) -> NetworkAddress? {
    guard var found = peer.flatMap({ NetworkAddress($0) }) else { return nil }
    let chain = forwarded.flatMap { $0.split(separator: ",") }
    for part in chain.reversed() where isProxy(found) {
      guard let next = NetworkAddress(String(part.filter { !$0.isWhitespace })) else {
        return found
      }
      found = next
    }
    return found
  }

  private func isProxy(_ address: NetworkAddress) -> Bool {
    proxies.contains { $0.contains(address) }
  }
}
