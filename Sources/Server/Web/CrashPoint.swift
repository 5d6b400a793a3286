#if Server
  internal import Glibc
  internal import Hummingbird
  internal import NIOCore
  internal import Synchronization

  /// A place where tests let the server die, as a power cut would: `LIFEOSD_TEST_CRASH` in debug
  /// builds. `after-commit` dies at the first request that gets there,
  /// `after-commit@/api/v1/auth/refresh:3` at the third one of that path.
  struct CrashPoint: Sendable {
    static let afterAuth = CrashPoint("after-auth")
    static let beforeCommit = CrashPoint("before-commit")
    static let afterCommit = CrashPoint("after-commit")

    private let name: String
    private var path = ""

    private init(_ name: String) { self.name = name }

    /// Behind the last byte of an answer.
    static func afterResponse(of path: String) -> CrashPoint {
      var point = CrashPoint("after-response")
      point.path = path
      return point
    }

    #if DEBUG
      private struct Plan {
        let name: Substring
        let path: Substring?
        let count: Int
      }

      private static let plan: Plan? = {
        guard let text = getenv("LIFEOSD_TEST_CRASH").map({ String(cString: $0) }) else {
          return nil
        }
        let parts = text.split(separator: ":")
        let place = parts[0].split(separator: "@")
        return Plan(
          name: place[0], path: place.count > 1 ? place[1] : nil,
          count: parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
      }()
      private static let hits = Atomic<Int>(0)

      private func isMeant(_ path: String) -> Bool {
        guard let plan = Self.plan else { return false }
        return plan.name == name && (plan.path ?? path[...]) == path[...]
      }
    #endif

    /// Dies, where a test has asked for it.
    func hit(on path: String) {
      #if DEBUG
        guard isMeant(path), let plan = Self.plan else { return }
        let hits = Self.hits.add(1, ordering: .relaxed).newValue
        if hits >= plan.count { _exit(137) }
      #endif
    }

    /// The response, with the death behind it where a test has asked for it.
    func arm(_ response: Response) -> Response {
      #if DEBUG
        guard isMeant(path) else { return response }
        var armed = response
        let (body, point) = (response.body, self)
        armed.body = ResponseBody(contentLength: body.contentLength) { writer in
          try await body.write(EchoWriter(inner: writer))
          point.hit(on: point.path)
          try await writer.finish(nil)
        }
        return armed
      #else
        return response
      #endif
    }
  }

  #if DEBUG
    /// Hands the body through and keeps its end back.
    private struct EchoWriter: ResponseBodyWriter {
      var inner: any ResponseBodyWriter
      mutating func write(_ buffer: ByteBuffer) async throws { try await inner.write(buffer) }
      consuming func finish(_ trailers: HTTPFields?) async throws {}
    }
  #endif
#endif
