internal import Crypto
package import Wire

/// A certificate that a server has shown: an X.509 certificate in PEM.
package struct ServerCertificate: Hashable, Sendable {
  package let pem: String
  /// Of its public key.
  package let fingerprint: Fingerprint

  /// Reads the first certificate of a PEM text; nil where there is none, or none that can be read.
  package init?(pem: String) {
    let lines = pem.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
    guard let begin = lines.firstIndex(of: "-----BEGINCERTIFICATE-----"),
      let end = lines[begin...].firstIndex(of: "-----ENDCERTIFICATE-----"),
      let der = Base64.bytes(lines[begin + 1..<end].joined()),
      let key = DER.publicKey(ofCertificate: der),
      let fingerprint = Fingerprint(bytes: Array(SHA256.hash(data: der[key])))
    else { return nil }
    self.fingerprint = fingerprint
    self.pem =
      (["-----BEGIN CERTIFICATE-----"] + lines[begin + 1..<end] + ["-----END CERTIFICATE-----"])
      .joined(separator: "\n") + "\n"
  }

  /// The public key's hash as libcurl wants it.
  var pin: String { "sha256//" + Base64.text(fingerprint.bytes) }
}

/// How a server proves who it is.
package enum ServerTrust: Hashable, Sendable {
  /// By a certificate that an authority of this machine has signed.
  case system
  /// By this very certificate, which a person has accepted; all else of it is checked too.
  case pinned(ServerCertificate)
}
