#if Server
  internal import Kernel
  internal import ServerKit
  internal import Testing
  internal import Wire

  /// A device as the server sees it, without a store.
  struct Device {
    var id: EntryID
    var space: EntryID
    let session: EntryID
    let token: String
    private let numbers = Numbers()

    private final class Numbers: @unchecked Sendable { var last: Int64 = 0 }

    private init(_ id: EntryID, _ reply: SessionReply) throws {
      self.id = id
      space = try #require(reply.me.spaces.first).id
      session = reply.tokens.session
      token = reply.tokens.access
    }

    static func register(_ user: String, on server: TestServer) async throws -> Device {
      let id = World.real.newID()
      return try Device(id, try await server.register(user, device: id))
    }

    static func login(_ user: String, on server: TestServer) async throws -> Device {
      let id = World.real.newID()
      return try Device(id, try await server.login(user, device: id))
    }

    func op(_ title: String) -> Op {
      let (world, id) = (World.real, World.real.newID())
      let stamp = Stamp(bits: UInt64(world.now().milliseconds) << 16)
      return Op(
        id: id, stamp: stamp, kind: Kind("journal"), row: world.newID(),
        fields: ["title": .text(title)], bases: [:], group: id)
    }

    func request(_ ops: [Op]) -> ExchangeRequest {
      numbers.last += 1
      return ExchangeRequest(
        space: space, device: id, number: numbers.last, app: "lifeos/\(LifeosVersion.current)",
        epoch: nil, cursor: .start, seen: .start, now: World.real.now(), want: 5_000, repairs: [],
        ops: ops)
    }

    func exchange(_ ops: [Op], on server: TestServer) async throws -> ExchangeReply {
      try await server.call(Routes.exchange, request(ops), token: token)
    }
  }

  /// Expects `body` to be refused so; nil stands for any code.
  func expect(
    _ status: Int, _ code: APIError.Code?, at place: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
  ) async {
    do {
      try await body()
      Issue.record("this should have been refused", sourceLocation: place)
    } catch let error as APIError {
      #expect(error.status == status, "\(error)", sourceLocation: place)
      if let code { #expect(error.code == code, sourceLocation: place) }
      #expect(error.requestID != nil, sourceLocation: place)
    } catch {
      Issue.record(error, sourceLocation: place)
    }
  }

  extension TestServer {
    /// A new account, made by another program.
    func registerAs(_ app: String) async throws -> SessionReply {
      let query = RegisterQuery(
        user: "ada", email: nil, password: Self.password,
        device: DeviceInfo(id: World.real.newID(), name: "x", app: app))
      let reply = try await ask(
        "POST", Routes.register.path, headers: ["User-Agent": app], body: query.bytes)
      guard reply.status == 200 else { throw try APIError(status: reply.status, bytes: reply.body) }
      return try SessionReply(bytes: reply.body)
    }
  }
#endif
