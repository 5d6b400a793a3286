#if Server
  internal import Kernel
  @testable internal import Server
  internal import ServerKit
  internal import Testing
  internal import Wire

  /// What the members of a group hear while their streams stand.
  struct GroupEventTests {
    private func listen(_ device: Device, on server: TestServer) async throws -> WebLine {
      let line = try WebLine(port: server.port)
      try await line.send(TestServer.request("GET", Routes.events, token: device.token))
      _ = try await line.read(until: ": hb\n\n")
      return line
    }

    private func presence(_ account: EntryID, _ isOnline: Bool, in space: EntryID) -> String {
      """
      event: presence
      data: {"space":"\(space)","account":"\(account)","online":\(isOnline)}\n\n
      """
    }

    @Test func `a stream that stands follows its person into a group and out of it`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let account = try await bob.account(on: server)
        let line = try await listen(bob, on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await Device.login("bob", on: server).join(group.code, on: server)
        // The membership in their own space, then the group itself.
        _ = try await line.read(until: "\"space\":\"\(bob.space)\"")
        let adas = try await ada.account(on: server)
        let post = ada.post("2026-W47", of: adas, in: group.id)
        let head = try await ada.there(group.id).exchange([post], on: server).head.seq
        _ = try await line.read(until: "{\"space\":\"\(group.id)\",\"head\":\(head)}")
        _ = try await ada.call(
          Routes.removeMember, MemberQuery(id: group.id, account: account), on: server)
        _ = try await line.read(until: "\"space\":\"\(bob.space)\"")
        let late = ada.post("2026-W48", of: adas, in: group.id)
        _ = try await ada.there(group.id).exchange([late], on: server)
        server.server.hub.beat()
        #expect(try await !line.read(until: ": hb\n\n").contains("\(group.id)"))
      }
    }

    @Test func `a friend's check-in, a change and a newcomer are hints at once`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        let line = try await listen(ada, on: server)
        _ = try await bob.join(group.code, on: server)
        _ = try await line.read(until: "{\"space\":\"\(group.id)\",\"head\":3}")
        // The person's other session hears of its own change too.
        let other = try await Device.login("ada", on: server)
        let there = try await listen(other, on: server)
        _ = try await ada.call(
          Routes.changeGroup, GroupChange(id: group.id, name: "Old friends"), on: server)
        _ = try await there.read(until: "{\"space\":\"\(group.id)\",\"head\":4}")
        let post = bob.post("2026-W47", of: try await bob.account(on: server), in: group.id)
        _ = try await bob.there(group.id).exchange([post], on: server)
        _ = try await line.read(until: "{\"space\":\"\(group.id)\",\"head\":5}")
      }
    }

    @Test func `members hear who comes and who goes, strangers do not`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let eve = try await Device.register("eve", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await bob.join(group.code, on: server)
        let (adas, bobs) = try await (ada.account(on: server), bob.account(on: server))
        let line = try await listen(ada, on: server)
        let foreign = try await listen(eve, on: server)
        let first = try await listen(bob, on: server)
        _ = try await line.read(until: presence(bobs, true, in: group.id))
        // Who comes hears who is here.
        _ = try await first.read(until: presence(adas, true, in: group.id))
        let online = try await ada.call(Routes.group, IDQuery(id: group.id), on: server).members
        #expect(online.allSatisfy(\.isOnline) && online.count == 2)
        // A second stream is no news, and only the last one's end is.
        let second = try await listen(bob, on: server)
        _ = try await second.read(until: presence(adas, true, in: group.id))
        first.hangUp()
        while server.server.hub.count > 3 { await Task.yield() }
        server.server.hub.beat()
        #expect(try await !line.read(until: ": hb\n\n").contains("presence"))
        second.hangUp()
        _ = try await line.read(until: presence(bobs, false, in: group.id))
        server.server.hub.beat()
        #expect(try await !foreign.read(until: ": hb\n\n").contains("presence"))
      }
    }

    @Test func `who leaves a group is no longer seen there, and sees nobody`() async throws {
      try await TestServer.with { server in
        let ada = try await Device.register("ada", on: server)
        let bob = try await Device.register("bob", on: server)
        let group = try await ada.makeGroup(on: server)
        _ = try await bob.join(group.code, on: server)
        let bobs = try await bob.account(on: server)
        let line = try await listen(ada, on: server)
        let gone = try await listen(bob, on: server)
        _ = try await line.read(until: presence(bobs, true, in: group.id))
        _ = try await bob.call(Routes.leaveGroup, IDQuery(id: group.id), on: server)
        _ = try await line.read(until: presence(bobs, false, in: group.id))
        server.server.hub.beat()
        _ = try await gone.read(until: ": hb\n\n")
        _ = try await ada.call(Routes.renewCode, IDQuery(id: group.id), on: server)
        line.hangUp()
        while server.server.hub.count > 1 { await Task.yield() }
        server.server.hub.beat()
        #expect(try await !gone.read(until: ": hb\n\n").contains("\(group.id)"))
      }
    }
  }
#endif
