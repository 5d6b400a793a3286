internal import Foundation
internal import Kernel
internal import TestKit
internal import Testing
@testable internal import Net
@testable internal import Wire

/// Small formats: addresses, base 64, gzip, DER, fingerprints.
struct FormatTests {
  @Test(arguments: [
    ("https://Life.Example.org", "https://life.example.org"),
    ("life.example.org/", "https://life.example.org"),
    ("life.example.org:8480", "https://life.example.org:8480"),
    ("https://a.b:443/", "https://a.b"), ("http://a.b:80", "http://a.b"),
    ("localhost:8480", "http://localhost:8480"), ("127.0.0.1", "http://127.0.0.1"),
    (" [::1]:8480 ", "http://[::1]:8480"), ("https://[FE80::1]", "https://[fe80::1]"),
    ("https://a.b/under/here//", "https://a.b/under/here"),
  ])
  func `an address has one form`(_ typed: String, _ text: String) throws {
    let address = try ServerAddress(typed)
    #expect(address.text == text)
    #expect(try ServerAddress(address.text) == address)
  }

  @Test(arguments: [
    "", " ", "ftp://a.b", "file:///etc/passwd", "https://", "https://a b@c", "https://ada:x@a.b",
    "https://a.b?x", "https://a.b#x", "https://a.b:0", "https://a.b:70000", "https://a.b:8x",
    "https://a.b:", "https://[::1", "https://[::1]x", "https://a_b!", "https://ä.de",
    "https://a.b\\c", "https://a.b/\u{7F}", "https://a::b",
  ])
  func `what is no address is refused`(_ typed: String) {
    #expect(throws: ServerAddress.Problem.self) { try ServerAddress(typed) }
  }

  @Test func `only this machine and https are private`() throws {
    for text in [
      "http://127.0.0.1", "http://127.9.9.9:1", "http://localhost", "http://[::1]", "a.b",
    ] {
      #expect(try ServerAddress(text).isPrivate, "\(text)")
    }
    for text in ["http://a.b", "http://127.0.0.1.a.b", "http://localhost.a.b", "http://10.0.0.1"] {
      #expect(try !ServerAddress(text).isPrivate, "\(text)")
    }
  }

  @Test func `base 64 comes back`() {
    for length in 0..<100 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
      #expect(Base64.text(bytes) == Data(bytes).base64EncodedString())
      #expect(Base64.bytes(Base64.text(bytes)) == bytes)
      #expect(Base64.bytes(Base64.text(bytes).filter { $0 != "=" }) == bytes)
    }
    #expect(Base64.bytes("-_-_") == Base64.bytes("+/+/"))
    for text in ["a", "====", "a!bc", "ab=c", "ä"] { #expect(Base64.bytes(text) == nil) }
  }

  @Test func `what is packed is unpacked`() throws {
    for length in [0, 1, 1000, 100_000, 3_000_000] {
      let plain = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
      let packed = try #require(Gzip.pack(plain))
      #expect(try Gzip.unpack(packed, limit: length) == plain)
      if length > 0 {
        #expect(throws: Gzip.Problem.tooLong) { try Gzip.unpack(packed, limit: length - 1) }
      }
    }
    var dice = SystemRandomNumberGenerator()
    let noise = (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &dice) }
    #expect(try Gzip.unpack(#require(Gzip.pack(noise)), limit: noise.count) == noise)
  }

  @Test func `a packed text cut or changed anywhere is damaged`() throws {
    let plain = Array("A quiet Friday, and the rain on the window.".utf8)
    let packed = try #require(Gzip.pack(plain))
    for length in 0..<packed.count {
      #expect(throws: Gzip.Problem.damaged) {
        try Gzip.unpack(Array(packed[..<length]), limit: 1000)
      }
    }
    #expect(throws: Gzip.Problem.damaged) { try Gzip.unpack(packed + [0], limit: 1000) }
    for place in 10..<packed.count {
      var changed = packed
      changed[place] ^= 0x10
      #expect(throws: Gzip.Problem.self) { try Gzip.unpack(changed, limit: 1000) }
    }
  }

  @Test func `no bytes at all confuse the search for a public key`() {
    var dice = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...60, using: &dice)).map { _ -> UInt8 in
        [0x30, 0x02, 0xA0, 0x80, 0x81, 0x84, 0xFF, UInt8.random(in: 0...40, using: &dice)]
          .randomElement(using: &dice)!
      }
      if let key = DER.publicKey(ofCertificate: bytes) {
        #expect(key.lowerBound >= 0 && key.upperBound <= bytes.count)
      }
    }
    #expect(ServerCertificate(pem: "") == nil)
    #expect(
      ServerCertificate(pem: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----") == nil)
  }

  @Test func `fingerprints are compared as hex or words`() throws {
    #expect(Fingerprint.list.count == 256)
    #expect(Set(Fingerprint.list).count == 256)
    #expect(Fingerprint.list.allSatisfy { (3...8).contains($0.count) && $0 == $0.lowercased() })
    let print = try #require(Fingerprint(bytes: (0..<32).map { UInt8($0 * 8) }))
    #expect(print.hex.hasPrefix("0008 1018 2028"))
    #expect(print.words.split(separator: " ").count == 8)
    #expect(print.words.hasPrefix("acorn "))
    #expect(Fingerprint(hex: print.hex) == print)
    #expect(
      Fingerprint(hex: print.hex.uppercased().replacingOccurrences(of: " ", with: ":")) == print)
    #expect(Fingerprint(hex: String(print.hex.dropLast())) == nil)
    #expect(Fingerprint(hex: String(repeating: "+1", count: 32)) == nil)
    #expect(Fingerprint(hex: String(repeating: "zz", count: 32)) == nil)
    #expect(Fingerprint(bytes: [1]) == nil)
  }

  @Test func `the life of a token is what it says itself`() {
    #expect(TokenLife.milliseconds(accessToken("a", seconds: 2)) == 2000)
    for text in ["", "a.b", "a.b.c", "..", "e30.e30.x", "a.\(Base64.text(Array("[1]".utf8))).c"] {
      #expect(TokenLife.milliseconds(text) == nil)
    }
    #expect(TokenLife.milliseconds(accessToken("a", seconds: -5)) == nil)
    #expect(TokenLife.milliseconds(accessToken("a", seconds: .max - 1000)) == nil)
  }
}
