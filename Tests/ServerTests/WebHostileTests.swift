#if Server
  internal import Kernel
  @testable internal import Server
  internal import ServerKit
  internal import TestKit
  internal import Testing
  internal import Wire

  /// What a server meets on the open network.
  struct WebHostileTests {
    @Test func `unknown paths, wrong methods and odd paths have the one error shape`() async throws
    {
      try await TestServer.with { server in
        for (method, path, status) in [
          ("GET", "/", 404), ("GET", "/api/v1/nothing", 404), ("PUT", "/api/health", 405),
          ("DELETE", "/api/v1/auth/login", 405), ("GET", "/api/health/", 404),
          ("GET", "//api/health", 404), ("OPTIONS", "/api/health", 405), ("PATCH", "/pot", 404),
          ("GET", "/api/../etc/passwd", 404), ("GET", "/%2e%2e/%00", 404),
        ] {
          let reply = try await server.ask(method, path)
          #expect(reply.status == status, "\(method) \(path)")
          let error = try reply.json()["error"]
          #expect(error?["code"]?.text == (status == 404 ? "not_found" : "method_not_allowed"))
          #expect(error?["request_id"]?.text == reply.headers["x-request-id"])
          #expect(error?["message"]?.text?.isEmpty == false)
        }
      }
    }

    @Test func `a request id that is fit is kept, any other is replaced`() async throws {
      try await TestServer.with { server in
        let kept = try await server.ask(
          "GET", "/api/health", headers: ["X-Request-ID": "abc-1.2_3"])
        #expect(kept.headers["x-request-id"] == "abc-1.2_3")
        for odd in ["a b", "<script>", String(repeating: "x", count: 65), "a\"b"] {
          let reply = try await server.ask("GET", "/api/health", headers: ["X-Request-ID": odd])
          #expect(reply.headers["x-request-id"].flatMap { EntryID($0) } != nil)
        }
      }
    }

    @Test func `forged, foreign and missing tokens let nobody in`() async throws {
      try await TestServer.with { server in
        let good = try await server.register("ada").tokens.access
        let parts = good.split(separator: ".").map(String.init)
        // {"alg":"none"}
        let none = "eyJhbGciOiJub25lIn0"
        let foreign = try await TestServer.with { try await $0.register("ada").tokens.access }
        for token in [
          "\(none).\(parts[1]).", "\(none).\(parts[1]).\(parts[2])", "\(parts[0]).\(parts[1]).",
          good + "x", String(good.dropLast(2)), foreign, "x", "..",
          String(repeating: "a.", count: 3_000),
        ] {
          let reply = try await server.ask("GET", Routes.me.path, token: token)
          #expect(reply.status == 401, "\(token.prefix(60))")
          #expect(reply.headers["www-authenticate"] == "Bearer")
          #expect(reply.code != nil)
        }
        #expect(try await server.ask("GET", Routes.me.path).status == 401)
        let basic = try await server.ask(
          "GET", Routes.me.path, headers: ["Authorization": "Basic \(good)"])
        #expect(basic.status == 401)
        #expect(try await server.ask("GET", Routes.me.path, token: good).status == 200)
      }
    }

    @Test func `bodies that are no JSON, too deep, of another type or shape are told apart`()
      async throws
    {
      try await TestServer.with { server in
        let path = Routes.login.path
        func status(_ body: String, _ headers: [String: String] = [:]) async throws -> Int {
          let reply = try await server.ask("POST", path, headers: headers, body: Array(body.utf8))
          #expect(reply.code == "malformed")
          return reply.status
        }
        let plain: [(body: String, status: Int)] = [
          ("{", 400), ("", 400), ("<html>", 400), (String(repeating: "[", count: 60_000), 400),
          ("{\"user\": \"\u{0}\"}", 400), ("[]", 422), ("{\"user\":\"ada\"}", 422),
          ("{\"user\":7,\"password\":\"x\"}", 422),
        ]
        for (body, expected) in plain {
          let found = try await status(body)
          #expect(found == expected, "\(body.prefix(40))")
        }
        let (text, brotli, gzip) = (
          try await status("{}", ["Content-Type": "text/plain"]),
          try await status("{}", ["Content-Encoding": "br"]),
          try await status("{}", ["Content-Encoding": "gzip"])
        )
        #expect([text, brotli, gzip] == [415, 415, 400])
      }
    }

    @Test func `a broken operation is named by its index, never by its value`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let text = String(
          decoding: ada.request([ada.op("a"), ada.op("secret")]).bytes, as: UTF8.self)
        let broken = text.replacing("\"secret\"", with: "[\"secret\"]")
        let reply = try await server.ask(
          "POST", Routes.exchange.path, token: ada.token, body: Array(broken.utf8))
        #expect(reply.status == 422)
        #expect(reply.text.contains("ops[1]"))
        #expect(!reply.text.contains("secret"))
      }
    }

    @Test func `what is larger than its route allows is refused, announced or not`() async throws {
      try await TestServer.with { server in
        let token = try await server.register("ada").tokens.access
        // Announced: 100 MB, of which nothing is sent.
        let announced = try await server.ask(
          "POST", Routes.exchange.path, token: token, headers: ["Content-Length": "100000000"],
          body: [])
        #expect(announced.status == 413)
        #expect(announced.code == "too_large")

        // Not announced: chunks without an end.
        let line = try WebLine(port: server.port)
        try await line.send(
          TestServer.request(
            "POST", Routes.login.path,
            headers: ["Transfer-Encoding": "chunked", "Content-Type": "application/json"]))
        let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
        var isOpen = true
        for _ in 0..<64 where isOpen { isOpen = try await line.send(chunk) }
        #expect(try await line.reply().status == 413)
      }
    }

    @Test func `a gzip bomb is refused, honest gzip is read, and large answers are packed`()
      async throws
    {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let zip = ["Content-Encoding": "gzip"]
        let bomb = try #require(Gzip.pack([UInt8](repeating: 32, count: 200 << 20)))
        #expect(bomb.count < 1 << 20)
        let refused = try await server.ask(
          "POST", Routes.exchange.path, token: ada.token, headers: zip, body: bomb)
        #expect(refused.status == 413)

        let ops = (0..<100).map { ada.op("entry \($0)") }
        let honest = try #require(Gzip.pack(ada.request(ops).bytes))
        let reply = try await server.ask(
          "POST", Routes.exchange.path, token: ada.token,
          headers: zip.merging(["Accept-Encoding": "gzip, deflate"]) { $1 }, body: honest)
        #expect(reply.status == 200)
        #expect(reply.headers["content-encoding"] == "gzip")
        var gunzip = try Gunzip(most: 1 << 20)
        try reply.body.withUnsafeBytes { try gunzip.take($0) }
        #expect(try ExchangeReply(bytes: gunzip.finish()).head.seq == 100)
        let small = try await server.ask("GET", "/api/health", headers: ["Accept-Encoding": "gzip"])
        #expect(small.headers["content-encoding"] == nil)
      }
    }

    @Test func `header floods and broken requests end the line, and the server goes on`()
      async throws
    {
      try await TestServer.with { server in
        let floods = [
          "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 5_000) + "\r\n",
          "GET / HTTP/1.1\r\nA: " + String(repeating: "x", count: 100_000) + "\r\n\r\n",
          "GET /" + String(repeating: "x", count: 200_000) + " HTTP/1.1\r\n\r\n",
          "\u{16}\u{3}\u{1}\u{2}", "GET / HTTP/9.9\r\n\r\n", "no http at all\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
          "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        ]
        for flood in floods {
          let line = try WebLine(port: server.port)
          try await line.send(flood)
          let answer = try await line.readToEnd()
          #expect(!answer.contains(" 200 "))
        }
        #expect(try await server.ask("GET", "/api/health").status == 200)
      }
    }

    @Test func `a line on which no request comes is ended`() async throws {
      try await TestServer.with {
        $0.settings.limits.headerSeconds = 1
        $0.settings.limits.idleSeconds = 1
      } _: { server in
        let silent = try WebLine(port: server.port)
        #expect(try await silent.readToEnd() == "")
        let slow = try WebLine(port: server.port)
        try await slow.send("GET /api/health HTTP/1.1\r\nHost")
        #expect(try await slow.readToEnd() == "")
        let idle = try WebLine(port: server.port)
        try await idle.send(TestServer.request("GET", "/api/health"))
        #expect(try await idle.reply().status == 200)
        #expect(try await idle.readToEnd() == "")
      }
    }

    @Test func `an address has only so many connections`() async throws {
      try await TestServer.with {
        $0.settings.limits.connections = 3
      } _: { server in
        var lines: [WebLine] = []
        for _ in 0..<3 {
          let line = try WebLine(port: server.port)
          try await line.send(TestServer.request("GET", "/api/health"))
          #expect(try await line.reply().status == 200)
          lines.append(line)
        }
        let extra = try WebLine(port: server.port)
        #expect(try await extra.readToEnd() == "")
        try await lines[0].send(TestServer.request("GET", "/api/health"))
        #expect(try await lines[0].reply().status == 200)
      }
    }

    @Test func `too many requests are told to wait, each budget by itself`() async throws {
      try await TestServer.with {
        $0.settings.limits.userRequests = 3
        $0.settings.limits.passwordAttempts = 2
      } _: { server in
        let ada = try await Device.register("ada", on: server)
        for _ in 0..<3 { _ = try await server.call(Routes.me, Nothing(), token: ada.token) }
        let refused = try await server.ask("GET", Routes.me.path, token: ada.token)
        #expect(refused.status == 429)
        #expect(refused.code == "rate_limited")
        #expect(refused.headers["retry-after"].flatMap { Int($0) } ?? 0 >= 1)
        // Syncing has a budget of its own.
        for _ in 0..<20 { _ = try await ada.exchange([], on: server) }
        _ = try? await server.login("ada")  // the second attempt of this address
        await expect(429, .rateLimited) { _ = try await server.login("ada") }
      }
    }

    @Test func `web pages may call only where their origin is allowed`() async throws {
      try await TestServer.with {
        $0.settings.origins = ["https://life.example"]
      } _: { server in
        let asks = ["Access-Control-Request-Method": "POST"]
        let good = ["Origin": "https://life.example"]
        let bad = ["Origin": "https://evil.example"]
        let path = Routes.login.path
        let yes = try await server.ask("OPTIONS", path, headers: asks.merging(good) { $1 })
        #expect(yes.status == 204)
        #expect(yes.headers["access-control-allow-origin"] == "https://life.example")
        #expect(yes.headers["access-control-allow-methods"] == "POST")
        let no = try await server.ask("OPTIONS", path, headers: asks.merging(bad) { $1 })
        #expect(no.status == 405)
        #expect(no.headers["access-control-allow-origin"] == nil)
        let read = try await server.ask("GET", "/api/health", headers: bad)
        #expect(read.headers["access-control-allow-origin"] == nil)
      }
    }

    @Test func `the log has every request and no secret`() async throws {
      try await TestServer.with { server in
        let session = try await server.register("ada")
        let token = session.tokens.access
        _ = try await server.ask("GET", Routes.me.path + "?token=\(token)", token: token)
        _ = try await server.ask("GET", "/nothing?password=\(TestServer.password)")
        let lines = server.log.all
        let me = try #require(lines.first { $0.contains("/auth/me") })
        let json = try JSON(bytes: Array(me.utf8))
        #expect(json["method"]?.text == "GET")
        #expect(json["path"]?.text == Routes.me.path)
        #expect(json["status"]?.number == 200)
        #expect(json["user"]?.text == session.me.id.description)
        #expect(json["request"]?.text != nil)
        for secret in [token, TestServer.password, session.tokens.refresh] {
          #expect(!lines.contains { $0.contains(secret) })
        }
      }
    }
  }
#endif
