internal import Foundation
internal import Kernel
internal import Synchronization
internal import TestKit
internal import Testing
@testable internal import Net
@testable internal import Wire

/// The stream of hints.
@Suite(.timeLimit(.minutes(2))) struct ListenTests {
  private static let head = http200(type: "text/event-stream")
  private static let space = EntryID(high: 0x0198, low: 0xF2)
  private static func hint(_ seq: Int) -> String {
    "id: \(seq)\nevent: head\ndata: {\"space\":\"\(space)\",\"head\":\(seq)}\n\n"
  }

  private static func http200(type: String) -> [UInt8] {
    Array("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
  }

  private static func chunk(_ text: String) -> [UInt8] {
    Array("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n".utf8)
  }

  private func hear(
    _ client: APIClient, upTo count: Int
  ) -> (events: [ServerEvent], error: APIError?) {
    var events: [ServerEvent] = []
    let error = failure { () throws(APIError) in
      try client.listen {
        events.append($0)
        return events.count < count
      }
    }
    return (events, error)
  }

  @Test func `hints and heartbeats come as they are sent`() throws {
    let text = "retry: 2000\n: hb\n" + Self.hint(7) + Self.hint(8) + "event: news\ndata: x\n\n"
    let server = ScriptedServer { _ in [.send(Self.head + Self.chunk(text)), .wait] }
    let heard = hear(try APIClient(server, .fixed("t")), upTo: 5)
    #expect(heard.error == nil)
    #expect(
      heard.events == [
        .connected, .heartbeat, .head(space: Self.space, seq: 7), .head(space: Self.space, seq: 8),
        .other("news"),
      ])
    #expect(server.heard.first?.line == "GET /api/v1/sync/events HTTP/1.1")
    #expect(server.heard.first?.headers["accept"] == "text/event-stream")
    #expect(server.heard.first?.headers["authorization"] == "Bearer t")
  }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func `every end of a line and every place of a cut reads alike`(_ end: String) {
    let text = (": hb\n" + Self.hint(1) + "data: a\ndata: b\n\n" + Self.hint(2))
    let bytes = Array(
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: end).utf8)
    let expected: [ServerEvent] = [
      .heartbeat, .head(space: Self.space, seq: 1), .other("message"),
      .head(space: Self.space, seq: 2),
    ]
    for cut in 0...bytes.count {
      var reader = EventReader()
      let first = reader.feed(Array(bytes[..<cut])) ?? []
      let second = reader.feed(Array(bytes[cut...])) ?? []
      #expect(first + second == expected, "\(cut)")
    }
  }

  @Test func `who comes and who goes is told, and half a word of it is nothing`() {
    let account = EntryID(high: 0xACC0, low: 7)
    func event(_ data: String) -> [ServerEvent]? {
      var reader = EventReader()
      return reader.feed(Array("event: presence\ndata: \(data)\n\n".utf8))
    }
    for isOnline in [true, false] {
      let data = #"{"space":"\#(Self.space)","account":"\#(account)","online":\#(isOnline)}"#
      #expect(
        event(data) == [.presence(space: Self.space, account: account, isOnline: isOnline)])
    }
    for data in [
      "", "x", "[]", "{}", #"{"space":"\#(Self.space)","account":"\#(account)"}"#,
      #"{"space":"\#(Self.space)","account":"12","online":true}"#,
      #"{"space":1,"account":"\#(account)","online":true}"#,
      #"{"space":"\#(Self.space)","account":"\#(account)","online":1}"#,
    ] {
      #expect(event(data) == [.other("presence")], "\(data)")
    }
  }

  @Test func `a line without end is no stream of hints`() {
    var reader = EventReader()
    #expect(reader.feed([UInt8](repeating: 0x61, count: EventReader.mostLineBytes)) == [])
    #expect(reader.feed([0x61]) == nil)
  }

  @Test func `any bytes at all can come`() {
    var source = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      var reader = EventReader()
      let bytes = (0..<200).map { _ in
        [10, 13, 58, 32, 100, 97, 116, UInt8.random(in: 0...255, using: &source)]
          .randomElement(using: &source)!
      }
      #expect(reader.feed(bytes) != nil)
    }
  }

  @Test func `a stream that falls silent is an error`() throws {
    let server = ScriptedServer { _ in [.send(Self.head + Self.chunk(": hb\n")), .wait] }
    var call = HTTPCall(try ServerAddress(server.url))
    call.timeout = nil
    call.silence = 150
    var pieces = 0
    do throws(TransportProblem) {
      try CurlTransport().stream(call) { _, bytes in
        pieces += 1
        return true
      }
      Issue.record("it ended well")
    } catch {
      guard case .silent = error else {
        Issue.record("\(error)")
        return
      }
    }
    #expect(pieces > 0)
  }

  @Test func `a stream that the server ends is an error`() throws {
    for ending in [Array("0\r\n\r\n".utf8), []] {
      let server = ScriptedServer { _ in
        [.send(Self.head + Self.chunk(Self.hint(3)) + ending), .close]
      }
      let heard = hear(try APIClient(server, .fixed("t")), upTo: 99)
      #expect(heard.error?.code == .unreachable)
      #expect(heard.events.contains(.head(space: Self.space, seq: 3)))
    }
  }

  @Test func `an interruption ends the stream without an error`() throws {
    let server = ScriptedServer { _ in [.send(Self.head + Self.chunk(": hb\n")), .wait] }
    let client = try APIClient(server, .fixed("t"))
    var count = 0
    try client.listen { event in
      count += 1
      if event == .heartbeat { Thread.detachNewThread { client.interrupt() } }
      return true
    }
    #expect(count == 2)
  }

  @Test func `calls go on beside a stream`() throws {
    let server = ScriptedServer {
      $0.line.contains("events")
        ? [.send(Self.head + Self.chunk(": hb\n")), .wait] : [.send(http(body: health.bytes))]
    }
    let client = try APIClient(server, .fixed("t"))
    var reply: HealthReply?
    try client.listen { event in
      if event == .heartbeat { reply = try? client.call(Routes.health, Nothing()) }
      return event != .heartbeat
    }
    #expect(reply == health)
  }

  @Test func `a page in place of a stream is named`() throws {
    let server = ScriptedServer(always: http(200, type: "text/html", body: "<html>"))
    #expect(hear(try APIClient(server, .fixed("t")), upTo: 1).error?.code == .notLifeos)
    let limited = ScriptedServer(always: refusal(429, .rateLimited))
    #expect(hear(try APIClient(limited, .fixed("t")), upTo: 1).error?.code == .rateLimited)
  }
}
