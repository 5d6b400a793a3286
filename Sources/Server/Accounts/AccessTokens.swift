#if Server
  internal import Crypto
  internal import JWTKit
  internal import Kernel
  internal import Wire

  /// What an access token says; times are whole seconds since 1970.
  struct AccessClaims: JWTPayload, Equatable {
    /// The server.
    let iss: String
    let aud: String
    /// The account.
    let sub: String
    /// The session, and how often it had been renewed.
    let sid: String
    let gen: Int64
    let iat: Int64
    let nbf: Int64
    let exp: Int64

    /// Times are looked at by who knows the server's clock.
    func verify(using algorithm: some JWTAlgorithm) async throws {}
  }

  /// Makes and checks access tokens: JWT, HS256 and nothing else.
  struct AccessTokens: Sendable {
    static let audience = "lifeos"
    /// Seconds by which a token may seem to be from the future, as after a clock was set back.
    static let leeway: Int64 = 60
    private static let mostBytes = 2048

    private let issuer: String
    private let signer: JWKIdentifier
    private let keys: Task<JWTKeyCollection, Never>
    /// The first parts that our own tokens can have: whatever else a header says (another algorithm,
    /// none, a key of the sender's) is refused unread.
    private let headers: Set<String>

    init(issuer: EntryID, secrets: Secrets) {
      guard let newest = secrets.keys.first else { preconditionFailure("secrets have a key") }
      self.issuer = issuer.description
      signer = JWKIdentifier(string: newest.id)
      let given = secrets.keys
      keys = Task {
        let collection = JWTKeyCollection()
        for key in given {
          await collection.add(
            hmac: HMACKey(key: SymmetricKey(data: key.bytes)), digestAlgorithm: .sha256,
            kid: JWKIdentifier(string: key.id))
        }
        return collection
      }
      headers = Set(given.flatMap { Self.headers(of: $0.id) })
    }

    /// A token, and when it ends.
    func make(
      account: EntryID, session: EntryID, gen: Int64, at now: Moment, seconds: Int64
    ) async throws(APIError) -> (text: String, expires: Moment) {
      let claims = AccessClaims(
        iss: issuer, aud: Self.audience, sub: account.description, sid: session.description,
        gen: gen, iat: now.seconds, nbf: now.seconds, exp: now.seconds + seconds)
      do {
        let text = try await keys.value.sign(claims, kid: signer)
        return (text, Moment(seconds: claims.exp))
      } catch {
        throw APIError(inside: error)
      }
    }

    /// 401 `token_expired` for whatever is not good (any more): who has a session renews it, also
    /// after this server's keys were lost, and a forger learns nothing.
    func check(
      _ token: String, at now: Moment
    ) async throws(APIError) -> (account: EntryID, session: EntryID, gen: Int64) {
      let forged = APIError(
        status: 401, code: .tokenExpired, message: "This access token is not valid here.")
      guard token.utf8.count <= Self.mostBytes,
        let end = token.firstIndex(of: "."), headers.contains(String(token[..<end]))
      else { throw forged }
      let claims: AccessClaims
      do {
        claims = try await keys.value.verify(token, as: AccessClaims.self)
      } catch {
        throw forged
      }
      guard claims.iss == issuer, claims.aud == Self.audience,
        let account = EntryID(claims.sub), let session = EntryID(claims.sid)
      else { throw forged }
      // A token from the future is one from before the clock was set back: its owner renews it.
      guard now.seconds < claims.exp, max(claims.nbf, claims.iat) <= now.seconds + Self.leeway
      else {
        throw APIError(
          status: 401, code: .tokenExpired, message: "This access token has expired.")
      }
      return (account, session, claims.gen)
    }

    /// The header that jwt-kit writes, its members in any order.
    private static func headers(of key: String) -> [String] {
      let members = [#""alg":"HS256""#, #""kid":"\#(key)""#, #""typ":"JWT""#]
      let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
      return orders.map { order in
        base64URL(Array("{\(order.map { members[$0] }.joined(separator: ","))}".utf8))
      }
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
      let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
      var text: [UInt8] = []
      var bits = 0
      var count = 0
      for byte in bytes {
        bits = bits << 8 | Int(byte)
        count += 8
        while count >= 6 {
          count -= 6
          text.append(digits[bits >> count & 63])
        }
        bits &= 1 << count - 1
      }
      if count > 0 { text.append(digits[bits << (6 - count) & 63]) }
      return String(decoding: text, as: UTF8.self)
    }
  }
#endif
