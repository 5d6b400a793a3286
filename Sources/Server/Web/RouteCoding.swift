#if Server
  internal import HTTPTypes
  internal import Wire

  /// A request's query, from wherever its route has it.
  enum RouteCoding {
    /// Throws 400 for what is no JSON, 415 for another type, and `WireError` for JSON of another shape.
    static func query<Query, Reply>(_ route: Route<Query, Reply>, _ call: Call) throws -> Query {
      guard route.method == .post || route.method == .patch else {
        return try route.query(path: call.path, query: call.query)
      }
      if call.body.isEmpty, Query.self is Nothing.Type { return try Query(bytes: Array("{}".utf8)) }
      // What the path names needs no body.
      if call.body.isEmpty, route.path.contains("{") {
        return try route.query(path: call.path, query: call.query)
      }
      try checkType(call)
      do {
        return try route.query(path: call.path, query: call.query, body: call.body)
      } catch {
        do throws(WireError) {
          _ = try JSON(bytes: call.body)
        } catch {
          throw APIError(
            status: 400, code: .malformed, message: "The body is no JSON: \(error.reason)",
            details: ["path": error.path])
        }
        throw error
      }
    }

    private static func checkType(_ call: Call) throws {
      let type = call.headers[.contentType] ?? ""
      let plain = type.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
      guard plain == API.contentType else {
        throw APIError(
          status: 415, code: .malformed, message: "The body must be \(API.contentType).")
      }
    }
  }
#endif
