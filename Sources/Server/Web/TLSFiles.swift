#if Server
  internal import Crypto
  package import Kernel
  internal import NIOSSL
  internal import SwiftASN1
  package import Wire
  internal import X509

  /// A certificate with its chain and its key, as PEM files.
  package struct TLSFiles: Sendable {
    let certificatePath: String
    let keyPath: String

    package init(certificate: String, key: String) {
      certificatePath = certificate
      keyPath = key
    }

    /// The certificate that the server makes for itself in `folder`, with this machine's names and
    /// addresses and these `names`. Throws `ServerError`.
    package static func selfSigned(
      folder: String, names: [String], now: Moment
    ) throws -> TLSFiles {
      let own = SelfSigned(folder: folder)
      try own.prepare(names: SelfSigned.names(of: names), now: now)
      return TLSFiles(certificate: own.certificatePath, key: own.keyPath)
    }

    /// TLS from 1.2 on. Throws `ServerError` where the files can't be used.
    func configuration() throws -> TLSConfiguration {
      do {
        let chain = try NIOSSLCertificate.fromPEMFile(certificatePath)
        let key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
          certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        // Finds out now whether key and certificate belong together.
        _ = try NIOSSLContext(configuration: configuration)
        return configuration
      } catch {
        throw ServerError.failed(
          "\(certificatePath) and \(keyPath) are no certificate and key that belong together")
      }
    }

    /// Of the certificate's public key: what people compare. Throws `ServerError`.
    package func fingerprint() throws -> Fingerprint {
      guard let text = try SecureFile.read(certificatePath) else {
        throw ServerError.noSuchFile(path: certificatePath)
      }
      guard let parsed = Self.firstCertificate(of: text) else {
        throw ServerError.failed("\(certificatePath) is no certificate in PEM form")
      }
      var serializer = DER.Serializer()
      try serializer.serialize(parsed.publicKey)
      let hash = Array(SHA256.hash(data: serializer.serializedBytes))
      guard let fingerprint = Fingerprint(bytes: hash) else {
        preconditionFailure("SHA-256 has 32 bytes")
      }
      return fingerprint
    }

    /// nil where there is none: whatever is wrong with it, the file is not what it should be.
    private static func firstCertificate(of text: String) -> Certificate? {
      do {
        return try PEMDocument.parseMultiple(pemString: text).first.map {
          try Certificate(pemDocument: $0)
        }
      } catch {
        return nil
      }
    }
  }
#endif
