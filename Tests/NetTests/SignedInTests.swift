internal import Foundation
internal import Kernel
internal import TestKit
internal import Testing
@testable internal import Net
@testable internal import Wire

/// Calls with a token: one refusal, one renewal, one more try.
@Suite(.timeLimit(.minutes(2))) struct SignedInTests {
  private let folder = TemporaryFolder()
  private var file: TokenFile { TokenFile(folder: folder.file("data")) }

  private static let me = MeReply(
    id: EntryID(high: 1, low: 1), user: "ada", email: nil, created: Moment(milliseconds: 1),
    serverID: EntryID(high: 2, low: 2), spaces: [], now: Moment(milliseconds: 2))

  /// Accepts the tokens that `good` names, and renews to "g1".
  private func server(good: Set<String>, _ reply: [UInt8]) -> ScriptedServer {
    ScriptedServer { heard in
      if heard.line.contains("auth/refresh") {
        return [.send(http(body: tokens("g1").bytes))]
      }
      let token = heard.headers["authorization"]?.dropFirst("Bearer ".count)
      let isGood = good.contains { token == accessToken($0)[...] }
      return [.send(isGood ? reply : refusal(401, .tokenExpired))]
    }
  }

  private func client(_ server: ScriptedServer) throws -> APIClient {
    try file.save(credentials("g0", received: Moment(milliseconds: 1_795_176_000_000)))
    return try APIClient(server, .file(file))
  }

  @Test func `a refused token is renewed once and the call made again`() throws {
    let server = server(good: ["g1"], http(body: Self.me.bytes))
    let client = try client(server)
    #expect(try client.call(Routes.me, Nothing()) == Self.me)
    #expect(try client.call(Routes.me, Nothing()) == Self.me)
    #expect(
      server.heard.map(\.line) == [
        "GET /api/v1/auth/me HTTP/1.1", "POST /api/v1/auth/refresh HTTP/1.1",
        "GET /api/v1/auth/me HTTP/1.1", "GET /api/v1/auth/me HTTP/1.1",
      ])
    #expect(server.heard[1].headers["authorization"] == nil)
    let query = try RefreshQuery(bytes: server.heard[1].body)
    #expect(query.refresh == "refresh-g0")
    #expect(query.idem.utf8.count == 32)
    #expect(try file.load()?.tokens == tokens("g1"))
  }

  @Test func `a token that is refused twice ends in a sign-in`() throws {
    let server = server(good: [], http(body: Self.me.bytes))
    let client = try client(server)
    let error = failure { () throws(APIError) in _ = try client.call(Routes.me, Nothing()) }
    #expect(error?.code == .needsSignIn)
    #expect(server.heard.count == 3)
    #expect(try file.load()?.tokens == tokens("g1"))
  }

  @Test func `a wrong password is not the token's fault`() throws {
    let server = ScriptedServer(always: refusal(401, .invalidCredentials))
    let client = try client(server)
    let error = failure { () throws(APIError) in
      _ = try client.call(Routes.deleteAccount, DeleteAccountQuery(password: "wrong"))
    }
    #expect(error?.code == .invalidCredentials)
    #expect(server.heard.count == 1)
  }

  @Test func `a login page does not end the session`() throws {
    let server = ScriptedServer(always: http(401, type: "text/html", body: "<html>"))
    let client = try client(server)
    let error = failure { () throws(APIError) in _ = try client.call(Routes.me, Nothing()) }
    #expect(error?.code == .notLifeos)
    #expect(server.heard.count == 1)
  }

  @Test func `a stream that is refused is renewed too`() throws {
    let head = Array("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".utf8)
    let server = server(good: ["g1"], head + Array(": hb\n".utf8))
    let client = try client(server)
    var events: [ServerEvent] = []
    try client.listen {
      events.append($0)
      return $0 != .heartbeat
    }
    #expect(events == [.connected, .heartbeat])
    #expect(server.heard.count == 3)
  }

  @Test func `ids stand in the path, the rest behind it`() throws {
    let server = ScriptedServer(always: http(204, type: nil, body: ""))
    let client = try APIClient(server, .fixed("t"))
    let id = EntryID(high: 0xAB, low: 0xCD)
    _ = try client.call(Routes.revoke, IDQuery(id: id))
    #expect(server.heard.last?.line == "DELETE /api/v1/auth/sessions/\(id) HTTP/1.1")
    let query = SnapshotQuery(
      space: id, after: SnapshotKey(kind: Kind("a&b c"), row: EntryID(high: 1, low: 1)))
    let target = Routes.snapshot.target(for: query)
    #expect(target.hasPrefix("/api/v1/sync/snapshot?"))
    #expect(target.contains("space=\(id)"))
    #expect(target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    #expect(target.filter { $0 == "&" }.count == 1)
  }

  @Test func `a body goes where the method has one, and without what the path says`() throws {
    let server = ScriptedServer(always: http(204, type: nil, body: ""))
    let client = try APIClient(server, .fixed("t"))
    let (id, account) = (EntryID(high: 0xAB, low: 0xCD), EntryID(high: 1, low: 2))
    // The answer is none of a group; what went up is what counts here.
    _ = failure { () throws(APIError) in
      _ = try client.call(Routes.changeRole, RoleQuery(id: id, account: account, role: "admin"))
    }
    let change = try #require(server.heard.last)
    #expect(change.line == "PATCH /api/v1/groups/\(id)/members/\(account) HTTP/1.1")
    #expect(change.headers["content-type"] == "application/json")
    #expect(String(decoding: change.body, as: UTF8.self) == #"{"role":"admin"}"#)
    _ = try client.call(Routes.invite, InviteQuery(id: id, user: "b é"))
    let invite = try #require(server.heard.last)
    #expect(invite.line == "POST /api/v1/groups/\(id)/invitations HTTP/1.1")
    #expect(String(decoding: invite.body, as: UTF8.self) == #"{"user":"b é"}"#)
    _ = try client.call(Routes.leaveGroup, IDQuery(id: id))
    #expect(server.heard.last?.line == "POST /api/v1/groups/\(id)/leave HTTP/1.1")
    #expect(server.heard.last?.body == Array("{}".utf8))
    _ = failure { () throws(APIError) in
      _ = try client.call(Routes.removeMember, MemberQuery(id: id, account: account))
    }
    #expect(
      server.heard.last?.line == "DELETE /api/v1/groups/\(id)/members/\(account) HTTP/1.1")
    #expect(server.heard.last?.body == [])
  }

  @Test func `an exchange goes up packed and its faults come back as themselves`() throws {
    let epoch = EntryID(high: 9, low: 9)
    let answers = [
      http(body: Self.reply.bytes),
      http(409, body: ExchangeFault.diverged(epoch: epoch).error.json.bytes),
    ]
    let server = ScriptedServer { [.send(answers[min($0.number, 1)])] }
    let client = try APIClient(server, .fixed("t"))
    #expect(try client.call(Routes.exchange, Self.request) == Self.reply)
    let heard = try #require(server.heard.first)
    #expect(heard.headers["content-encoding"] == "gzip")
    let body = try Gzip.unpack(heard.body, limit: 1 << 20)
    #expect(try ExchangeRequest(bytes: body) == Self.request)
    let error = failure { () throws(APIError) in
      _ = try client.call(Routes.exchange, Self.request)
    }
    #expect(error.flatMap { ExchangeFault($0) } == .diverged(epoch: epoch))
  }

  private static let request: ExchangeRequest = {
    let ops = (0..<40).map { index in
      Op(
        id: EntryID(high: 1, low: UInt64(index)), stamp: Stamp(bits: UInt64(index) << 16),
        kind: Kind("journal"), row: EntryID(high: 2, low: UInt64(index)),
        fields: ["title": .text("Friday \(index)")],
        group: EntryID(high: 1, low: UInt64(index)))
    }
    return ExchangeRequest(
      space: EntryID(high: 1, low: 2), device: EntryID(high: 3, low: 4), number: 1, app: "lifeos/1",
      epoch: nil, cursor: .start, seen: .start, now: Moment(milliseconds: 9), want: 5000,
      repairs: [], ops: ops)
  }()

  private static let reply = ExchangeReply(
    epoch: EntryID(high: 5, low: 5), next: LogPoint(seq: 4, chain: 5),
    head: LogPoint(seq: 4, chain: 5), digest: 6, registers: 7, now: Moment(milliseconds: 10),
    greatest: Stamp(bits: 11))
}
