#if Server
  internal import Kernel
  @testable internal import Server
  internal import ServerKit
  internal import Testing
  internal import Wire

  /// Making a group, coming and going.
  struct GroupTests {
    @Test func `who makes a group is its admin, and all their devices learn of it`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let group = try await ada.call(
          Routes.makeGroup,
          GroupSettings(
            name: "  Sunday walkers ", about: "a\nb", frequency: "biweekly",
            zone: "Europe/Bucharest", mostMembers: 5, rule: "sum"), on: server)
        #expect(group.settings.name == "Sunday walkers" && group.role == "admin")
        #expect(group.code.count == 8 && group.members.map(\.user) == ["ada"])
        let membership = try #require(try await ada.memberships(on: server).first)
        #expect(membership.space == group.id && membership.state == .member)
        #expect(membership.role == "admin" && membership.name == "Sunday walkers")
        let info = try #require(
          try await ada.rows(GroupInfo.self, in: group.id, on: server).first)
        #expect(info.id == group.id && info.code == group.code && info.rule == "sum")
        #expect(info.zone == "Europe/Bucharest" && info.about == "a\nb" && info.mostMembers == 5)
        #expect(try await ada.members(of: group.id, on: server)["ada"]?.role == "admin")
        #expect(try await ada.call(Routes.groups, Nothing(), on: server).groups == [group])
        #expect(try await ada.call(Routes.group, IDQuery(id: group.id), on: server) == group)
      }
    }

    @Test func `who knows the code joins, however it is written`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        let code = group.code.lowercased()
        let typed = " \(code.prefix(4))-\(code.dropFirst(4)) "
        let joined = try await bob.join(typed, on: server)
        #expect(joined.role == "member" && joined.members.map(\.user) == ["ada", "bob"])
        #expect(try await bob.memberships(on: server).map(\.space) == [group.id])
        let members = try await ada.members(of: group.id, on: server)
        #expect(members["bob"]?.state == .member && members["bob"]?.role == "member")
        #expect(try await bob.call(Routes.me, Nothing(), on: server).spaces.count == 2)
        await expect(409, .alreadyMember) { _ = try await bob.join(group.code, on: server) }
      }
    }

    @Test func `members read each other's rows, and write their own`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await bob.join(group.code, on: server)
        let account = try await bob.account(on: server)
        let post = bob.post("2026-W47", of: account, in: group.id)
        let reply = try await bob.there(group.id).exchange([post], on: server)
        #expect(reply.verdicts == [post.id: .ok(seq: reply.head.seq, stamp: nil)])
        let page = try await ada.there(group.id).exchange([], on: server).page
        #expect(page.map(\.op).last == post)
        let forged = ada.post("2026-W48", of: account, in: group.id)
        #expect(
          try await ada.there(group.id).exchange([forged], on: server).verdicts
            == [forged.id: .refused(.forbidden)])
      }
    }

    @Test func `who leaves is out at once, and may come back`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await bob.join(group.code, on: server)
        _ = try await bob.call(Routes.leaveGroup, IDQuery(id: group.id), on: server)
        #expect(try await bob.memberships(on: server).map(\.state) == [.left])
        #expect(try await ada.members(of: group.id, on: server)["bob"]?.state == .left)
        await expect(403, .notMember) {
          _ = try await bob.there(group.id).exchange([], on: server)
        }
        await expect(404, .notFound) {
          _ = try await bob.call(Routes.group, IDQuery(id: group.id), on: server)
        }
        _ = try await bob.join(group.code, on: server)
        #expect(try await bob.memberships(on: server).map(\.state) == [.member])
        let back = try await ada.members(of: group.id, on: server)["bob"]
        #expect(back?.state == .member && back?.ended == nil)
      }
    }

    @Test func `when the last admin goes the longest-standing follows; the last one ends it`()
      async throws
    {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let cleo = try await Device.register("cleo", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await bob.join(group.code, on: server)
        _ = try await cleo.join(group.code, on: server)
        let role = RoleQuery(
          id: group.id, account: try await cleo.account(on: server), role: "moderator")
        _ = try await ada.call(Routes.changeRole, role, on: server)
        _ = try await ada.call(Routes.leaveGroup, IDQuery(id: group.id), on: server)
        // The moderator goes before the member who has been there longer.
        #expect(
          try await cleo.call(Routes.group, IDQuery(id: group.id), on: server).role == "admin")
        #expect(try await cleo.memberships(on: server).map(\.role) == ["admin"])
        _ = try await cleo.call(Routes.leaveGroup, IDQuery(id: group.id), on: server)
        #expect(try await bob.call(Routes.group, IDQuery(id: group.id), on: server).role == "admin")
        _ = try await bob.call(Routes.leaveGroup, IDQuery(id: group.id), on: server)
        #expect(try await bob.memberships(on: server).map(\.state) == [.left])
        await expect(404, .noSuchCode) { _ = try await ada.join(group.code, on: server) }
        let health = try await server.database.health(backups: nil)
        #expect(health.complaints == [] && health.spaces == 3)
      }
    }

    @Test func `a group that is deleted is gone for everyone`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await bob.join(group.code, on: server)
        await expect(403, .forbidden) {
          _ = try await bob.call(Routes.deleteGroup, IDQuery(id: group.id), on: server)
        }
        _ = try await ada.call(Routes.deleteGroup, IDQuery(id: group.id), on: server)
        for device in [ada, bob] {
          #expect(try await device.memberships(on: server).map(\.state) == [.deleted])
          await expect(403, .notMember) {
            _ = try await device.there(group.id).exchange([], on: server)
          }
        }
      }
    }

    @Test func `a full group takes one of two who come at once`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let group = try await ada.makeGroup(most: 3, on: server)
        let others = try await [
          Device.register("bob", on: server), Device.register("cleo", on: server),
          Device.register("dan", on: server), Device.register("eve", on: server),
        ]
        let results = await withTaskGroup(of: APIError.Code?.self) { tasks in
          for device in others {
            tasks.addTask {
              do {
                _ = try await device.join(group.code, on: server)
                return nil
              } catch {
                return (error as? APIError)?.code
              }
            }
          }
          return await tasks.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count { $0 == nil } == 2)
        #expect(results.count { $0 == .groupFull } == 2)
        let members = try await ada.call(Routes.group, IDQuery(id: group.id), on: server).members
        #expect(members.count == 3)
      }
    }
  }

  extension Device {
    /// A member's check-in in a group.
    func post(_ key: String, of member: EntryID, in space: EntryID) -> Op {
      let (world, id) = (World.real, World.real.newID())
      return Op(
        id: id, stamp: Stamp(milliseconds: world.now().milliseconds, counter: 0), kind: "check_in",
        row: Digest.derivedID("check_in", member: member, key: key, in: space),
        fields: [
          "member": .text(member.description), "key": .text(key), "care": .number(3),
        ], group: id)
    }
  }
#endif
