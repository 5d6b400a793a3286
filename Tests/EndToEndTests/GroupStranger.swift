import Dispatch
import Foundation
import Kernel
import Life
import Net
import ProgramKit
import Testing
import Wire

/// A client that is made by hand: it says to the server whatever the test likes.
final class GroupStranger: @unchecked Sendable {
  let account: EntryID
  let device: EntryID
  private let world: World
  private let client: APIClient
  private var numbers: [EntryID: Int64] = [:]

  /// Makes an account.
  init(_ user: String, in house: GroupHouse) async throws {
    let world = World.live(house.clock.environment)
    let address = try ServerAddress(house.server.url)
    func client(_ tokens: TokenSource) -> APIClient {
      APIClient(
        address: address, trust: .system, tokens: tokens, app: "lifeos/\(LifeosVersion.current)",
        world: world)
    }
    let id = world.newID()
    let query = RegisterQuery(
      user: user, email: nil, password: GroupHouse.password,
      device: DeviceInfo(id: id, name: "hand", app: "lifeos/\(LifeosVersion.current)"))
    let guest = client(.none)
    let reply = try await Self.aside { try guest.call(Routes.register, query) }
    (self.world, device, account) = (world, id, reply.me.id)
    self.client = client(.fixed(reply.tokens.access))
  }

  /// Calls a route. Throws the server's `APIError`.
  func call<Query: Sendable, Reply: Sendable>(
    _ route: Route<Query, Reply>, _ query: Query
  ) async throws -> Reply {
    let client = client
    return try await Self.aside { try client.call(route, query) }
  }

  /// Joins by code.
  func join(_ code: String) async throws -> GroupReply {
    try await call(Routes.joinGroup, JoinQuery(code: code))
  }

  /// Sends an entry of any content into a space; the server's verdict.
  @discardableResult
  func send<E: Entry>(_ entry: E, to space: EntryID) async throws -> Verdict? {
    var fields: [String: Value] = [:]
    for (field, value) in zip(E.fields, entry.values) where value != .null {
      fields[field.name] = value
    }
    let id = world.newID()
    let op = Op(
      id: id, stamp: Stamp(bits: UInt64(world.now().milliseconds) << 16), kind: E.kind,
      row: entry.id, fields: fields, group: id)
    numbers[space, default: 0] += 1
    let request = ExchangeRequest(
      space: space, device: device, number: numbers[space, default: 0],
      app: "lifeos/\(LifeosVersion.current)", epoch: nil, cursor: .start, seen: .start,
      now: world.now(), want: 1, repairs: [], ops: [op])
    return try await call(Routes.exchange, request).verdicts[id]
  }

  /// What blocks is done off Swift's pool.
  private static func aside<T: Sendable>(
    _ body: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
    }
  }
}
