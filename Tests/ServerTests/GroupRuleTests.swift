#if Server
  internal import Kernel
  internal import SQL
  @testable internal import Server
  internal import ServerKit
  internal import Testing
  internal import Wire

  /// Who may do what in a group, and what a group may be.
  struct GroupRuleTests {
    /// A group of four: an admin, a moderator and two members.
    private struct Circle {
      let server: TestServer
      let group: GroupReply
      let (admin, moderator, bob, cleo): (Device, Device, Device, Device)

      init(on server: TestServer) async throws {
        self.server = server
        admin = try await Device.register("admin", on: server)
        moderator = try await Device.register("moderator", on: server)
        bob = try await Device.register("bob", on: server)
        cleo = try await Device.register("cleo", on: server)
        group = try await admin.makeGroup(on: server)
        for device in [moderator, bob, cleo] { _ = try await device.join(group.code, on: server) }
        try await give("moderator", to: moderator, by: admin)
      }

      func give(_ role: String, to device: Device, by boss: Device) async throws {
        let query = RoleQuery(
          id: group.id, account: try await device.account(on: server), role: role)
        _ = try await boss.call(Routes.changeRole, query, on: server)
      }

      @discardableResult
      func remove(_ device: Device, by boss: Device) async throws -> GroupReply {
        let query = MemberQuery(id: group.id, account: try await device.account(on: server))
        return try await boss.call(Routes.removeMember, query, on: server)
      }
    }

    @Test func `roles are an admin's to give, and one admin always stays`() async throws {
      try await TestServer.with { server in
        let circle = try await Circle(on: server)
        await expect(403, .forbidden) {
          try await circle.give("admin", to: circle.bob, by: circle.moderator)
        }
        await expect(422, .malformed) {
          try await circle.give("member", to: circle.admin, by: circle.admin)
        }
        await expect(422, .malformed) {
          try await circle.give("owner", to: circle.bob, by: circle.admin)
        }
        try await circle.give("admin", to: circle.bob, by: circle.admin)
        try await circle.give("member", to: circle.admin, by: circle.bob)
        #expect(try await circle.bob.memberships(on: server).map(\.role) == ["admin"])
        #expect(
          try await circle.cleo.members(of: circle.group.id, on: server)["admin"]?.role
            == "member")
        await expect(404, .notFound) {
          let nobody = RoleQuery(
            id: circle.group.id, account: World.real.newID(), role: "member")
          _ = try await circle.bob.call(Routes.changeRole, nobody, on: server)
        }
      }
    }

    @Test func `settings are an admin's, the code a moderator's too`() async throws {
      try await TestServer.with { server in
        let circle = try await Circle(on: server)
        let id = circle.group.id
        for device in [circle.moderator, circle.bob] {
          await expect(403, .forbidden) {
            _ = try await device.call(
              Routes.changeGroup, GroupChange(id: id, name: "Mine now"), on: server)
          }
          await expect(403, .forbidden) {
            _ = try await device.call(Routes.deleteGroup, IDQuery(id: id), on: server)
          }
        }
        await expect(403, .forbidden) {
          _ = try await circle.bob.call(Routes.renewCode, IDQuery(id: id), on: server)
        }
        await expect(403, .forbidden) {
          _ = try await circle.bob.call(
            Routes.invite, InviteQuery(id: id, user: "someone"), on: server)
        }
        let renewed = try await circle.moderator.call(
          Routes.renewCode, IDQuery(id: id), on: server)
        #expect(renewed.code != circle.group.code)
        let eve = try await Device.register("eve", on: server)
        await expect(404, .noSuchCode) { _ = try await eve.join(circle.group.code, on: server) }
        #expect(
          try await circle.bob.rows(GroupInfo.self, in: id, on: server).map(\.code)
            == [renewed.code])
      }
    }

    @Test func `who is removed is out, and only an invitation lets them in again`() async throws {
      try await TestServer.with { server in
        let circle = try await Circle(on: server)
        let (bob, id) = (circle.bob, circle.group.id)
        let account = try await bob.account(on: server)
        let waiting = bob.post("2026-W47", of: account, in: id)
        let after = try await circle.remove(bob, by: circle.moderator)
        #expect(after.code != circle.group.code && after.members.count == 3)
        #expect(try await bob.memberships(on: server).map(\.state) == [.removed])
        #expect(
          try await circle.cleo.members(of: id, on: server)["bob"]?.state == .removed)
        // What waited is not taken, nor is a word said of it.
        await expect(403, .notMember) {
          _ = try await bob.there(id).exchange([waiting], on: server)
        }
        await expect(403, .forbidden) { _ = try await bob.join(after.code, on: server) }
        _ = try await circle.moderator.call(
          Routes.invite, InviteQuery(id: id, user: "bob"), on: server)
        let invitation = try #require(try await bob.invitations(on: server).first)
        _ = try await bob.call(Routes.acceptInvitation, IDQuery(id: invitation.id), on: server)
        #expect(try await bob.memberships(on: server).map(\.state) == [.member])
        // Then it is as with anybody: who leaves comes back by the code.
        _ = try await bob.call(Routes.leaveGroup, IDQuery(id: id), on: server)
        _ = try await bob.join(after.code, on: server)
      }
    }

    @Test func `moderators remove members, admins everyone, nobody themselves`() async throws {
      try await TestServer.with { server in
        let circle = try await Circle(on: server)
        await expect(403, .forbidden) { try await circle.remove(circle.cleo, by: circle.bob) }
        await expect(403, .forbidden) {
          try await circle.remove(circle.admin, by: circle.moderator)
        }
        await expect(422, .malformed) { try await circle.remove(circle.admin, by: circle.admin) }
        try await circle.remove(circle.moderator, by: circle.admin)
        await expect(404, .notFound) {
          try await circle.remove(circle.moderator, by: circle.admin)
        }
        let audit = try await server.database.read { database in
          var lines: [String] = []
          try database.each("SELECT what FROM audit WHERE what LIKE 'group_rem%'") {
            lines.append($0.text(0))
          }
          return lines
        }
        #expect(audit == ["group_removal", "group_removed"])
      }
    }

    @Test(arguments: [
      ("ab", "", "weekly", "UTC", 20, "hucares", "name"),
      ("  ab <LF> ", "", "weekly", "UTC", 20, "hucares", "name"),
      ("a<ESC>[31mb", "", "weekly", "UTC", 20, "hucares", "name"),
      ("a<CSI>31mb", "", "weekly", "UTC", 20, "hucares", "name"),
      ("two<LF>lines", "", "weekly", "UTC", 20, "hucares", "name"),
      ("two<LS>lines", "", "weekly", "UTC", 20, "hucares", "name"),
      ("Friends", "", "hourly", "UTC", 20, "hucares", "frequency"),
      ("Friends", "", "weekly", "Europe/Atlantis", 20, "hucares", "zone"),
      ("Friends", "", "weekly", "../../etc/passwd", 20, "hucares", "zone"),
      ("Friends", "", "weekly", "", 20, "hucares", "zone"),
      ("Friends", "", "weekly", "UTC", 20, "max", "rule"),
    ])
    func `settings that make no sense are refused with their name`(
      name: String, about: String, frequency: String, zone: String, most: Int, rule: String,
      field: String
    ) {
      // Such characters shall not reach who runs the tests either.
      var name = name
      for (word, character) in [
        ("<ESC>", "\u{1B}"), ("<CSI>", "\u{9B}"), ("<LF>", "\n"), ("<LS>", "\u{2028}"),
      ] { name.replace(word, with: character) }
      let settings = GroupSettings(
        name: name, about: about, frequency: frequency, zone: zone, mostMembers: most, rule: rule)
      let error = #expect(throws: APIError.self) { try settings.checked() }
      #expect(error?.status == 422 && error?.details["field"] == field)
      #expect(error?.message.hasSuffix(".") == true)
    }

    @Test func `names are kept raw, and stay valid JSON`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let name = "\u{202E}sdneirF\u{2066} \"\\ 🧗🏽‍♀️ e\u{301}"
        let about = "\u{1B}]0;title\u{7}\u{1B}[2J\r\n\tbell"
        let group = try await ada.call(
          Routes.makeGroup, GroupSettings(name: name, about: about), on: server)
        #expect(group.settings.name == name && group.settings.about == about)
        #expect(try await ada.memberships(on: server).map(\.name) == [name])
        #expect(
          try await ada.rows(GroupInfo.self, in: group.id, on: server).map(\.about) == [about])
        let raw = try await server.ask("GET", "/api/v1/groups/\(group.id)", token: ada.token)
        #expect(raw.body.allSatisfy { $0 >= 0x20 })
      }
    }

    @Test func `a change keeps what it does not name, and reaches whom it concerns`() async throws {
      try await TestServer.with { server in
        let circle = try await Circle(on: server)
        let id = circle.group.id
        _ = try await Device.register("eve", on: server)
        let eve = try await Device.login("eve", on: server)
        _ = try await circle.admin.call(
          Routes.invite, InviteQuery(id: id, user: "eve"), on: server)
        for most in [1, 51] {
          await expect(422, .malformed) {
            _ = try await circle.admin.call(
              Routes.changeGroup, GroupChange(id: id, mostMembers: most), on: server)
          }
        }
        await expect(422, .malformed) {
          _ = try await circle.admin.call(
            Routes.changeGroup, GroupChange(id: id, mostMembers: 3), on: server)
        }
        let changed = try await circle.admin.call(
          Routes.changeGroup, GroupChange(id: id, name: "Old friends", mostMembers: 4),
          on: server)
        #expect(changed.settings.frequency == "weekly" && changed.settings.mostMembers == 4)
        #expect(try await circle.bob.memberships(on: server).map(\.name) == ["Old friends"])
        #expect(try await eve.invitations(on: server).map(\.name) == ["Old friends"])
        // The present members fill it.
        let invitation = try #require(try await eve.invitations(on: server).first)
        await expect(409, .groupFull) {
          _ = try await eve.call(
            Routes.acceptInvitation, IDQuery(id: invitation.id), on: server)
        }
        #expect(try await eve.invitations(on: server).map(\.state) == [.open])
        // The same once more says nothing new.
        let head = try await circle.bob.there(id).exchange([], on: server).head
        _ = try await circle.admin.call(
          Routes.changeGroup, GroupChange(id: id, name: "Old friends"), on: server)
        #expect(try await circle.bob.there(id).exchange([], on: server).head == head)
      }
    }

    @Test func `a stranger learns nothing of a group, not even that it is`() async throws {
      try await TestServer.with { server in
        let circle = try await Circle(on: server)
        let eve = try await Device.register("eve", on: server)
        let member = try await circle.bob.account(on: server)
        func asks(_ group: EntryID) async throws -> [String] {
          var answers: [String] = []
          for (method, path, body) in [
            ("GET", "/api/v1/groups/\(group)", nil as String?),
            ("PATCH", "/api/v1/groups/\(group)", #"{"name":"Mine"}"#),
            ("DELETE", "/api/v1/groups/\(group)", nil),
            ("POST", "/api/v1/groups/\(group)/leave", "{}"),
            ("POST", "/api/v1/groups/\(group)/code", "{}"),
            ("POST", "/api/v1/groups/\(group)/invitations", #"{"user":"bob"}"#),
            ("PATCH", "/api/v1/groups/\(group)/members/\(member)", #"{"role":"admin"}"#),
            ("DELETE", "/api/v1/groups/\(group)/members/\(member)", nil),
          ] {
            let reply = try await server.ask(
              method, path, token: eve.token, headers: ["X-Request-Id": "same"],
              body: body.map { Array($0.utf8) })
            answers.append("\(reply.status) \(reply.text)")
          }
          let space = try await server.ask(
            "GET", "/api/v1/sync/snapshot?space=\(group)", token: eve.token,
            headers: ["X-Request-Id": "same"])
          return answers + ["\(space.status) \(space.text)"]
        }
        let (real, none) = try await (asks(circle.group.id), asks(World.real.newID()))
        #expect(real == none)
        #expect(real.dropLast().allSatisfy { $0.hasPrefix("404") && $0.contains("not_found") })
        #expect(try await eve.call(Routes.groups, Nothing(), on: server).groups == [])
      }
    }
  }
#endif
