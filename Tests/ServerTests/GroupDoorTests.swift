#if Server
  internal import Kernel
  internal import SQL
  @testable internal import Server
  internal import ServerKit
  internal import Testing
  internal import Wire

  /// The ways into a group: codes, their limits and their age, and invitations.
  struct GroupDoorTests {
    @Test func `codes are read as people write them, and have no look-alikes`() {
      for _ in 0..<200 {
        let code = GroupCode.random()
        #expect(code.count == 8 && GroupCode.plain(code) == code)
        #expect(!code.contains { "01OIL".contains($0) })
      }
      #expect(GroupCode.plain(" abcd-2345\t") == "ABCD2345")
      #expect(Set((0..<500).map { _ in GroupCode.random() }).count == 500)
    }

    @Test func `a code is found by an index`() async throws {
      try await TestServer.with { server in
        let plan = try await server.database.read { database in
          var steps: [String] = []
          try database.each(
            """
            EXPLAIN QUERY PLAN SELECT name FROM group_settings
            WHERE code = 'x' AND code_expires > 1
            """
          ) { steps.append($0.text(3)) }
          return steps
        }
        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") && $0.contains("code=?") })
      }
    }

    @Test func `wrong, old and void codes are all the same`() async throws {
      let hands = Hands()
      try await TestServer.with {
        $0.world = hands.world
      } _: { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        for code in ["", "????????", "AAAAAAAA", "' OR 1=1", "%"] {
          await expect(404, .noSuchCode) { _ = try await bob.join(code, on: server) }
        }
        hands.go(days: 29)
        let later = try await Device.login("bob", on: server)
        _ = try await later.join(group.code, on: server)
        hands.go(days: 2)
        _ = try await Device.register("cleo", on: server)
        let cleo = try await Device.login("cleo", on: server)
        await expect(404, .noSuchCode) { _ = try await cleo.join(group.code, on: server) }
        let again = try await Device.login("ada", on: server)
        let renewed = try await again.call(Routes.renewCode, IDQuery(id: group.id), on: server)
        #expect(renewed.codeExpires == hands.now + 30 * 86_400_000)
        _ = try await cleo.join(renewed.code, on: server)
      }
    }

    @Test func `guesses are few an hour, and so are groups that are made`() async throws {
      try await TestServer.with {
        $0.settings.limits.groupJoins = 2
        $0.settings.limits.groupsMade = 2
      } _: { server in
        let ada = try await Device.register("ada", on: server)
        // What can't be made does not count.
        for _ in 0..<5 {
          await expect(422, .malformed) { _ = try await ada.makeGroup("x", on: server) }
        }
        let group = try await ada.makeGroup(on: server)
        _ = try await ada.makeGroup(on: server)
        await expect(429, .rateLimited) { _ = try await ada.makeGroup(on: server) }
        let bob = try await Device.register("bob", on: server)
        for _ in 0..<2 {
          await expect(404, .noSuchCode) { _ = try await bob.join("AAAAAAAA", on: server) }
        }
        await expect(429, .rateLimited) { _ = try await bob.join(group.code, on: server) }
        // Many accounts behind one address have ten times as many together.
        var refused = 0
        for number in 0..<20 {
          let eve = try await Device.register("eve\(number)", on: server)
          do {
            _ = try await eve.join("AAAAAAAA", on: server)
          } catch let error as APIError where error.status == 429 {
            refused += 1
            #expect((error.retryAfter ?? 0) > 60)
          } catch {}
        }
        #expect(refused == 3)
      }
    }

    @Test func `an invitation comes to whom it is for, and goes its way`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        func invite(_ user: String) async throws {
          _ = try await ada.call(
            Routes.invite, InviteQuery(id: group.id, user: user), on: server)
        }
        try await invite("Bob")
        let first = try #require(try await bob.invitations(on: server).first)
        #expect(first.space == group.id && first.from == "ada" && first.name == "Friends")
        #expect(first.state == .open)
        // Once more is the same one.
        try await invite("bob")
        #expect(try await bob.invitations(on: server).map(\.id) == [first.id])
        // Nobody else follows it.
        let eve = try await Device.register("eve", on: server)
        for device in [ada, eve] {
          await expect(404, .notFound) {
            _ = try await device.call(
              Routes.acceptInvitation, IDQuery(id: first.id), on: server)
          }
          await expect(404, .notFound) {
            _ = try await device.call(
              Routes.declineInvitation, IDQuery(id: first.id), on: server)
          }
        }
        _ = try await bob.call(Routes.declineInvitation, IDQuery(id: first.id), on: server)
        #expect(try await bob.invitations(on: server).map(\.state) == [.declined])
        await expect(404, .notFound) {
          _ = try await bob.call(Routes.acceptInvitation, IDQuery(id: first.id), on: server)
        }
        try await invite("bob")
        let open = try #require(
          try await bob.invitations(on: server).first { $0.state == .open })
        let joined = try await bob.call(
          Routes.acceptInvitation, IDQuery(id: open.id), on: server)
        #expect(joined.members.map(\.user) == ["ada", "bob"])
        #expect(
          try await bob.invitations(on: server).map(\.state).sorted { $0.rawValue < $1.rawValue }
            == [.accepted, .declined])
        await expect(409, .alreadyMember) { try await invite("bob") }
      }
    }

    @Test func `who invites does not learn whether there is somebody of the name`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        _ = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        var answers: [String] = []
        for user in ["bob", "nobody-of-this-name", "a@b.example", "", "\u{1B}[2J"] {
          let reply = try await server.ask(
            "POST", "/api/v1/groups/\(group.id)/invitations", token: ada.token,
            body: InviteQuery(id: group.id, user: user).bytes)
          answers.append("\(reply.status) \(reply.text)")
        }
        #expect(Set(answers) == ["200 {}"])
        let rows = try await server.database.read {
          try $0.integer("SELECT count(*) FROM group_invitation WHERE account IS NULL")
        }
        #expect(rows == 4, "to nobody as durable as to somebody")
      }
    }

    @Test func `an invitation ends after 14 days, and with its group`() async throws {
      let hands = Hands()
      try await TestServer.with {
        $0.world = hands.world
      } _: { server in
        var ada = try await Device.register("ada", on: server)
        var bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        let query = InviteQuery(id: group.id, user: "bob")
        _ = try await ada.call(Routes.invite, query, on: server)
        let invitation = try #require(try await bob.invitations(on: server).first)
        #expect(invitation.expires == hands.now + 14 * 86_400_000)
        hands.go(days: 14)
        ada = try await Device.login("ada", on: server)
        bob = try await Device.login("bob", on: server)
        await expect(404, .notFound) {
          _ = try await bob.call(
            Routes.acceptInvitation, IDQuery(id: invitation.id), on: server)
        }
        _ = try await ada.call(Routes.invite, query, on: server)
        _ = try await ada.call(Routes.deleteGroup, IDQuery(id: group.id), on: server)
        #expect(try await bob.invitations(on: server).map(\.state) == [.revoked])
        await expect(404, .notFound) {
          _ = try await bob.call(
            Routes.acceptInvitation, IDQuery(id: invitation.id), on: server)
        }
      }
    }

    @Test func `who joins by code needs the invitation no longer`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await ada.call(
          Routes.invite, InviteQuery(id: group.id, user: "bob"), on: server)
        _ = try await bob.join(group.code, on: server)
        #expect(try await bob.invitations(on: server).map(\.state) == [.accepted])
      }
    }
  }
#endif
