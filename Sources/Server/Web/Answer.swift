#if Server
  internal import HTTPTypes
  internal import Hummingbird
  internal import NIOCore
  internal import Wire

  /// What goes back for a request.
  struct Answer: Sendable {
    enum Body: Sendable {
      case json([UInt8])
      case empty
      /// Server-sent events, written as they happen.
      case events(ResponseBody)
    }

    var status: Int
    var headers = HTTPFields()
    var body: Body

    /// 200 with JSON.
    init(_ bytes: [UInt8]) {
      status = 200
      body = .json(bytes)
    }

    init(status: Int, body: Body) {
      self.status = status
      self.body = body
    }

    /// The one shape of all errors.
    init(_ error: APIError, requestID: String) {
      var error = error
      error.requestID = requestID
      status = error.status
      body = .json(error.json.bytes)
      if let seconds = error.retryAfter { headers[.retryAfter] = String(seconds) }
      if error.status == 401 { headers[.wwwAuthenticate] = "Bearer" }
    }

    /// `packs`: whether who asks can unpack gzip.
    func response(packs: Bool) -> (Response, bytes: Int) {
      var headers = headers
      headers[.cacheControl] = "no-store"
      headers[.contentTypeOptions] = "nosniff"
      switch body {
      case .empty:
        return (Response(status: .init(code: status), headers: headers), 0)
      case .events(let body):
        headers[.contentType] = "text/event-stream"
        return (Response(status: .init(code: status), headers: headers, body: body), 0)
      case .json(let plain):
        headers[.contentType] = "application/json"
        headers[.vary] = headers[.vary].map { "\($0), Accept-Encoding" } ?? "Accept-Encoding"
        var bytes = plain
        if packs, plain.count > Self.leastPacked, let packed = Gzip.pack(plain) {
          headers[.contentEncoding] = "gzip"
          bytes = packed
        }
        let body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        return (Response(status: .init(code: status), headers: headers, body: body), bytes.count)
      }
    }

    /// Below, packing costs more than it saves.
    private static let leastPacked = 200
  }
#endif
