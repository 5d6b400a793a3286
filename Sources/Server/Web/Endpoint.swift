#if Server
  internal import Wire

  /// One route as the server answers it: a `Route` without its types.
  struct Endpoint: Sendable {
    let method: String
    let pattern: [Substring]
    let path: String
    let needsSignIn: Bool
    let mostBytes: Int
    let budget: TokenBuckets.Purpose
    /// Whether clients that are too old are turned away.
    let asksForVersion: Bool
    let answer: @Sendable (Call) async throws -> Answer

    /// Answers by bytes of its own, or by a stream.
    init(
      _ method: String, _ path: String, needsSignIn: Bool, mostBytes: Int = 64 << 10,
      budget: TokenBuckets.Purpose = .user, asksForVersion: Bool = false,
      _ answer: @escaping @Sendable (Call) async throws -> Answer
    ) {
      self.method = method
      self.path = path
      pattern = path.split(separator: "/")
      self.needsSignIn = needsSignIn
      self.mostBytes = mostBytes
      self.budget = budget
      self.asksForVersion = asksForVersion
      self.answer = answer
    }

    /// Answers a route: its query is decoded, its reply encoded.
    init<Query, Reply>(
      _ route: Route<Query, Reply>, budget: TokenBuckets.Purpose = .user,
      asksForVersion: Bool = false,
      _ body: @escaping @Sendable (Query, Call) async throws -> Reply
    ) {
      self.init(
        route.method.rawValue, route.path, needsSignIn: route.access == .signedIn,
        mostBytes: route.mostBytes, budget: budget, asksForVersion: asksForVersion
      ) { call in
        let query: Query = try RouteCoding.query(route, call)
        return Answer(try await body(query, call).json.bytes)
      }
    }

    /// The values of the pattern's parts in `{}`; nil where the path is another.
    func match(_ path: [Substring]) -> [(name: String, value: String)]? {
      guard path.count == pattern.count else { return nil }
      var parameters: [(name: String, value: String)] = []
      for (part, pattern) in zip(path, pattern) {
        if pattern.hasPrefix("{") {
          parameters.append((String(pattern.dropFirst().dropLast()), String(part)))
        } else if part != pattern {
          return nil
        }
      }
      return parameters
    }
  }
#endif
