internal import Kernel
internal import Wire

/// One server over one transport: asks its routes, with or without a token, and reads what comes
/// back.
struct Endpoint: Sendable {
  let address: ServerAddress
  let trust: ServerTrust
  /// `lifeos/1.4.0`
  let app: String
  let allowsPlainHTTP: Bool
  let transport = CurlTransport()

  /// Bodies from here on go packed.
  private static let packedFrom = 200

  /// Asks once.
  func ask<Query, Reply>(
    _ route: Route<Query, Reply>, _ query: Query, token: String?
  ) throws(APIError) -> Reply {
    var call = try newCall(token)
    try fill(&call, route, query)
    let limits = AnswerLimits(Reply.self)
    call.mostBytes = limits.mostBytes
    call.timeout = limits.timeout
    let answer: HTTPAnswer
    do throws(TransportProblem) {
      answer = try transport.send(call)
    } catch {
      throw explained(error)
    }
    return try Answer.reply(answer, address)
  }

  /// A call to this server with what all calls have.
  func newCall(_ token: String?) throws(APIError) -> HTTPCall {
    guard address.isPrivate || allowsPlainHTTP else {
      throw TransportProblem.untrusted(
        "\(address) is not encrypted: everybody on the way could read the journal")
    }
    var call = HTTPCall(address)
    call.trust = trust
    call.headers = [
      ("User-Agent", app), (API.requestIDHeader, Self.newRequestID()),
    ]
    if let token { call.headers.append((API.authorizationHeader, API.bearer + token)) }
    return call
  }

  /// The same as an `APIError`; where a server shows another certificate than the accepted one,
  /// with both fingerprints.
  func explained(_ problem: TransportProblem) -> APIError {
    var error = problem.error(address)
    guard error.details["shown"] != nil, case .pinned(let expected) = trust else { return error }
    error.details["expected"] = expected.fingerprint.hex
    do throws(APIError) {
      let shown = try Trust.shown(transport, address)
      error.details["found"] = shown.fingerprint.hex
      if shown.fingerprint != expected.fingerprint {
        error.message =
          "\(address.host) shows another key than the one that was accepted: "
          + "\(shown.fingerprint.words), not \(expected.fingerprint.words)"
      }
    } catch {
      // Who is there cannot be seen now; the refusal stands.
    }
    return error
  }

  private func fill<Query, Reply>(
    _ call: inout HTTPCall, _ route: Route<Query, Reply>, _ query: Query
  ) throws(APIError) {
    call.method = route.method.rawValue
    call.headers.append(("Accept", API.contentType))
    call.path = route.target(for: query)
    guard let body = route.body(for: query) else { return }
    call.headers.append(("Content-Type", API.contentType))
    if body.count >= Self.packedFrom, let packed = Gzip.pack(body), packed.count < body.count {
      call.headers.append(("Content-Encoding", "gzip"))
      call.body = packed
    } else {
      call.body = body
    }
  }

  /// Names the request in the server's log.
  private static func newRequestID() -> String {
    let text = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}

/// How long an answer may take and be.
private struct AnswerLimits {
  var timeout = 30_000
  var mostBytes = 1 << 20

  init(_ reply: any WireMessage.Type) {
    // A page may go beyond its size to finish a group: 200 operations of the longest texts.
    if reply == ExchangeReply.self || reply == SnapshotPage.self {
      timeout = 120_000
      mostBytes = 64 << 20
    } else if reply == AccountExport.self {
      timeout = 300_000
      mostBytes = 512 << 20
    }
  }
}
