#if Server
  package import Kernel
  package import Wire

  extension TestServer {
    /// One request on a connection of its own.
    package func ask(
      _ method: String, _ path: String, token: String? = nil, headers: [String: String] = [:],
      body: [UInt8]? = nil
    ) async throws -> WebReply {
      let line = try WebLine(port: port)
      try await line.send(
        Self.request(method, path, token: token, headers: headers, body: body, closes: true))
      return try await line.reply()
    }

    /// The bytes of a request.
    package static func request(
      _ method: String, _ path: String, token: String? = nil, headers: [String: String] = [:],
      body: [UInt8]? = nil, closes: Bool = false
    ) -> [UInt8] {
      var all = ["Host": "127.0.0.1"]
      if let token { all["Authorization"] = "Bearer \(token)" }
      if let body {
        all["Content-Length"] = String(body.count)
        all["Content-Type"] = "application/json"
      }
      if closes { all["Connection"] = "close" }
      all.merge(headers) { $1 }
      let head = all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
      return Array("\(method) \(path) HTTP/1.1\r\n\(head)\r\n".utf8) + (body ?? [])
    }

    /// Calls a route. Throws the server's `APIError`.
    package func call<Query, Reply>(
      _ route: Route<Query, Reply>, _ query: Query, token: String? = nil
    ) async throws -> Reply {
      let reply = try await ask(
        route.method.rawValue, route.target(for: query), token: token, body: route.body(for: query))
      guard reply.status == 200 else {
        throw try APIError(status: reply.status, bytes: reply.body)
      }
      return try Reply(bytes: reply.body)
    }

    /// A new account with its session.
    package func register(
      _ user: String, device: EntryID = World.real.newID()
    ) async throws -> SessionReply {
      try await call(
        Routes.register,
        RegisterQuery(
          user: user, email: nil, password: Self.password,
          device: DeviceInfo(id: device, name: "laptop", app: "lifeos/\(LifeosVersion.current)")))
    }

    /// Another session of an account.
    package func login(
      _ user: String, device: EntryID = World.real.newID()
    ) async throws -> SessionReply {
      try await call(
        Routes.login,
        LoginQuery(
          user: user, password: Self.password,
          device: DeviceInfo(id: device, name: "desktop", app: "lifeos/\(LifeosVersion.current)")))
    }

    /// Of all accounts that a test makes.
    package static let password = "Correct-Horse-9"
  }
#endif
