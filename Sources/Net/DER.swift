/// Just enough of ASN.1's distinguished encoding (ITU-T X.690) to find a certificate's public key.
enum DER {
  private static let sequence: UInt8 = 0x30
  private static let integer: UInt8 = 0x02
  private static let version: UInt8 = 0xA0

  /// Where the SubjectPublicKeyInfo of an X.509 certificate (RFC 5280, section 4.1) stands, its
  /// tag and length included; nil where the bytes are no certificate.
  static func publicKey(ofCertificate bytes: [UInt8]) -> Range<Int>? {
    guard let certificate = element(bytes, 0, bytes.count), certificate.tag == sequence,
      certificate.whole.upperBound == bytes.count,
      let body = element(bytes, certificate.content.lowerBound, certificate.content.upperBound),
      body.tag == sequence
    else { return nil }
    var place = body.content.lowerBound
    let end = body.content.upperBound
    if let first = element(bytes, place, end), first.tag == version {
      place = first.whole.upperBound
    }
    // serial number, signature algorithm, issuer, validity, subject
    for tag in [integer, sequence, sequence, sequence, sequence] {
      guard let next = element(bytes, place, end), next.tag == tag else { return nil }
      place = next.whole.upperBound
    }
    guard let key = element(bytes, place, end), key.tag == sequence else { return nil }
    return key.whole
  }

  /// The element that begins at `start`, which must end at `end` or before.
  private static func element(
    _ bytes: [UInt8], _ start: Int, _ end: Int
  ) -> (tag: UInt8, whole: Range<Int>, content: Range<Int>)? {
    guard start + 2 <= end else { return nil }
    var place = start + 2
    var length = Int(bytes[start + 1])
    if length >= 0x80 {
      let count = length - 0x80
      guard (1...4).contains(count), place + count <= end else { return nil }
      length = bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
      place += count
    }
    guard length <= end - place else { return nil }
    return (bytes[start], start..<place + length, place..<place + length)
  }
}
