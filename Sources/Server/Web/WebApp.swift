#if Server
  internal import HTTPTypes
  internal import Hummingbird
  internal import Kernel
  internal import Logging
  internal import NIOCore
  internal import NIOHTTP1
  internal import Wire

  /// Answers all requests: limits, who asks, the route, errors, the log.
  struct WebApp: HTTPResponder {
    let endpoints: [Endpoint]
    let accounts: Accounts
    let buckets: TokenBuckets
    let settings: ServerSettings
    let clients: ClientAddress
    let origins: Origins
    let world: World
    let log: Logger

    func respond(to request: Request, context: WebContext) async throws -> Response {
      let start = ContinuousClock.now
      let address = clients.find(
        peer: context.peer, forwarded: request.headers[values: .forwardedFor])
      var call = Call(request, context, address: address, world: world)
      var answer: Answer
      do {
        answer = try await self.answer(request, &call)
      } catch let error as HTTPParserError {
        throw error
      } catch {
        answer = Answer(apiError(of: error, call), requestID: call.requestID)
      }
      answer.headers[.requestID] = call.requestID
      origins.allow(call, in: &answer.headers)
      if answer.status == 413 || answer.status == 408 { end(context.channel, &answer.headers) }
      let (response, bytes) = answer.response(packs: Self.packs(request.headers))
      report(call, answer.status, bytes, ContinuousClock.now - start)
      return CrashPoint.afterResponse(of: call.path).arm(response)
    }

    private func answer(_ request: Request, _ call: inout Call) async throws -> Answer {
      if call.method == "OPTIONS", let answer = origins.preflight(call, methods(call.path)) {
        return answer
      }
      let endpoint = try find(&call)
      try await admit(&call, endpoint)
      call.body = try await BodyReader.read(request, most: endpoint.mostBytes)
      let answer = try await endpoint.answer(call)
      CrashPoint.afterCommit.hit(on: call.path)
      return answer
    }

    /// The endpoint of the path: 404 where there is none, 405 where it has other methods.
    private func find(_ call: inout Call) throws(APIError) -> Endpoint {
      let path = call.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      for endpoint in endpoints where endpoint.method == call.method {
        if let parameters = endpoint.match(Array(path)) {
          call.parameters = parameters
          return endpoint
        }
      }
      try buckets.take(.guest, call.customer)
      let methods = methods(call.path)
      guard methods.isEmpty else {
        throw APIError(
          status: 405, code: .init("method_not_allowed"), message: "This path has other methods.",
          details: ["allowed": methods.joined(separator: ", ")])
      }
      throw APIError(status: 404, code: .notFound, message: "There is nothing at this path.")
    }

    private func methods(_ path: String) -> [String] {
      let parts = Array(path.split(separator: "/", omittingEmptySubsequences: false).dropFirst())
      return endpoints.filter { $0.match(parts) != nil }.map(\.method)
    }

    /// Whether the caller may ask this, now.
    private func admit(_ call: inout Call, _ endpoint: Endpoint) async throws(APIError) {
      if endpoint.asksForVersion { try checkVersion(call.headers[.userAgent] ?? "", settings) }
      guard endpoint.needsSignIn else { return try buckets.take(endpoint.budget, call.customer) }
      guard let token = Call.bearer(call.headers) else {
        try buckets.take(.guest, call.customer)
        throw APIError(
          status: 401, code: .init("token_missing"), message: "This needs an access token.")
      }
      do throws(APIError) {
        call.token = token
        let caller = try await accounts.authorise(token)
        call.caller = caller
        CrashPoint.afterAuth.hit(on: call.path)
        try buckets.take(endpoint.budget, caller.account.description)
      } catch {
        // Whoever guesses tokens is a guest.
        if error.status == 401 { try buckets.take(.guest, call.customer) }
        throw error
      }
    }

    /// What a fault looks like from outside: nothing of what is inside.
    private func apiError(of error: any Error, _ call: Call) -> APIError {
      let found = ErrorAnswer.of(error)
      guard found.status == 500 else { return found }
      log.error(
        "unexpected error",
        metadata: [
          "request": .string(call.requestID), "path": .string(call.path),
          "error": .string(ErrorAnswer.safeText(error)),
        ])
      return found
    }

    private func report(_ call: Call, _ status: Int, _ bytes: Int, _ duration: Duration) {
      let parts = duration.components
      let microseconds = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
      var metadata: Logger.Metadata = [
        "method": .string(call.method), "path": .string(String(call.path.prefix(200))),
        "status": .stringConvertible(status),
        "ms": .stringConvertible(Double(microseconds) / 1_000),
        "request": .string(call.requestID), "bytes": .stringConvertible(bytes),
      ]
      if let caller = call.caller { metadata["user"] = .string(caller.account.description) }
      log.log(level: status >= 500 ? .error : .info, "request", metadata: metadata)
    }

    /// The rest of a body that was refused is not waited for.
    private func end(_ channel: any Channel, _ headers: inout HTTPFields) {
      headers[.connection] = "close"
      _ = channel.eventLoop.scheduleTask(in: .seconds(2)) { channel.close(promise: nil) }
    }

    private static func packs(_ headers: HTTPFields) -> Bool {
      guard let accepted = headers[.acceptEncoding] else { return false }
      return accepted.split(separator: ",").contains { part in
        let words = part.filter { !$0.isWhitespace }.lowercased().split(separator: ";")
        return words.first == "gzip" && !words.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
      }
    }
  }

  /// 426 for a lifeos that is older than `settings` allow; other programs pass.
  func checkVersion(_ program: String, _ settings: ServerSettings) throws(APIError) {
    guard let version = ClientVersion(program: program),
      let oldest = ClientVersion(settings.oldestClient), version < oldest
    else { return }
    throw APIError(
      status: 426, code: .upgradeRequired,
      message: "This server asks for lifeos \(settings.oldestClient) or newer.",
      details: ["min_client": settings.oldestClient])
  }
#endif
