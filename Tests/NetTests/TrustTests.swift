internal import Foundation
internal import Kernel
internal import TestKit
internal import Testing
@testable internal import Net
@testable internal import Wire

/// Who a server is, against the system's own TLS server.
@Suite(.enabled(if: OpenSSL.isThere), .timeLimit(.minutes(2))) struct TrustTests {
  private let folder = TemporaryFolder()

  private func address(_ server: OpenSSLServer, _ host: String = "localhost") throws
    -> ServerAddress
  { try ServerAddress("https://\(host):\(server.port)") }

  private func ask(_ address: ServerAddress, _ trust: ServerTrust) throws(APIError) -> HealthReply {
    try APIClient(
      address: address, trust: trust, tokens: .none, app: "lifeos/1", world: .still()
    ).call(Routes.health, Nothing())
  }

  private func accepted(_ address: ServerAddress) throws -> ServerCertificate {
    guard case .unknown(let certificate, _) = try Trust.firstContact(address) else {
      throw OpenSSL.Failed(output: "nobody should vouch for it")
    }
    return certificate
  }

  @Test(arguments: [false, true]) func `a server of one's own is trusted once it was accepted`(
    _ rsa: Bool
  ) throws {
    try OpenSSL.makeCertificate("a", rsa: rsa, in: folder.path)
    let server = try OpenSSLServer("a", in: folder.path)
    for host in ["localhost", "127.0.0.1"] {
      let address = try address(server, host)
      let stranger = failure { () throws(APIError) in _ = try ask(address, .system) }
      #expect(stranger?.code == .untrusted)
      #expect(stranger?.message.contains("signed by itself") == true)
      let certificate = try accepted(address)
      #expect(try ask(address, .pinned(certificate)) == health)
    }
  }

  @Test(arguments: [false, true]) func `the fingerprint is that of the public key`(
    _ rsa: Bool
  ) throws {
    try OpenSSL.makeCertificate("a", rsa: rsa, in: folder.path)
    let pem = try String(contentsOfFile: folder.file("a.pem"), encoding: .utf8)
    try OpenSSL.run("x509", "-in", "a.pem", "-pubkey", "-noout", "-out", "k.pem", in: folder.path)
    try OpenSSL.run(
      "pkey", "-pubin", "-in", "k.pem", "-outform", "DER", "-out", "k.der", in: folder.path)
    let sum = try OpenSSL.run("dgst", "-sha256", "k.der", in: folder.path)
    let certificate = try #require(ServerCertificate(pem: pem))
    let hex = try #require(sum.split(separator: " ").last).trimmingCharacters(in: .newlines)
    #expect(certificate.fingerprint == Fingerprint(hex: hex))
    #expect(certificate.fingerprint.hex.filter { $0 != " " } == hex)
    #expect(ServerCertificate(pem: certificate.pem) == certificate)
  }

  @Test func `another certificate is a hard stop that shows both`() throws {
    try OpenSSL.makeCertificate("a", in: folder.path)
    try OpenSSL.makeCertificate("b", in: folder.path)
    let old = try OpenSSLServer("a", in: folder.path)
    let address = try address(old)
    let certificate = try accepted(address)
    old.stop()
    let new = try OpenSSLServer("b", in: folder.path, port: old.port)
    let error = failure { () throws(APIError) in _ = try ask(address, .pinned(certificate)) }
    #expect(error?.code == .untrusted)
    let other = try accepted(address)
    #expect(error?.details["expected"] == certificate.fingerprint.hex)
    #expect(error?.details["found"] == other.fingerprint.hex)
    #expect(error?.message.contains(other.fingerprint.words) == true)
    new.stop()
  }

  @Test func `the same key in another certificate is not accepted by its key alone`() throws {
    try OpenSSL.makeCertificate("a", in: folder.path)
    let server = try OpenSSLServer("a", in: folder.path)
    let address = try address(server)
    try OpenSSL.makeCertificate("b", in: folder.path)
    let pem = try String(contentsOfFile: folder.file("b.pem"), encoding: .utf8)
    let other = try #require(ServerCertificate(pem: pem))
    #expect(
      failure { () throws(APIError) in _ = try ask(address, .pinned(other)) }?.code == .untrusted)
  }

  @Test func `a certificate for another host is no use, accepted or not`() throws {
    try OpenSSL.makeCertificate("a", for: "DNS:elsewhere.example", in: folder.path)
    let server = try OpenSSLServer("a", in: folder.path)
    let address = try address(server)
    let error = failure { () throws(APIError) in _ = try Trust.firstContact(address) }
    #expect(error?.code == .untrusted)
    #expect(error?.message == "the certificate is not for localhost")
    let pem = try String(contentsOfFile: folder.file("a.pem"), encoding: .utf8)
    let certificate = try #require(ServerCertificate(pem: pem))
    #expect(
      failure { () throws(APIError) in _ = try ask(address, .pinned(certificate)) }?.code
        == .untrusted)
  }

  @Test func `a certificate that has expired is no use`() throws {
    try OpenSSL.makeCertificate("a", in: folder.path)
    try OpenSSL.run(
      "x509", "-in", "a.pem", "-signkey", "a.key", "-days", "-1", "-out", "old.pem",
      in: folder.path)
    try FileManager.default.copyItem(atPath: folder.file("a.key"), toPath: folder.file("old.key"))
    let server = try OpenSSLServer("old", in: folder.path)
    let error = failure { [address = try address(server)] () throws(APIError) in
      _ = try Trust.firstContact(address)
    }
    #expect(error?.code == .untrusted)
    #expect(error?.message.contains("expired") == true)
  }

  @Test func `TLS before 1.2 is not spoken`() throws {
    try OpenSSL.makeCertificate("a", in: folder.path)
    let server = try OpenSSLServer(
      "a", in: folder.path, ["-no_tls1_2", "-no_tls1_3", "-cipher", "ALL:@SECLEVEL=0"])
    let address = try address(server)
    let error = failure { () throws(APIError) in _ = try Trust.firstContact(address) }
    #expect(error?.code == .untrusted)
  }

  @Test func `a first look sends nothing and needs no answer`() throws {
    try OpenSSL.makeCertificate("a", in: folder.path)
    // This one never answers a request.
    let server = try OpenSSLServer("a", in: folder.path, ["-naccept", "100"])
    #expect(try accepted(address(server)).pem.hasPrefix("-----BEGIN CERTIFICATE-----"))
  }

  @Test func `what speaks no TLS is told so`() throws {
    let server = ScriptedServer(always: http(400, body: "{}"))
    let address = try ServerAddress("https://127.0.0.1:\(server.port)")
    let error = failure { () throws(APIError) in _ = try Trust.firstContact(address) }
    #expect(error?.code == .untrusted || error?.code == .unreachable)
    #expect(server.heard.isEmpty)
    let plain = try Trust.firstContact(ServerAddress(server.url))
    #expect(plain == .plain)
  }

  @Test func `an accepted certificate is kept, and a damaged one lets nobody in`() throws {
    try OpenSSL.makeCertificate("a", in: folder.path)
    let pem = try String(contentsOfFile: folder.file("a.pem"), encoding: .utf8)
    let certificate = try #require(ServerCertificate(pem: pem))
    let file = TrustFile(folder: folder.file("data"))
    #expect(try file.load() == .system)
    try file.save(certificate)
    #expect(try file.load() == .pinned(certificate))
    let whole = try String(contentsOfFile: file.path, encoding: .utf8)
    for length in stride(from: 0, to: whole.count - 2, by: 7) {
      try Data(whole.prefix(length).utf8).write(to: URL(fileURLWithPath: file.path))
      chmod(file.path, 0o600)
      #expect(throws: FileProblem.self, "\(length)") { try file.load() }
    }
    try file.delete()
    #expect(try file.load() == .system)
  }
}
