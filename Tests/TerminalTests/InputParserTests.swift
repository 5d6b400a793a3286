internal import TUI
internal import Terminal
internal import Testing

@Suite struct InputParserTests {
  private func parse(_ text: String) -> [Input] {
    var parser = InputParser()
    return parser.feed(Array(text.utf8)) + (parser.patience == nil ? [] : parser.timeUp())
  }

  private static let known: [(String, Key)] = [
    ("a", .character("a")), ("\r", Key(.enter)), ("\n", .control("j")), ("\t", Key(.tab)),
    ("\u{7f}", Key(.backspace)), ("\u{8}", .control("h")), ("\u{0}", .control(" ")),
    ("\u{1f}", .control("_")), ("\u{1b}", Key(.escape)),
    ("\u{1b}b", Key(.character("b"), alt: true)),
    ("\u{1b}B", Key(.character("B"), alt: true)), ("\u{1b}\r", Key(.enter, alt: true)),
    ("\u{1b}\u{7f}", Key(.backspace, alt: true)), ("\u{1b}é", Key(.character("é"), alt: true)),
    ("\u{1b}[", Key(.character("["), alt: true)), ("\u{1b}]", Key(.character("]"), alt: true)),
    ("\u{1b}O", Key(.character("O"), alt: true)), ("\u{1b}P", Key(.character("P"), alt: true)),
    ("\u{1b}[A", Key(.up)), ("\u{1b}OA", Key(.up)), ("\u{1b}[1;3A", Key(.up, alt: true)),
    ("\u{1b}\u{1b}[A", Key(.up, alt: true)),
    ("\u{1b}[1;6D", Key(.left, control: true, shift: true)),
    ("\u{1b}Oc", Key(.right, control: true)), ("\u{1b}[d", Key(.left, shift: true)),
    ("\u{1b}[H", Key(.home)), ("\u{1b}[1~", Key(.home)), ("\u{1b}[7~", Key(.home)),
    ("\u{1b}[4~", Key(.end)), ("\u{1b}OF", Key(.end)), ("\u{1b}[3;5~", Key(.delete, control: true)),
    ("\u{1b}[5^", Key(.pageUp, control: true)), ("\u{1b}[Z", Key(.backTab)),
    ("\u{1b}[[A", Key(.function(1))), ("\u{1b}OS", Key(.function(4))),
    ("\u{1b}[1;2R", Key(.function(3), shift: true)), ("\u{1b}[15~", Key(.function(5))),
    ("\u{1b}[24;2~", Key(.function(12), shift: true)), ("\u{1b}Op", .character("0")),
    ("\u{1b}OM", Key(.enter)), ("\u{1b}[27u", Key(.escape)),
    ("\u{1b}[13;5u", Key(.enter, control: true)),
    ("\u{1b}[97;5u", .control("a")), ("\u{1b}[97;2u", .character("A")),
    ("\u{1b}[27;5;105~", .control("i")), ("\u{1b}[9;2u", Key(.backTab)),
    ("\u{1b}[1;1:1B", Key(.down)),
  ]

  @Test(arguments: known)
  func `keys have their names`(_ bytes: String, _ key: Key) {
    #expect(parse(bytes) == [.key(key)])
  }

  @Test func `scalars that arrive together are one character`() {
    #expect(parse("e\u{301}x") == [.key(.character("e\u{301}")), .key(.character("x"))])
    #expect(parse("👨‍👩‍👧🇩🇪") == [.key(.character("👨‍👩‍👧")), .key(.character("🇩🇪"))])
  }

  @Test func `bytes that are no UTF-8 become replacement characters`() {
    var parser = InputParser()
    let replaced = Input.key(.character("\u{fffd}"))
    #expect(parser.feed([0xff, 0x61]) == [replaced, .key(.character("a"))])
    #expect(parser.feed([0xe2, 0x82, 0x61]) == [replaced, .key(.character("a"))])
    #expect(parser.feed([0xed, 0xa0, 0x80]) == [replaced])  // a lone surrogate
    #expect(parser.feed([0xe2, 0x82]) == [])
    #expect(parser.patience != nil)
    #expect(parser.feed([0xac]) == [.key(.character("€"))])
    #expect(parser.patience == nil)
  }

  @Test func `Escape waits for its sequence and no longer`() {
    var parser = InputParser()
    parser.escapeDelay = 40
    #expect(parser.feed([0x1b]) == [])
    #expect(parser.patience == 40)
    #expect(parser.feed(Array("[A".utf8)) == [.key(Key(.up))])
    #expect(parser.feed([0x1b]) == [])
    #expect(parser.timeUp() == [.key(Key(.escape))])
    #expect(parser.feed(Array("\u{1b}\u{1b}".utf8)) == [])
    #expect(parser.timeUp() == [.key(Key(.escape)), .key(Key(.escape))])
    #expect(parser.patience == nil)
  }

  @Test func `mouse reports count from zero`() {
    #expect(parse("\u{1b}[<0;1;2M") == [.mouse(Mouse(.press, at: Point(x: 0, y: 1)))])
    #expect(parse("\u{1b}[<0;1;2m") == [])
    #expect(parse("\u{1b}[<32;5;5M") == [])
    #expect(parse("\u{1b}[<64;300;7M") == [.mouse(Mouse(.wheelUp, at: Point(x: 299, y: 6)))])
    #expect(parse("\u{1b}[<69;3;7M") == [.mouse(Mouse(.wheelDown, at: Point(x: 2, y: 6)))])
    #expect(
      parse("\u{1b}[M !\"x") == [
        .mouse(Mouse(.press, at: Point(x: 0, y: 1))), .key(.character("x")),
      ])
  }

  @Test func `replies are no keys`() {
    let replies = "\u{1b}]11;rgb:1e1e/1e1e/1e1e\u{1b}\\\u{1b}[?2026;2$y\u{1b}[?62;22c\u{1b}[?997;2n"
    let parsed = parse(replies + "j")
    #expect(parsed.count == 5)
    guard case .reply(.background(let lightness)) = parsed[0] else {
      Issue.record("no background")
      return
    }
    #expect(abs(lightness - 0x1e / 255.0) < 0.001)
    #expect(
      Array(parsed.dropFirst()) == [
        .reply(.mode(2026, state: 2)), .reply(.attributes), .reply(.scheme(isDark: false)),
        .key(.character("j")),
      ])
    #expect(parse("\u{1b}]11;rgb:0/0/0\u{7}") == [.reply(.background(lightness: 0))])
    #expect(
      parse("\u{1b}]52;c;QUJD\u{7}\u{1b}P>|xterm(390)\u{1b}\\\u{1b}[24;80R\u{1b}[8;24;80t") == [])
  }

  @Test func `a paste is one text whatever is in it`() {
    let text = "one\rtwo\r\nthree\n\u{1b}[A q \u{3} \u{1b}[200~ é"
    let shown = "one\ntwo\nthree\n\u{1b}[A q \u{3} \u{1b}[200~ é"
    #expect(
      parse("a\u{1b}[200~\(text)\u{1b}[201~b") == [
        .key(.character("a")), .paste(shown), .key(.character("b")),
      ])
    #expect(parse("\u{1b}[200~\u{1b}[201~") == [])
    #expect(parse("\u{1b}[200~never ended") == [.paste("never ended")])
  }

  @Test func `a paste of ten megabytes takes the time of its bytes`() {
    var parser = InputParser()
    _ = parser.feed(Array("\u{1b}[200~".utf8))
    let chunk = Array(String(repeating: "0123456\u{1b}", count: 512).utf8)
    for _ in 0..<2_560 { #expect(parser.feed(chunk).isEmpty) }
    let parsed = parser.feed(Array("\u{1b}[201~".utf8))
    guard case .paste(let text)? = parsed.first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count == 2_560 * chunk.count)
  }

  /// Everything above but lone ends, in one stream.
  private static let stream: [UInt8] = {
    let parts =
      known.filter { $0.0.utf8.count > 2 || $0.0.utf8.first != 0x1b }.map(\.0) + [
        "plain text", "日本語", "\u{1b}[200~pasted\rtext\u{1b}[201~", "\u{1b}[<0;10;20M",
        "\u{1b}]11;rgb:00/00/00\u{7}", "\u{1b}[?62c", "\u{1b}[I", "\u{1b}[O", "\u{1b}[?2026;1$y",
      ]
    return parts.flatMap { Array($0.utf8) }
  }()

  @Test(arguments: UInt64(1)...60)
  func `however a line splits the bytes the events are the same`(_ seed: UInt64) {
    var random = Seeded(seed)
    var whole = InputParser()
    let expected = whole.feed(Self.stream)
    var parser = InputParser()
    var parsed: [Input] = []
    var rest = Self.stream[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...7, using: &random)
      parsed += parser.feed(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    #expect(parsed == expected)
    #expect(parser.patience == nil)
  }

  @Test(arguments: UInt64(1)...40)
  func `garbage never crashes and never blocks what follows`(_ seed: UInt64) {
    var random = Seeded(seed)
    var parser = InputParser()
    let starts = [
      "\u{1b}", "\u{1b}[", "\u{1b}]1", "\u{1b}[<", "\u{1b}P0", "\u{1b}[?", "\u{1b}O", "\u{1b}[M",
    ]
    for _ in 0..<400 {
      if Int.random(in: 0...3, using: &random) == 0,
        let start = starts.randomElement(using: &random)
      {
        _ = parser.feed(Array(start.utf8))
      }
      let count = Int.random(in: 0...12, using: &random)
      _ = parser.feed((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
      if Bool.random(using: &random) { _ = parser.timeUp() }
    }
    while parser.patience != nil { _ = parser.timeUp() }
    #expect(parser.feed([0x71]) == [.key(.character("q"))])
  }
}

/// A generator whose numbers are the same every time (SplitMix64, Steele et al. 2014).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
