#if Server
  internal import Kernel
  internal import Server
  internal import ServerKit
  internal import TestKit
  internal import Testing
  internal import Wire

  /// Every route, by the real server.
  struct WebRouteTests {
    @Test func `health tells of the server and its database`() async throws {
      try await TestServer.with { server in
        let reply = try await server.call(Routes.health, Nothing())
        #expect(reply.status == "ok")
        #expect(reply.database == "ok")
        #expect(reply.version == LifeosVersion.current)
        #expect(reply.serverID == server.database.serverID)
      }
    }

    @Test func `the document of all routes is served as the wire has it`() async throws {
      try await TestServer.with { server in
        let reply = try await server.ask("GET", "/api/openapi.json")
        #expect(reply.status == 200)
        #expect(try reply.json() == OpenAPI.document(version: LifeosVersion.current))
      }
    }

    @Test func `an account is made, used, left and deleted`() async throws {
      try await TestServer.with { server in
        let first = try await server.register("ada")
        #expect(first.me.user == "ada")
        let token = first.tokens.access
        let me = try await server.call(Routes.me, Nothing(), token: token)
        #expect(me.id == first.me.id)
        #expect(me.spaces.count == 1)

        let second = try await server.login("ada")
        let sessions = try await server.call(Routes.sessions, Nothing(), token: token).sessions
        #expect(Set(sessions.map(\.id)) == [first.tokens.session, second.tokens.session])
        #expect(sessions.filter(\.isCurrent).map(\.id) == [first.tokens.session])

        _ = try await server.call(Routes.revoke, IDQuery(id: second.tokens.session), token: token)
        await expect(401, .sessionRevoked) {
          _ = try await server.call(Routes.me, Nothing(), token: second.tokens.access)
        }

        let renewed = try await server.call(
          Routes.refresh,
          RefreshQuery(refresh: first.tokens.refresh, idem: String(repeating: "0", count: 32)))
        _ = try await server.call(Routes.me, Nothing(), token: renewed.access)

        let third = try await server.login("ada")
        _ = try await server.call(
          Routes.changePassword,
          ChangePasswordQuery(current: TestServer.password, new: "Another-Horse-10"),
          token: renewed.access)
        await expect(401, .sessionRevoked) {
          _ = try await server.call(Routes.me, Nothing(), token: third.tokens.access)
        }
        await expect(401, .invalidCredentials) { _ = try await server.login("ada") }

        let export = try await server.call(Routes.exportAccount, Nothing(), token: renewed.access)
        #expect(export.json != .null)
        _ = try await server.call(
          Routes.deleteAccount, DeleteAccountQuery(password: "Another-Horse-10"),
          token: renewed.access)
        await expect(401, nil) {
          _ = try await server.call(Routes.me, Nothing(), token: renewed.access)
        }
      }
    }

    @Test func `leaving ends the session`() async throws {
      try await TestServer.with { server in
        let token = try await server.register("ada").tokens.access
        _ = try await server.call(Routes.logout, Nothing(), token: token)
        await expect(401, .sessionRevoked) {
          _ = try await server.call(Routes.me, Nothing(), token: token)
        }
      }
    }

    @Test func `operations pushed by one device are pulled by another, in log and snapshot`()
      async throws
    {
      try await TestServer.with { server in
        let writer = try await Device.register("ada", on: server)
        let reader = try await Device.login("ada", on: server)
        let op = writer.op("Friday")
        let pushed = try await writer.exchange([op], on: server)
        #expect(pushed.verdicts == [op.id: .ok(seq: 1, stamp: nil)])
        let pulled = try await reader.exchange([], on: server)
        #expect(pulled.page.map(\.op) == [op])
        #expect(pulled.page.first?.device == writer.id)
        #expect(pulled.pollSeconds == 60)

        let page = try await server.call(
          Routes.snapshot, SnapshotQuery(space: reader.space, after: nil), token: reader.token)
        #expect(page.registers.map(\.value) == [.text("Friday")])
        #expect(page.head.seq == 1)
      }
    }

    @Test func `another's space is not there, by any route`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        var eve = try await Device.register("eve", on: server)
        eve.space = ada.space
        await expect(403, .notMember) { _ = try await eve.exchange([eve.op("x")], on: server) }
        await expect(403, .notMember) {
          _ = try await server.call(
            Routes.snapshot, SnapshotQuery(space: ada.space, after: nil), token: eve.token)
        }
        await expect(404, .notFound) {
          _ = try await server.call(Routes.revoke, IDQuery(id: ada.session), token: eve.token)
        }
        #expect(try await ada.exchange([], on: server).head.seq == 0)
      }
    }

    @Test func `another device of the account may exchange, one of another account may not`()
      async throws
    {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let eve = try await Device.register("eve", on: server)
        var copied = ada
        copied.id = World.real.newID()
        #expect(try await copied.exchange([copied.op("x")], on: server).head.seq == 1)
        copied.id = eve.id
        await expect(403, .forbidden) { _ = try await copied.exchange([], on: server) }
      }
    }

    @Test func `a lifeos that is too old is asked to update, only where it matters`() async throws {
      try await TestServer.with {
        $0.settings.oldestClient = "9.0.0"
      } _: { server in
        await expect(426, .upgradeRequired) { _ = try await server.registerAs("lifeos/8.9") }
        let token = try await server.registerAs("curl/8").tokens.access
        let old = ["User-Agent": "lifeos/8.9.1"]
        let me = try await server.ask("GET", Routes.me.path, token: token, headers: old)
        #expect(me.status == 200)
        let page = try await server.ask("GET", Routes.events, token: token, headers: old)
        #expect(page.status == 426)
        #expect(try page.json()["error"]?["details"]?["min_client"]?.text == "9.0.0")
      }
    }
  }
#endif
