internal import Crypto
internal import Foundation
internal import Kernel
@testable internal import Server
internal import TestKit
internal import Testing
internal import Wire

/// Access tokens and the keys behind them.
struct TokensTests {
  @Test func `a token ends when it says, and the session goes on`() async throws {
    let desk = try AccountsDesk { $0.accessSeconds = 2 }
    let reply = try await desk.register("ann")
    #expect(reply.tokens.accessExpires == desk.hands.now + 2000)
    desk.hands.go(seconds: 1)
    _ = try await desk.accounts.authorise(reply.tokens.access)
    desk.hands.go(seconds: 1)
    let error = await refusal { _ = try await desk.accounts.authorise(reply.tokens.access) }
    #expect(error.status == 401)
    #expect(error.code == .tokenExpired)
    let next = try await desk.refresh(reply.tokens.refresh)
    _ = try await desk.accounts.authorise(next.access)
  }

  @Test func `nothing but our own header, key and claims is let in`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    let token = reply.tokens.access
    _ = try await desk.accounts.authorise(token)
    let parts = token.split(separator: ".").map(String.init)
    let key = try #require(try Secrets(folder: desk.folder.file("data")).keys.first)
    let forge = Forge(key: key.bytes, kid: key.id, claims: try #require(claims(of: token)))
    // The forge works: its own token with the true key is taken.
    _ = try await desk.accounts.authorise(forge.token())

    let none = forge.header(alg: "none")
    var forged = [
      "", ".", "..", "...", parts[0], parts.joined(separator: ".") + ".",
      "\(parts[0]).\(parts[1]).",
      "\(none).\(parts[1]).", "\(none).\(parts[1]).\(parts[2])", forge.token(alg: "none"),
      forge.token(alg: "HS512"), forge.token(alg: "hs256"), forge.token(kid: "another"),
      forge.token(key: [UInt8](repeating: 7, count: 32)), forge.token(key: []),
      forge.token { $0["iss"] = EntryID(high: 1, low: 2).description },
      forge.token { $0["aud"] = "somebody" },
      forge.token { $0["sub"] = "ann" }, forge.token { $0["sid"] = nil },
      forge.token { $0["exp"] = "never" }, forge.token { $0["exp"] = nil },
      forge.token { $0["exp"] = 1e300 },
      String(repeating: "a", count: 100_000), token + String(repeating: "a", count: 4000),
      String(token.dropLast()), token.uppercased(), "é\u{0}\u{202E}",
    ]
    // One bit of the signature, at its beginning.
    let flipped = parts[2].first == "A" ? "B" : "A"
    forged.append("\(parts[0]).\(parts[1]).\(flipped)\(parts[2].dropFirst())")
    for token in forged {
      let error = await refusal { _ = try await desk.accounts.authorise(token) }
      #expect(error.status == 401, "\(token.prefix(200))")
      #expect(error.code == .tokenExpired)
      #expect(error.message == "This access token is not valid here.")
    }
  }

  @Test func `claims of another session or account are no use`() async throws {
    let desk = try AccountsDesk()
    let ann = try await desk.register("ann")
    let ben = try await desk.register("ben")
    let key = try #require(try Secrets(folder: desk.folder.file("data")).keys.first)
    let forge = Forge(
      key: key.bytes, kid: key.id, claims: try #require(claims(of: ann.tokens.access)))
    for token in [
      forge.token { $0["sub"] = ben.me.id.description },
      forge.token { $0["sid"] = ben.tokens.session.description },
      forge.token { $0["sid"] = EntryID(high: 5, low: 6).description },
    ] {
      let error = await refusal { _ = try await desk.accounts.authorise(token) }
      #expect(error.code == .sessionRevoked)
    }
  }

  @Test func `a token from before the clock was set back is to be renewed`() async throws {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    desk.hands.go(seconds: -59)
    _ = try await desk.accounts.authorise(reply.tokens.access)
    desk.hands.go(seconds: -3600)
    let error = await refusal { _ = try await desk.accounts.authorise(reply.tokens.access) }
    #expect(error.code == .tokenExpired)
    let next = try await desk.refresh(reply.tokens.refresh)
    _ = try await desk.accounts.authorise(next.access)
  }

  @Test func `while keys change the one before still counts, and the one before that no more`()
    async throws
  {
    let desk = try AccountsDesk()
    let reply = try await desk.register("ann")
    try Secrets.rotate(in: desk.folder.file("data"))
    let second = try desk.again()
    _ = try await second.authorise(reply.tokens.access)
    let query = RefreshQuery(
      refresh: reply.tokens.refresh, idem: String(repeating: "0", count: 32))
    let next = try await second.refresh(query)
    _ = await refusal { _ = try await desk.accounts.authorise(next.access) }
    try Secrets.rotate(in: desk.folder.file("data"))
    let third = try desk.again()
    _ = try await third.authorise(next.access)
    #expect(
      await refusal { _ = try await third.authorise(reply.tokens.access) }.code
        == .tokenExpired)
  }

  @Test func `secrets are made once, for their owner alone`() throws {
    let folder = TemporaryFolder()
    let first = try Secrets(folder: folder.file("data"))
    let second = try Secrets(folder: folder.file("data"))
    #expect(first.keys.map(\.bytes) == second.keys.map(\.bytes))
    #expect(first.successor == second.successor)
    #expect(mode(folder.file("data/secrets")) == 0o600)
    #expect(mode(folder.file("data")) == 0o700)
    #expect(first.keys.map(\.bytes) != [try Secrets(folder: folder.file("other")).keys[0].bytes])
    #expect(names(folder.file("data")) == ["secrets"])
  }

  @Test func `secrets that others can read, or that are garbage, are refused`() throws {
    let folder = TemporaryFolder()
    _ = try Secrets(folder: folder.file("data"))
    let path = folder.file("data/secrets")
    #expect(chmod(path, 0o640) == 0)
    #expect(throws: ServerError.self) { try Secrets(folder: folder.file("data")) }
    #expect(chmod(path, 0o600) == 0)
    let whole = try String(contentsOfFile: path, encoding: .utf8)
    for damaged in ["", "# nothing", String(whole.dropLast(10)), whole + "token x\n"] {
      try damaged.write(toFile: path, atomically: false, encoding: .utf8)
      #expect(throws: ServerError.damaged(path: path)) { try Secrets(folder: folder.file("data")) }
    }
  }

  private func claims(of token: String) -> [String: Any]? {
    var text = String(token.split(separator: ".")[1])
    text = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    text += String(repeating: "=", count: (4 - text.count % 4) % 4)
    return Data(base64Encoded: text).flatMap {
      (try? JSONSerialization.jsonObject(with: $0)) as? [String: Any]  // nil fails the test
    }
  }
}

/// Makes access tokens as a forger would who has come by the key.
private struct Forge {
  let key: [UInt8]
  let kid: String
  let claims: [String: Any]

  func header(alg: String = "HS256", kid: String? = nil) -> String {
    base64("{\"alg\":\"\(alg)\",\"kid\":\"\(kid ?? self.kid)\",\"typ\":\"JWT\"}".utf8)
  }

  func token(
    alg: String = "HS256", kid: String? = nil, key: [UInt8]? = nil,
    _ change: (inout [String: Any]) -> Void = { _ in }
  ) -> String {
    var claims = claims
    change(&claims)
    let body = (try? JSONSerialization.data(withJSONObject: claims)) ?? Data()  // plain values
    let signed = "\(header(alg: alg, kid: kid)).\(base64(body))"
    let code = HMAC<SHA256>.authenticationCode(
      for: Array(signed.utf8), using: SymmetricKey(data: key ?? self.key))
    return "\(signed).\(base64(code))"
  }

  private func base64(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }
}

/// The permission bits of a file or folder.
func mode(_ path: String) -> UInt32 {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
}

/// What lies in a folder, sorted.
func names(_ folder: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()  // none: empty
}
