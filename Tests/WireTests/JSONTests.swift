internal import Kernel
internal import Testing
internal import Wire

/// JSON from anybody: RFC 8259, strictly.
struct JSONTests {
  private func read(_ text: String) throws(WireError) -> JSON {
    try JSON(bytes: Array(text.utf8))
  }

  @Test(
    arguments: [
      ("null", .null), (" true ", .flag(true)), ("false\n", .flag(false)), ("0", .number(0)),
      ("-1", .number(-1)), ("9223372036854775807", .number(.max)),
      ("-9223372036854775808", .number(.min)),
      ("9223372036854775808", .fraction("9223372036854775808")),
      ("-9223372036854775809", .fraction("-9223372036854775809")),
      ("18446744073709551616", .fraction("18446744073709551616")),
      ("184467440737095516160", .fraction("184467440737095516160")),
      ("-0", .fraction("-0")), ("1.50", .fraction("1.50")), ("1e3", .fraction("1e3")),
      ("-2E-07", .fraction("-2E-07")), ("\"\"", ""), ("[]", []), ("{}", [:]),
      ("[1, [2],\t{\"a\" : \"b\"} ]", [1, [2], ["a": "b"]]),
      (#""\"\\\/\b\f\n\r\t\u00e9\u2028""#, "\"\\/\u{8}\u{C}\n\r\té\u{2028}"),
      (#""\ud83d\ude00 \uD83D\uDE00""#, "😀 😀"), ("\"é😀\u{7F}\"", "é😀\u{7F}"),
      (#""\u0000""#, "\u{0}"),
    ] as [(String, JSON)])
  func `valid JSON is read`(text: String, json: JSON) throws {
    #expect(try read(text) == json)
  }

  @Test(arguments: [
    "", " ", "nul", "nulL", "tru", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5",
    "1.e3", "1e", "1e+", "0x10", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{\"a\"",
    "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{1:2}", "1 2", "{}{}",
    "\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u+123\"", "'a'",
    "\"a\nb\"", "\"\u{0}\"", "\u{FEFF}1", "// 1", "1//", "\"\\ud800\"", "\"\\udc00\"",
    "\"\\ud800\\u0041\"", "\"\\ud800\\\"", "\"\\ud83d\\ud83d\"", "\u{0}", "1\u{0}", "1\u{A0}",
  ])
  func `anything else is refused`(text: String) {
    #expect(throws: WireError.self) { try read(text) }
  }

  @Test(
    arguments: [
      [0x22, 0x80, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0xAF, 0x22],
      [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22],
      [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], [0xFF], [0xC3, 0xA9],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
    #expect(throws: WireError.self) { try JSON(bytes: bytes) }
    // Also where nobody reads them: without them, the first member that is missing is told.
    let unread = Array("{\"unknown\":".utf8) + bytes + Array("}".utf8)
    let error = #expect(throws: WireError.self) { try ExchangeRequest(bytes: unread) }
    #expect(error?.reason != "missing")
  }

  @Test func `nesting ends at 32`() throws {
    let deepest = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(try read(deepest).items != nil)
    #expect(throws: WireError.self) { try read("[\(deepest)]") }
    for opening in ["[", "{\"a\":", "[{\"a\":"] {
      let text = String(repeating: opening, count: 1_000_000)
      #expect(throws: WireError.self) { try read(text) }
    }
  }

  @Test func `a text without an end is refused`() {
    let endless = [UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "a"), count: 4 << 20)
    #expect(throws: WireError.self) { try JSON(bytes: endless) }
    let escapes = [UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "\\"), count: 4 << 20)
    #expect(throws: WireError.self) { try JSON(bytes: escapes) }
  }

  @Test func `the last of equal keys counts`() throws {
    let json = try read(#"{"a":1,"b":2,"a":3,"\u0061":4}"#)
    #expect(json["a"] == 4)
    #expect(json["b"] == 2)
    #expect(json["c"] == nil)
  }

  @Test func `errors tell the path and the byte and not the value`() throws {
    let error = #expect(throws: WireError.self) {
      try read(#"{"list":[1,{"secret":"hunter2","next":hunter3}]}"#)
    }
    #expect(error?.path == "list[1].next")
    #expect(error?.reason == "no JSON value, at byte 38")
    let strange = #expect(throws: WireError.self) { try read(#"{"a b\u001b[2J":[hunter2]}"#) }
    #expect(strange?.path == "?[0]")
  }

  @Test func `control characters leave escaped`() {
    let json: JSON = .text("\u{0}\u{1}\n\u{1B}[\u{7F}\u{80}\u{9F}\u{A0}\"\\/é😀")
    #expect(
      String(decoding: json.bytes, as: UTF8.self)
        == #""\u0000\u0001\n\u001b[\u007f\u0080\u009f"# + "\u{A0}" + #"\"\\/é😀""#)
  }

  @Test func `what is written reads as the same`() throws {
    var messages = RandomMessages(seed: 7)
    for _ in 0..<300 {
      let json = tree(&messages, depth: 0)
      #expect(try JSON(bytes: json.bytes) == json)
    }
  }

  @Test func `every cut and many changes of a document are refused or read`() throws {
    var messages = RandomMessages(seed: 8)
    let json: JSON = ["a": [1, "é\n", nil, true, ["b": .fraction("1.5e3")]], "c": ["d": ""]]
    for end in json.bytes.indices {
      #expect(throws: WireError.self) { try JSON(bytes: Array(json.bytes[..<end])) }
    }
    var accepted = 0
    for _ in 0..<3_000 {
      var bytes = json.bytes
      bytes[messages.count(bytes.count - 1)] = UInt8(messages.count(255))
      let changed: JSON
      do { changed = try JSON(bytes: bytes) } catch { continue }
      accepted += 1
      #expect(try JSON(bytes: changed.bytes) == changed)
    }
    #expect(accepted > 100)
    for _ in 0..<3_000 {
      let bytes = (0...messages.count(20)).map { _ in UInt8(messages.count(255)) }
      do {
        let changed = try JSON(bytes: bytes)
        #expect(try JSON(bytes: changed.bytes) == changed)
      } catch { continue }
    }
  }

  private func tree(_ messages: inout RandomMessages, depth: Int) -> JSON {
    switch messages.count(depth < 6 ? 6 : 4) {
    case 0: .null
    case 1: .flag(messages.chance(2))
    case 2: .number(Int64(bitPattern: messages.word()) >> Int64(messages.count(63)))
    case 3: .fraction("-\(messages.seq()).\(messages.count(99))e-\(messages.count(99))")
    case 4: .text(messages.text())
    case 5: .list((0..<messages.count(4)).map { _ in tree(&messages, depth: depth + 1) })
    default:
      .object(
        (0..<messages.count(4)).map { _ in
          JSON.Member(messages.text(), tree(&messages, depth: depth + 1))
        })
    }
  }
}
