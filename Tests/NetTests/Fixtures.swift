internal import Foundation
internal import Kernel
internal import Synchronization
internal import TestKit
@testable internal import Net
@testable internal import Wire

let health = HealthReply(
  status: "ok", database: "ok", version: "0.1.0", serverID: EntryID(high: 1, low: 2),
  now: Moment(milliseconds: 3))

func refusal(_ status: Int, _ code: APIError.Code) -> [UInt8] {
  http(status, body: APIError(status: status, code: code, message: "No.").json.bytes)
}

/// A token whose life is one of `seconds`, with a name to tell it by.
func accessToken(_ name: String, seconds: Int = 900) -> String {
  let claims = Base64.text(
    Array("{\"iat\":1000,\"exp\":\(1000 + seconds),\"sid\":\"\(name)\"}".utf8))
  return "e30." + claims.filter { $0 != "=" } + ".\(name)"
}

func tokens(_ name: String, seconds: Int = 900) -> Tokens {
  Tokens(
    access: accessToken(name, seconds: seconds),
    accessExpires: Moment(milliseconds: Int64.max / 2), refresh: "refresh-\(name)",
    refreshExpires: Moment(milliseconds: Int64.max / 2), session: EntryID(high: 7, low: 7))
}

func credentials(
  _ name: String, seconds: Int = 900, received: Moment? = nil, url: String = "http://127.0.0.1"
) -> Credentials {
  Credentials(
    url: url, user: "ada", account: EntryID(high: 3, low: 4), serverID: EntryID(high: 5, low: 6),
    tokens: tokens(name, seconds: seconds), received: received)
}

extension APIClient {
  convenience init(_ server: ScriptedServer, _ tokens: TokenSource = .none) throws {
    self.init(
      address: try ServerAddress(server.url), trust: .system, tokens: tokens, app: "lifeos/9.9.9",
      world: .still())
  }
}

/// What `body` throws; nil where it throws nothing.
func failure(_ body: () throws(APIError) -> Void) -> APIError? {
  do throws(APIError) {
    try body()
    return nil
  } catch {
    return error
  }
}

/// A clock and dice for tests with a clock that can be set.
final class SetClock: Sendable {
  private let milliseconds: Mutex<Int64>
  init(_ milliseconds: Int64) { self.milliseconds = Mutex(milliseconds) }
  func set(_ milliseconds: Int64) { self.milliseconds.withLock { $0 = milliseconds } }
  var world: World {
    let still = World.still()
    return World(
      now: { Moment(milliseconds: self.milliseconds.withLock { $0 }) }, zone: still.zone,
      random: { UInt64.random(in: .min ... .max) })
  }
}

/// Runs `body` on `count` threads at once and waits for all of them.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let group = DispatchGroup()
  for index in 0..<count {
    group.enter()
    Thread.detachNewThread {
      body(index)
      group.leave()
    }
  }
  group.wait()
}
