#if Server
  internal import Kernel
  @testable internal import Server
  internal import ServerKit
  internal import TestKit
  internal import Testing
  internal import Wire

  /// The stream of events, and how the server stops.
  struct WebStreamTests {
    private func listen(_ device: Device, on server: TestServer) async throws -> WebLine {
      let line = try WebLine(port: server.port)
      try await line.send(TestServer.request("GET", Routes.events, token: device.token))
      let head = try await line.read(until: ": hb\n\n")
      #expect(head.contains("200 OK"))
      #expect(head.contains("text/event-stream"))
      #expect(head.contains("retry: 2000"))
      return line
    }

    @Test func `a push is a hint on the other device's stream, not on its own`() async throws {
      try await TestServer.with { server in
        let writer = try await Device.register("ada", on: server)
        let reader = try await Device.login("ada", on: server)
        let eve = try await Device.register("eve", on: server)
        let (own, other) = (
          try await listen(writer, on: server), try await listen(reader, on: server)
        )
        let foreign = try await listen(eve, on: server)
        _ = try await writer.exchange([writer.op("a"), writer.op("b")], on: server)
        let hint = try await other.read(until: "\"head\":2}\n\n")
        #expect(hint.contains("id: 2\n"))
        #expect(hint.contains("event: head\n"))
        #expect(hint.contains("\"space\":\"\(writer.space)\""))
        server.server.hub.beat()
        let (mine, others) = (
          try await own.read(until: ": hb\n\n"), try await foreign.read(until: ": hb\n\n")
        )
        #expect(!mine.contains("event"))
        #expect(!others.contains("event"))
      }
    }

    @Test func `a stream beats, and ends with its session`() async throws {
      try await TestServer.with {
        $0.settings.limits.heartbeatSeconds = 1
      } _: { server in
        let ada = try await Device.register("ada", on: server)
        let other = try await Device.login("ada", on: server)
        let line = try await listen(other, on: server)
        _ = try await line.read(until: ": hb\n\n")
        _ = try await server.call(Routes.revoke, IDQuery(id: other.session), token: ada.token)
        _ = try await line.read(until: "0\r\n\r\n")
        await expect(401, .sessionRevoked) { _ = try await other.exchange([], on: server) }
      }
    }

    @Test func `one stream too many ends the oldest`() async throws {
      try await TestServer.with {
        $0.settings.limits.streams = 2
      } _: { server in
        let ada = try await Device.register("ada", on: server)
        let first = try await listen(ada, on: server)
        let second = try await listen(ada, on: server)
        let third = try await listen(ada, on: server)
        _ = try await first.read(until: "0\r\n\r\n")
        server.server.hub.beat()
        _ = try await second.read(until: ": hb\n\n")
        _ = try await third.read(until: ": hb\n\n")
      }
    }

    @Test func `a listener who has gone is forgotten`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let line = try await listen(ada, on: server)
        #expect(server.server.hub.count == 1)
        line.hangUp()
        let end = ContinuousClock.now + .seconds(60)
        while server.server.hub.count > 0, ContinuousClock.now < end { await Task.yield() }
        #expect(server.server.hub.count == 0)
      }
    }

    @Test func `a server that stops ends streams and idle lines, and lets the file go`()
      async throws
    {
      let folder = TemporaryFolder()
      let server = try await TestServer.start { $0.folder = folder }
      let ada = try await Device.register("ada", on: server)
      let stream = try await listen(ada, on: server)
      let idle = try WebLine(port: server.port)
      try await idle.send(TestServer.request("GET", "/api/health"))
      _ = try await idle.reply()
      _ = try await ada.exchange([ada.op("kept")], on: server)
      try await server.stop()
      _ = try await stream.read(until: "0\r\n\r\n")
      #expect(try await idle.readToEnd() == "")

      // Another one goes on with the same data, and the same tokens.
      try await TestServer.with {
        $0.folder = folder
      } _: { next in
        let reply = try await ada.exchange([], on: next)
        #expect(reply.head.seq == 1)
      }
    }
  }
#endif
