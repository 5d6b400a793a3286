#if Server
  internal import Kernel
  internal import Ledger
  internal import SQL
  @testable internal import Server
  internal import ServerKit
  internal import TestKit
  internal import Testing
  internal import Wire

  /// Groups beyond the day: accounts that go, exports, backups, what doctor sees.
  struct GroupKeepingTests {
    private func delete(_ device: Device, on server: TestServer) async throws {
      _ = try await device.call(
        Routes.deleteAccount, DeleteAccountQuery(password: TestServer.password), on: server)
    }

    @Test func `a deleted account leaves its groups, with what it has shown there`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await bob.join(group.code, on: server)
        let alone = try await ada.makeGroup("Only me", on: server)
        let post = ada.post("2026-W47", of: try await ada.account(on: server), in: group.id)
        let kept = bob.post("2026-W47", of: try await bob.account(on: server), in: group.id)
        _ = try await ada.there(group.id).exchange([post], on: server)
        _ = try await bob.there(group.id).exchange([kept], on: server)
        try await delete(ada, on: server)
        let members = try await bob.members(of: group.id, on: server)
        #expect(members["ada"]?.state == .left && members["bob"]?.role == "admin")
        #expect(try await bob.memberships(on: server).map(\.role) == ["admin"])
        let page = try await bob.call(
          Routes.snapshot, SnapshotQuery(space: group.id, after: nil), on: server)
        let deleted = page.registers.filter { $0.field == Op.deleted && $0.value == .flag(true) }
        #expect(deleted.map(\.row) == [post.row])
        let health = try await server.database.health(backups: nil)
        #expect(health.complaints == [] && health.groups == 1 && health.spaces == 2)
        #expect(
          try await server.database.read {
            try $0.integer("SELECT count(*) FROM space WHERE id = ?", [.id(alone.id)])
          } == 0)
        // The last one out ends it all.
        try await delete(bob, on: server)
        let left = try await server.database.read { database in
          try ["space", "op_log", "reg", "group_settings", "group_seat", "group_invitation"].map {
            try database.integer("SELECT count(*) FROM \($0)")
          }
        }
        #expect(left.allSatisfy { $0 == 0 })
      }
    }

    @Test func `an export has the groups, and of their rows only one's own`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await bob.join(group.code, on: server)
        let (adas, bobs) = try await (ada.account(on: server), bob.account(on: server))
        _ = try await ada.there(group.id).exchange(
          [ada.post("secret-of-ada", of: adas, in: group.id)], on: server)
        _ = try await bob.there(group.id).exchange(
          [bob.post("word-of-bob", of: bobs, in: group.id)], on: server)
        var export = try await server.ask("GET", "/api/v1/account/export", token: bob.token)
        #expect(export.text.contains("word-of-bob") && !export.text.contains("secret-of-ada"))
        #expect(!export.text.contains("\(adas)"))
        #expect(try export.json()["groups"]?.items?.first?["name"] == "Friends")
        // Also of a group that one has left.
        _ = try await bob.call(Routes.leaveGroup, IDQuery(id: group.id), on: server)
        export = try await server.ask("GET", "/api/v1/account/export", token: bob.token)
        #expect(export.text.contains("word-of-bob") && !export.text.contains("secret-of-ada"))
        #expect(try export.json()["groups"]?.items?.first?["state"] == "left")
      }
    }

    /// Everything that a device holds of a space, to be given back.
    private func holdings(
      _ device: Device, of space: EntryID, on server: TestServer
    ) async throws -> [Register] {
      try await device.call(
        Routes.snapshot, SnapshotQuery(space: space, after: nil), on: server
      ).registers
    }

    @Test func `after a restore the tables count, and what members wrote comes back`() async throws
    {
      let folder = TemporaryFolder()
      let world = World.real
      let server = try await TestServer.start { $0.folder = folder }
      var ada = try await Device.register("ada", on: server)
      var bob = try await Device.register("bob", on: server)
      let group = try await ada.makeGroup(on: server)
      let backup = try await server.database.backUp(into: folder.file("backups"))
      // All this the backup does not know.
      _ = try await bob.join(group.code, on: server)
      let late = try await bob.makeGroup("Too late", on: server)
      _ = try await ada.call(
        Routes.changeGroup, GroupChange(id: group.id, name: "Renamed"), on: server)
      let (adas, bobs) = try await (ada.account(on: server), bob.account(on: server))
      let adaPost = ada.post("2026-W47", of: adas, in: group.id)
      let bobPost = bob.post("2026-W47", of: bobs, in: group.id)
      _ = try await ada.there(group.id).exchange([adaPost], on: server)
      _ = try await bob.there(group.id).exchange([bobPost], on: server)
      let shared = try await holdings(ada, of: group.id, on: server)
      let own = try await holdings(bob, of: bob.space, on: server)
      try await server.stop()
      let path = ServerPlaces(folder: folder.file("data")).database
      _ = try ServerDatabase.restore(backup.path, to: path, world: world)

      try await TestServer.with {
        $0.folder = folder
      } _: { server in
        ada = try await Device.login("ada", on: server)
        bob = try await Device.login("bob", on: server)
        var request = ada.there(group.id).request([])
        request.repairs = shared
        let reply = try await ada.call(Routes.exchange, request, on: server)
        #expect(reply.verdicts.values.allSatisfy { if case .ok = $0 { true } else { false } })
        #expect(!reply.more && reply.page.count == reply.head.seq)
        let info = try await ada.rows(GroupInfo.self, in: group.id, on: server)
        #expect(info.map(\.name) == ["Friends"])
        let members = try await ada.members(of: group.id, on: server)
        #expect(members["ada"]?.state == .member && members["bob"]?.state == .left)
        // Both posts are back: Bob's too, whose device might never return.
        let rows = Set(try await holdings(ada, of: group.id, on: server).map(\.row))
        #expect(rows.isSuperset(of: [adaPost.row, bobPost.row]))

        request = bob.request([])
        request.repairs = own
        _ = try await bob.call(Routes.exchange, request, on: server)
        let states = Dictionary(
          uniqueKeysWithValues: try await bob.memberships(on: server).map { ($0.space, $0.state) })
        #expect(states == [group.id: .left, late.id: .deleted])
        #expect(try await server.database.health(backups: nil).complaints == [])
      }
    }

    @Test func `nobody gives back what the server never said, nor a row of another`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let eve = try await Device.register("eve", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await eve.join(group.code, on: server)
        let (adas, eves) = try await (ada.account(on: server), eve.account(on: server))
        func forged(_ kind: Kind, _ row: EntryID, _ field: String, _ value: Value) -> Register {
          let op = World.real.newID()
          let stamp = Stamp(milliseconds: (World.real.now() + 200_000).milliseconds, counter: 0)
          return Register(
            kind: kind, row: row, field: field,
            authorship: Authorship(stamp: stamp, op: op), value: value)
        }
        let check = ada.post("2026-W47", of: adas, in: group.id)
        var request = eve.there(group.id).request([])
        request.repairs = [
          forged("group_member", GroupMember.id(of: eves, in: group.id), "role", .text("admin")),
          forged("group_member", GroupMember.id(of: adas, in: group.id), "state", .text("left")),
          forged("group_member", World.real.newID(), "user", .text("elvis")),
          forged("group_info", group.id, "name", .text("Eve's")),
          forged("check_in", check.row, "member", .text(adas.description)),
          forged("check_in", check.row, "key", .text("2026-W47")),
          forged("check_in", check.row, "care", .number(10)),
        ]
        let reply = try await eve.call(Routes.exchange, request, on: server)
        #expect(
          reply.verdicts.values.count { $0 == .refused(.invalid) } == 3, "what is Ada's")
        let members = try await ada.members(of: group.id, on: server)
        #expect(Set(members.keys) == ["ada", "eve"])
        #expect(members["eve"]?.role == "member" && members["ada"]?.state == .member)
        #expect(
          try await ada.rows(GroupInfo.self, in: group.id, on: server).map(\.name) == ["Friends"])
        // In one's own space neither.
        request = eve.request([])
        request.repairs = [
          forged("membership", Membership.id(of: group.id), "role", .text("admin")),
          forged("membership", World.real.newID(), "state", .text("member")),
        ]
        _ = try await eve.call(Routes.exchange, request, on: server)
        let own = try await eve.memberships(on: server)
        #expect(own.first { $0.space == group.id }?.role == "member")
        #expect(own.filter { $0.state == .member }.count == 1)
        await expect(403, .forbidden) {
          _ = try await eve.call(Routes.deleteGroup, IDQuery(id: group.id), on: server)
        }
      }
    }

    @Test func `doctor sees where the tables disagree`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        _ = try await ada.makeGroup(on: server)
        #expect(try await server.database.health(backups: nil).complaints == [])
        try await server.database.write {
          try $0.run("UPDATE group_seat SET role = 'member'")
        }
        let complaints = try await server.database.health(backups: nil).complaints
        #expect(complaints.count == 2)
        #expect(complaints.allSatisfy { $0.hasPrefix("group ") })
      }
    }

    @Test func `a session that has ended changes no group`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        _ = try await ada.call(Routes.logout, Nothing(), on: server)
        await expect(401, .sessionRevoked) { _ = try await ada.makeGroup(on: server) }
        let reply = try await server.ask("GET", "/api/v1/groups")
        #expect(reply.status == 401)
      }
    }
  }
#endif
