#if Server
  internal import HTTPTypes

  /// Which web pages may call the server from a browser (CORS): none but those of the settings.
  struct Origins: Sendable {
    let allowed: Set<String>

    init(_ allowed: [String]) { self.allowed = Set(allowed) }

    /// The answer to a browser that asks before it calls; nil where that is no such question, or one
    /// from a page that may not.
    func preflight(_ call: Call, _ methods: [String]) -> Answer? {
      guard let origin = call.headers[.origin], allowed.contains(origin),
        call.headers[.accessControlRequestMethod] != nil
      else { return nil }
      var answer = Answer(status: 204, body: .empty)
      answer.headers[.accessControlAllowMethods] = methods.joined(separator: ", ")
      answer.headers[.accessControlAllowHeaders] =
        "Authorization, Content-Type, Content-Encoding, X-Request-ID"
      answer.headers[.accessControlMaxAge] = "600"
      return answer
    }

    /// Lets the page read the answer.
    func allow(_ call: Call, in headers: inout HTTPFields) {
      guard !allowed.isEmpty else { return }
      headers[.vary] = "Origin"
      guard let origin = call.headers[.origin], allowed.contains(origin) else { return }
      headers[.accessControlAllowOrigin] = origin
      headers[.accessControlExposeHeaders] = "X-Request-ID, Retry-After"
    }
  }
#endif
