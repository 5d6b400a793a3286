#if Server
  internal import Crypto
  internal import Foundation
  internal import Glibc
  internal import Kernel
  internal import SwiftASN1
  internal import X509

  /// A certificate that the server has made for itself: P-256, ten years, in the data folder.
  ///
  /// It may sign: devices keep it as their only authority, so that a later certificate of the same key,
  /// with more names, is still trusted.
  struct SelfSigned {
    let certificatePath: String
    let keyPath: String

    init(folder: String) {
      certificatePath = folder + "/self-signed.pem"
      keyPath = folder + "/self-signed-key.pem"
    }

    /// Makes what is missing. A certificate that lacks one of `names`, or ends within a month, is made
    /// anew with the same key. Throws `ServerError`.
    func prepare(names: [String], now: Moment) throws {
      let key = try loadKey()
      if let kept = try loadCertificate(), isFit(kept, key, names, now) { return }
      do {
        let certificate = try make(key, names: names, now: now)
        try SecureFile.write(
          Array(try certificate.serializeAsPEM().pemString.utf8), to: certificatePath)
      } catch let error as ServerError {
        throw error
      } catch {
        throw ServerError.failed("the certificate could not be made: \(type(of: error))")
      }
    }

    /// What a certificate of this machine should name.
    static func names(of machine: [String]) -> [String] {
      var names = ["localhost", "127.0.0.1", "::1"]
      for name in hostNames() + addresses() + machine where !names.contains(name) {
        names.append(name)
      }
      return names
    }

    private func loadKey() throws -> P256.Signing.PrivateKey {
      if let text = try SecureFile.read(keyPath) {
        guard let key = try? P256.Signing.PrivateKey(pemRepresentation: text) else {
          // The reason would tell of the key.
          throw ServerError.failed(
            "\(keyPath) holds no key: remove it, and devices must trust anew")
        }
        return key
      }
      let key = P256.Signing.PrivateKey()
      try SecureFile.write(Array(key.pemRepresentation.utf8), to: keyPath)
      return key
    }

    private func loadCertificate() throws -> Certificate? {
      // One that can't be read is made anew: the key is what devices have pinned.
      try SecureFile.read(certificatePath).flatMap { try? Certificate(pemEncoded: $0) }
    }

    private func isFit(
      _ certificate: Certificate, _ key: P256.Signing.PrivateKey, _ names: [String], _ now: Moment
    ) -> Bool {
      let month = 30.0 * 86_400
      let wall = Double(now.milliseconds) / 1000
      guard certificate.publicKey == Certificate.PublicKey(key.publicKey),
        certificate.notValidAfter.timeIntervalSince1970 > wall + month
      else { return false }
      // One without readable names has none.
      let named = (try? certificate.extensions.subjectAlternativeNames).map { Array($0) } ?? []
      return names.allSatisfy { named.contains(Self.general($0)) }
    }

    private func make(
      _ key: P256.Signing.PrivateKey, names: [String], now: Moment
    ) throws -> Certificate {
      // A board without a clock is not in 1970.
      let start = max(Double(now.milliseconds) / 1000, 1_767_225_600) - 86_400
      let name = try DistinguishedName { CommonName("lifeos server") }
      let publicKey = Certificate.PublicKey(key.publicKey)
      return try Certificate(
        version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
        notValidBefore: Date(timeIntervalSince1970: start),
        notValidAfter: Date(timeIntervalSince1970: start + 3_652 * 86_400),
        issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
          Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
          try ExtendedKeyUsage([.serverAuth])
          SubjectKeyIdentifier(hash: publicKey)
          SubjectAlternativeNames(names.map(Self.general))
        },
        issuerPrivateKey: Certificate.PrivateKey(key))
    }

    private static func general(_ name: String) -> GeneralName {
      guard let address = NetworkAddress(name) else { return .dnsName(name) }
      return .ipAddress(ASN1OctetString(contentBytes: address.bytes[...]))
    }

    private static func hostNames() -> [String] {
      var buffer = [CChar](repeating: 0, count: 256)
      guard gethostname(&buffer, buffer.count - 1) == 0 else { return [] }
      let name = String(
        decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard !name.isEmpty else { return [] }
      return name.contains(".") ? [name] : [name, name + ".local"]
    }

    /// The addresses of this machine's interfaces, loopback and link-local ones apart.
    private static func addresses() -> [String] {
      var list: UnsafeMutablePointer<ifaddrs>?
      guard getifaddrs(&list) == 0, let first = list else { return [] }
      defer { freeifaddrs(first) }
      var found: [String] = []
      for entry in sequence(first: first, next: { $0.pointee.ifa_next }) {
        guard let address = entry.pointee.ifa_addr else { continue }
        let family = Int32(address.pointee.sa_family)
        guard family == AF_INET || family == AF_INET6 else { continue }
        let size =
          family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard
          getnameinfo(
            address, socklen_t(size), &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
        else { continue }
        let name = String(
          decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard let plain = NetworkAddress(name), !plain.isLoopback, !name.contains("%") else {
          continue
        }
        found.append(name)
      }
      return found
    }
  }
#endif
