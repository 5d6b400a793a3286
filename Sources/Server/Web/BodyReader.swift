#if Server
  internal import HTTPTypes
  internal import Hummingbird
  internal import NIOCore
  internal import Wire

  /// Reads a request's body, never more of it than the route allows, packed or unpacked.
  enum BodyReader {
    static func read(_ request: Request, most: Int) async throws -> [UInt8] {
      if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
        throw tooLarge(most)
      }
      switch request.headers[.contentEncoding]?.lowercased() {
      case nil, "", "identity": return try await plain(request.body, most)
      case "gzip", "x-gzip": return try await unpacked(request.body, most)
      default:
        throw APIError(
          status: 415, code: .malformed, message: "A body may be packed by gzip, nothing else.")
      }
    }

    private static func plain(_ body: RequestBody, _ most: Int) async throws -> [UInt8] {
      var bytes: [UInt8] = []
      for try await piece in body {
        guard bytes.count + piece.readableBytes <= most else { throw tooLarge(most) }
        bytes += piece.readableBytesView
      }
      return bytes
    }

    private static func unpacked(_ body: RequestBody, _ most: Int) async throws -> [UInt8] {
      do {
        var gunzip = try Gunzip(most: most)
        var packed = 0
        for try await piece in body {
          packed += piece.readableBytes
          guard packed <= most else { throw Gunzip.Fault.tooLarge }
          try piece.withUnsafeReadableBytes { try gunzip.take($0) }
        }
        return packed == 0 ? [] : try gunzip.finish()
      } catch let fault as Gunzip.Fault {
        switch fault {
        case .tooLarge: throw tooLarge(most)
        case .damaged:
          throw APIError(
            status: 400, code: .malformed, message: "The body is no whole gzip stream.")
        case .noMemory:
          throw APIError(
            status: 503, code: .unavailable, message: "The server is busy.", retryAfter: 5)
        }
      }
    }

    private static func tooLarge(_ most: Int) -> APIError {
      APIError(
        status: 413, code: .tooLarge, message: "The body may have \(most) bytes, unpacked.",
        details: ["most_bytes": String(most)])
    }
  }
#endif
