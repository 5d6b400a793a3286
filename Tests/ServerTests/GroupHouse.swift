#if Server
  internal import Kernel
  @testable internal import Server
  internal import ServerKit
  internal import Testing
  internal import Wire

  extension Device {
    func call<Query, Reply>(
      _ route: Route<Query, Reply>, _ query: Query, on server: TestServer
    ) async throws -> Reply {
      try await server.call(route, query, token: token)
    }

    /// A group with this device's person as its admin.
    func makeGroup(
      _ name: String = "Friends", most: Int = 20, on server: TestServer
    ) async throws -> GroupReply {
      try await call(
        Routes.makeGroup, GroupSettings(name: name, mostMembers: most), on: server)
    }

    func join(_ code: String, on server: TestServer) async throws -> GroupReply {
      try await call(Routes.joinGroup, JoinQuery(code: code), on: server)
    }

    /// The account's id.
    func account(on server: TestServer) async throws -> EntryID {
      try await call(Routes.me, Nothing(), on: server).id
    }

    /// The rows of a kind in a space, as they stand on the server.
    func rows<E: Entry>(
      _ kind: E.Type, in space: EntryID? = nil, on server: TestServer
    ) async throws -> [E] {
      let page = try await call(
        Routes.snapshot, SnapshotQuery(space: space ?? self.space, after: nil), on: server)
      var rows: [EntryID: [String: Value]] = [:]
      for register in page.registers where register.kind == E.kind {
        rows[register.row, default: [:]][register.field] = register.value
      }
      return rows.filter { $0.value[Op.deleted] != .flag(true) }.sorted { $0.key < $1.key }.map {
        row in E(id: row.key, values: E.fields.map { row.value[$0.name] ?? .null })
      }
    }

    func memberships(on server: TestServer) async throws -> [Membership] {
      try await rows(Membership.self, on: server)
    }

    func invitations(on server: TestServer) async throws -> [Invitation] {
      try await rows(Invitation.self, on: server)
    }

    func members(of space: EntryID, on server: TestServer) async throws -> [String: GroupMember] {
      Dictionary(
        uniqueKeysWithValues: try await rows(GroupMember.self, in: space, on: server)
          .map { ($0.user, $0) })
    }

    /// The same device in another space.
    func there(_ space: EntryID) -> Device {
      var device = self
      device.space = space
      return device
    }
  }
#endif
