internal import Foundation
internal import Kernel
internal import Synchronization
internal import TestKit
internal import Testing
@testable internal import Net
@testable internal import Wire

/// Calls without a token, and all that can answer them.
@Suite(.timeLimit(.minutes(2))) struct CallTests {
  private func error(_ answer: [UInt8]) throws -> APIError? {
    let server = ScriptedServer(always: answer)
    let client = try APIClient(server)
    return failure { () throws(APIError) in _ = try client.call(Routes.health, Nothing()) }
  }

  @Test func `an answer comes as the message it is, over one connection`() throws {
    let server = ScriptedServer(always: http(body: health.bytes))
    let client = try APIClient(server)
    for _ in 0..<3 { #expect(try client.call(Routes.health, Nothing()) == health) }
    #expect(server.connections == 1)
    let heard = try #require(server.heard.first)
    #expect(heard.line == "GET /api/health HTTP/1.1")
    #expect(heard.headers["user-agent"] == "lifeos/9.9.9")
    #expect(heard.headers["accept"] == "application/json")
    #expect(heard.headers["accept-encoding"]?.contains("gzip") == true)
    #expect(heard.headers["authorization"] == nil)
    #expect(Set(server.heard.compactMap { $0.headers["x-request-id"] }).count == 3)
  }

  @Test func `a long message goes packed, a short one as it is`() throws {
    let server = ScriptedServer(always: refusal(401, .invalidCredentials))
    let client = try APIClient(server)
    let device = DeviceInfo(id: EntryID(high: 1, low: 1), name: "desk", app: "lifeos/9.9.9")
    for length in [10, 1024] {
      let query = LoginQuery(
        user: "ada", password: String(repeating: "p", count: length), device: device)
      let error = failure { () throws(APIError) in _ = try client.call(Routes.login, query) }
      #expect(error?.code == .invalidCredentials)
      #expect(error?.status == 401)
      let heard = try #require(server.heard.last)
      #expect(heard.line == "POST /api/v1/auth/login HTTP/1.1")
      #expect(heard.headers["content-type"] == "application/json")
      #expect(heard.headers["content-encoding"] == (length == 10 ? nil : "gzip"))
      let plain = length == 10 ? heard.body : try Gzip.unpack(heard.body, limit: 10_000)
      #expect(try LoginQuery(bytes: plain) == query)
    }
  }

  @Test func `an answer cut at any byte is no answer`() throws {
    let whole = http(body: health.bytes)
    let server = ScriptedServer { [.send(Array(whole[..<$0.number])), .close] }
    let client = try APIClient(server)
    for length in 0..<whole.count {
      let error = failure { () throws(APIError) in _ = try client.call(Routes.health, Nothing()) }
      #expect(error != nil, "\(length)")
      #expect(
        error?.code == .unreachable || error?.code == .notLifeos,
        "\(length): \(String(describing: error))")
    }
    #expect(server.heard.count == whole.count)
  }

  @Test func `an answer in pieces of one byte is whole`() throws {
    let whole = http(body: health.bytes)
    let server = ScriptedServer { _ in whole.map { .send([$0]) } }
    #expect(try APIClient(server).call(Routes.health, Nothing()) == health)
  }

  @Test func `a packed answer is unpacked`() throws {
    let packed = try #require(Gzip.pack(health.bytes))
    let server = ScriptedServer(always: http(200, ["Content-Encoding: gzip"], body: packed))
    #expect(try APIClient(server).call(Routes.health, Nothing()) == health)
  }

  @Test func `an answer that only says that it is packed is damaged`() throws {
    let answer = try error(http(200, ["Content-Encoding: gzip"], body: health.bytes))
    #expect(answer?.code == .unreachable)
    #expect(answer?.message.contains("damaged") == true)
  }

  @Test func `a packed answer cut in its middle is no answer`() throws {
    let packed = try #require(Gzip.pack(health.bytes))
    for length in [1, 10, packed.count / 2, packed.count - 9] {
      let cut = Array(packed[..<length])
      let answer = try error(http(200, ["Content-Encoding: gzip"], body: cut))
      #expect(answer != nil, "\(length)")
    }
  }

  @Test func `a small answer that unpacks without end is given up early`() throws {
    let bomb = try #require(Gzip.pack([UInt8](repeating: 0x20, count: 32 << 20)))
    #expect(bomb.count < 200_000)
    let answer = try error(http(200, ["Content-Encoding: gzip"], body: bomb))
    #expect(answer?.code == .notLifeos)
    #expect(answer?.message.contains("longer") == true)
  }

  @Test func `headers without end are given up`() throws {
    let flood = (0..<5000).map { "X-Header-\($0): \(String(repeating: "x", count: 100))" }
    let answer = try error(http(200, flood, body: health.bytes))
    #expect(answer?.code == .notLifeos)
    #expect(answer?.message.contains("head") == true)
  }

  @Test func `a login page in place of an answer is named`() throws {
    for status in [200, 401, 404, 511] {
      let answer = try error(
        http(status, type: "text/html; charset=utf-8", body: "<html>Welcome</html>"))
      #expect(answer?.code == .notLifeos)
      #expect(answer?.status == status)
      #expect(answer?.message.contains("web page") == true)
    }
  }

  @Test func `a redirect is not followed`() throws {
    let other = ScriptedServer(always: http(body: health.bytes))
    for status in [301, 302, 307, 308] {
      let answer = try error(
        http(status, ["Location: \(other.url)/api/health"], type: nil, body: ""))
      #expect(answer?.code == .notLifeos)
      #expect(answer?.details["location"] == other.url + "/api/health")
    }
    #expect(other.connections == 0)
  }

  @Test func `refusals keep their status, code, words and wait`() throws {
    var full = APIError(
      status: 429, code: .rateLimited, message: "Too often.", details: ["what": "login"],
      requestID: "r1", retryAfter: 7)
    #expect(try error(http(429, body: full.json.bytes)) == full)
    full.retryAfter = nil
    full.requestID = nil
    let answer = try error(
      http(429, ["Retry-After: 12", "X-Request-Id: r2"], body: full.json.bytes))
    #expect(answer?.retryAfter == 12)
    #expect(answer?.requestID == "r2")
    #expect(try error(http(418, body: "{\"error\":{\"code\":\"new_code\"}}"))?.code == "new_code")
  }

  @Test func `a proxy before a server that is down is no stranger`() throws {
    for status in [500, 502, 503, 504] {
      let answer = try error(
        http(status, ["Retry-After: 3"], type: "text/html", body: "<html>Bad</html>"))
      #expect(answer?.code == .unavailable)
      #expect(answer?.status == status)
      #expect(answer?.retryAfter == 3)
    }
    #expect(try error(http(413, type: "text/html", body: "<html>"))?.code == .tooLarge)
    #expect(try error(http(429, type: "text/html", body: "<html>"))?.code == .rateLimited)
  }

  @Test func `JSON that is no message names the place, not the value`() throws {
    let answer = try error(http(body: "{\"status\":\"secret\"}"))
    #expect(answer?.code == .notLifeos)
    #expect(answer?.message.contains("secret") == false)
    #expect(try error(http(body: "no json"))?.code == .notLifeos)
    #expect(try error(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8) + [0, 1, 2])?.code != nil)
  }

  @Test func `nobody at the port is told as such`() throws {
    let server = ScriptedServer(always: [])
    let client = try APIClient(server)
    server.stop()
    let error = failure { () throws(APIError) in _ = try client.call(Routes.health, Nothing()) }
    #expect(error?.code == .unreachable)
    #expect(error?.message == "127.0.0.1 refuses the connection")
  }

  @Test func `a server that never answers is left after a while`() throws {
    let server = ScriptedServer { _ in [.wait] }
    var call = HTTPCall(try ServerAddress(server.url))
    call.timeout = 100
    let transport = CurlTransport()
    #expect(throws: TransportProblem.self) { try transport.send(call) }
    do throws(TransportProblem) {
      _ = try transport.send(call)
    } catch {
      #expect(error.error(call.address).message == "127.0.0.1 did not answer in time")
    }
  }

  @Test func `an interruption ends what is under way, and nothing after`() throws {
    let server = ScriptedServer { $0.number == 0 ? [.wait] : [.send(http(body: health.bytes))] }
    let client = try APIClient(server)
    let interrupter = Thread {
      _ = server.wait { !$0.isEmpty }
      client.interrupt()
    }
    interrupter.start()
    let error = failure { () throws(APIError) in _ = try client.call(Routes.health, Nothing()) }
    #expect(error?.message == "interrupted")
    #expect(try client.call(Routes.health, Nothing()) == health)
  }

  @Test func `a connection that died while it was idle is made anew`() throws {
    let server = ScriptedServer { _ in [.send(http(body: health.bytes)), .close] }
    let client = try APIClient(server)
    for _ in 0..<5 { #expect(try client.call(Routes.health, Nothing()) == health) }
    #expect(server.connections == 5)
  }

  @Test func `many threads can call at once`() throws {
    let server = ScriptedServer(always: http(body: health.bytes))
    let client = try APIClient(server)
    let good = Atomic<Int>(0)
    onThreads(8) { _ in
      for _ in 0..<20 where (try? client.call(Routes.health, Nothing())) == health {
        good.wrappingAdd(1, ordering: .relaxed)
      }
    }
    #expect(good.load(ordering: .relaxed) == 160)
  }

  @Test func `nothing goes unencrypted to another machine unless that is allowed`() throws {
    let address = try ServerAddress("http://192.0.2.1:9")
    let client = APIClient(
      address: address, trust: .system, tokens: .none, app: "lifeos/1", world: .still())
    let error = failure { () throws(APIError) in _ = try client.call(Routes.health, Nothing()) }
    #expect(error?.code == .untrusted)
  }
}
