internal import Kernel
internal import Testing
internal import Wire

/// The messages of an exchange as bytes: sync.md, section 6.
struct ExchangeCodingTests {
  @Test func `random requests come back as they were`() throws {
    var messages = RandomMessages(seed: 1)
    for _ in 0..<300 {
      let request = messages.request()
      #expect(try ExchangeRequest(bytes: request.bytes) == request)
      #expect(try ExchangeRequest(json: request.json) == request)
    }
  }

  @Test func `random replies come back as they were`() throws {
    var messages = RandomMessages(seed: 2)
    for _ in 0..<300 {
      let reply = messages.reply()
      #expect(try ExchangeReply(bytes: reply.bytes) == reply)
      #expect(try ExchangeReply(json: reply.json) == reply)
    }
  }

  @Test func `random snapshot pages come back as they were`() throws {
    var messages = RandomMessages(seed: 3)
    for _ in 0..<300 {
      let page = messages.page()
      #expect(try SnapshotPage(bytes: page.bytes) == page)
      #expect(try SnapshotPage(json: page.json) == page)
    }
  }

  @Test func `a request is written as the design says`() throws {
    let request = Example.request
    #expect(String(decoding: request.bytes, as: UTF8.self) == Example.requestText)
    #expect(try ExchangeRequest(bytes: Array(Example.requestText.utf8)) == request)
  }

  @Test func `a reply is written as the design says`() throws {
    let reply = Example.reply
    #expect(String(decoding: reply.bytes, as: UTF8.self) == Example.replyText)
    #expect(try ExchangeReply(bytes: Array(Example.replyText.utf8)) == reply)
  }

  @Test func `a snapshot page is written as the design says`() throws {
    let page = Example.page
    #expect(String(decoding: page.bytes, as: UTF8.self) == Example.pageText)
    #expect(try SnapshotPage(bytes: Array(Example.pageText.utf8)) == page)
  }

  @Test func `all verdicts have their words`() throws {
    let id = "0000000000000000" + "0000000000000001"
    let words: [(String, Verdict)] = [
      ("\"ok\",7", .ok(seq: 7, stamp: nil)),
      ("\"ok\",7,\"000000000000000a\"", .ok(seq: 7, stamp: Stamp(bits: 10))),
      ("\"ahead\"", .ahead), ("\"skipped\"", .skipped), ("\"invalid\"", .refused(.invalid)),
      ("\"too_large\"", .refused(.tooLarge)), ("\"forbidden\"", .refused(.forbidden)),
      ("\"quota\"", .refused(.quota)), ("\"conflict_id\"", .refused(.conflictID)),
    ]
    for (word, verdict) in words {
      var reply = Example.reply
      reply.verdicts = [EntryID(high: 0, low: 1): verdict]
      let text = String(decoding: reply.bytes, as: UTF8.self)
      #expect(text.contains("\"res\":[[\"\(id)\",\(word)]]"))
      #expect(try ExchangeReply(bytes: Array(text.utf8)) == reply)
    }
  }

  @Test func `a verdict of a later version puts the operation aside`() throws {
    let text = Example.replyText.replacing("\"ahead\"", with: "\"too_blue\"")
    let reply = try ExchangeReply(bytes: Array(text.utf8))
    #expect(reply.verdicts[Example.id(0x1AB)] == .refused(.invalid))
  }

  @Test func `members that nobody knows are ignored everywhere`() throws {
    let extra = "{\"later\":{\"a\":[1.5e3,{\"b\":\"\\u00e9\"}]},"
    let places = ["{\"op\":", "{\"s\":", "{\"seq\":", "{\"v\":", "{\"id\":", "{\"epoch\":"]
    for text in [Example.requestText, Example.replyText] {
      var more = text
      for place in places { more = more.replacing(place, with: extra + place.dropFirst()) }
      #expect(more.utf8.count > text.utf8.count + 3 * extra.utf8.count)
      if text == Example.requestText {
        #expect(try ExchangeRequest(bytes: Array(more.utf8)) == Example.request)
      } else {
        #expect(try ExchangeReply(bytes: Array(more.utf8)) == Example.reply)
      }
    }
  }

  @Test func `the order of members means nothing and the last of two counts`() throws {
    let text = Example.requestText.replacing("{\"v\":1,", with: "{\"rseq\":1,\"v\":1,\"ops\":[],")
    #expect(try ExchangeRequest(bytes: Array(text.utf8)) == Example.request)
    let late = Example.requestText.replacing("\"title\":", with: "\"title\":5,\"title\":")
    #expect(try ExchangeRequest(bytes: Array(late.utf8)) == Example.request)
    let escaped = Example.requestText.replacing("\"op\"", with: "\"\\u006fp\"")
    #expect(try ExchangeRequest(bytes: Array(escaped.utf8)) == Example.request)
  }

  @Test func `a round with nothing to do is short`() throws {
    var request = Example.request
    (request.ops, request.seen) = ([], request.cursor)
    var reply = Example.reply
    (reply.verdicts, reply.page, reply.devices, reply.next) = ([:], [], [:], reply.head)
    #expect(request.bytes.count + reply.bytes.count < 500)
    #expect(try ExchangeRequest(bytes: request.bytes) == request)
    #expect(try ExchangeReply(bytes: reply.bytes) == reply)
  }

  @Test(arguments: [
    ("\"title\":\"Friday\"", "\"title\":1.5", "ops[0].f.title"),
    ("\"title\":\"Friday\"", "\"title\":[1]", "ops[0].f.title"),
    ("\"title\":\"Friday\"", "\"title\":-0", "ops[0].f.title"),
    ("\"title\":\"Friday\"", "\"title\":9007199254740992", "ops[0].f.title"),
    ("\"title\":\"Friday\"", "\"title\":-9007199254740992", "ops[0].f.title"),
    ("\"title\":\"Friday\"", "\"title\":NaN", "ops[0].f.title"),
    ("\"title\":\"Friday\"", "\"title\":\"a\\u0000b\"", "ops[0].f.title"),
    ("\"title\":\"Friday\"", "\"title\":\"\\ud800\"", "ops[0].f.title"),
    ("\"title\":\"Friday\"", "\"\\u0007\\n\":{}", "ops[0].f.?"),
    ("\"c\":\"task\"", "\"c\":null", "ops[2].c"), ("\"c\":\"task\",", "", "ops[2].c"),
    ("\"t\":\"01a1f640bc7b0002\"", "\"t\":\"1a1f640bc7b0002\"", "ops[2].t"),
    ("\"t\":\"01a1f640bc7b0002\"", "\"t\":\"01a1f640bc7b000g\"", "ops[2].t"),
    ("\"v\":1", "\"v\":2", "v"), ("\"rseq\":412", "\"rseq\":-1", "rseq"),
    ("\"seq\":88140", "\"seq\":88140.0", "seen.seq"), ("\"want\":5000,", "", "want"),
    ("\"ops\":[", "\"rep\":[[\"journal\",7]],\"ops\":[", "rep[0][1]"),
  ])
  func `a broken value is refused with its place and without itself`(
    part: String, broken: String, path: String
  ) throws {
    let text = Example.requestText.replacing(part, with: broken)
    #expect(text != Example.requestText)
    let error = #expect(throws: WireError.self) {
      try ExchangeRequest(bytes: Array(text.utf8))
    }
    #expect(error?.path == path)
    #expect(error?.reason.contains("Friday") == false)
  }

  @Test func `messages cut at any byte are refused`() {
    for text in [Example.requestText, Example.replyText, Example.pageText] {
      let bytes = Array(text.utf8)
      for end in bytes.indices {
        let part = Array(bytes[..<end])
        #expect(throws: WireError.self) { try ExchangeRequest(bytes: part) }
        #expect(throws: WireError.self) { try ExchangeReply(bytes: part) }
        #expect(throws: WireError.self) { try SnapshotPage(bytes: part) }
      }
    }
  }

  @Test func `bytes changed at random are refused or read as what can be written`() throws {
    var random = Seeded(4)
    let texts = [Example.requestText, Example.replyText, Example.pageText].map { Array($0.utf8) }
    var accepted = 0
    for turn in 0..<3_000 {
      var bytes = texts[turn % 3]
      for _ in 0...Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      accepted += try isStable(ExchangeRequest.self, bytes)
      accepted += try isStable(ExchangeReply.self, bytes)
      accepted += try isStable(SnapshotPage.self, bytes)
    }
    #expect(accepted > 50)
  }

  /// 1 for a message that reads, writes and reads as the same; 0 for what is refused.
  private func isStable<Message: WireMessage & Equatable>(
    _ type: Message.Type, _ bytes: [UInt8]
  ) throws -> Int {
    let message: Message
    do { message = try Message(bytes: bytes) } catch { return 0 }
    #expect(try Message(bytes: message.bytes) == message)
    return 1
  }
}
