internal import Glibc

/// An IP address as its bytes: 4, or 16. An IPv4 address in the clothes of IPv6 counts as IPv4.
package struct NetworkAddress: Sendable, Hashable {
  package let bytes: [UInt8]

  /// nil for anything but a numeric address; a zone (`fe80::1%eth0`) is left out.
  package init?(_ text: String) {
    let plain = text.prefix { $0 != "%" }
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, String(plain), &four) == 1 {
      bytes = withUnsafeBytes(of: &four) { Array($0) }
    } else if inet_pton(AF_INET6, String(plain), &six) == 1 {
      let all = withUnsafeBytes(of: &six) { Array($0) }
      let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
      bytes = isMapped ? Array(all.suffix(4)) : all
    } else {
      return nil
    }
  }

  package var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  /// Who stands behind it, for limits: an IPv4 address, or the /64 that one IPv6 customer has.
  package var customer: String {
    let part = bytes.count == 4 ? bytes[...] : bytes.prefix(8)
    return part.map { String($0, radix: 16) }.joined(separator: bytes.count == 4 ? "." : ":")
  }
}

/// Addresses that begin alike: `10.0.0.0/8`, or a single one.
package struct NetworkRange: Sendable, Hashable {
  private let start: NetworkAddress
  private let bits: Int

  /// nil for anything but an address, with or without `/` and a number of bits.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, let start = NetworkAddress(String(first)), parts.count <= 2
    else { return nil }
    self.start = start
    guard parts.count == 2 else {
      bits = start.bytes.count * 8
      return
    }
    guard let bits = Int(parts[1]), (0...start.bytes.count * 8).contains(bits) else { return nil }
    self.bits = bits
  }

  /// False too where one is IPv4 and the other IPv6.
  package func contains(_ address: NetworkAddress) -> Bool {
    guard address.bytes.count == start.bytes.count else { return false }
    return zip(address.bytes, start.bytes).enumerated().allSatisfy { index, pair in
      let known = min(8, max(0, bits - index * 8))
      return (pair.0 ^ pair.1) >> UInt8(8 - known) == 0 || known == 0
    }
  }
}
