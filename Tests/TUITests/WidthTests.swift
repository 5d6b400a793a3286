import Glibc
import Kernel
import TUI
import Testing

@Suite struct WidthTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("日", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("ｱ", 1), ("Ａ", 2), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("🇷🇴", 2), ("🏳️‍🌈", 2), ("❤", 1),
    ("❤️", 2), ("1️⃣", 2), ("ก็", 1), ("ทำ", 2), ("क्ष", 2), ("✓", 1), ("★", 1), ("▌", 1), ("…", 1),
    ("\u{301}", 0), ("⣀", 1), ("─", 1),
  ])
  func `a grapheme takes what terminals draw`(text: String, columns: Int) {
    #expect(Width.of(SafeText(text)) == columns)
    #expect(text.reduce(0) { $0 + Width.of($1) } == columns)
  }

  @Test func `the quick way and the table agree`() {
    for value in UInt32(0xA0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = SafeText(String(scalar))
      #expect(Width.of(text) == text.string.reduce(0) { $0 + Width.of($1) }, "U+\(value)")
    }
  }

  /// glibc 2.36 knows Unicode 15.0; what came later, or is unassigned, is ours.
  @Test func `single scalars are as wide as the system says`() throws {
    typealias Measure = @convention(c) (wchar_t) -> Int32
    let locale = try #require(newlocale(1 << LC_CTYPE, "C.UTF-8", nil))
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    let symbol = try #require(dlsym(nil, "wcwidth"))
    let measure = unsafeBitCast(symbol, to: Measure.self)
    var different: [UInt32] = []
    for value in UInt32(0xA0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let system = measure(wchar_t(bitPattern: value))
      if system < 0 { continue }
      if Width.of(Character(scalar)) != Int(system) { different.append(value) }
    }
    let named = different.map { String($0, radix: 16) }
    #expect(different.count <= 8, "\(named.prefix(40))")
  }

  @Test func `a text is cut between graphemes and says so`() {
    #expect(Width.cut("hello", to: 5) == "hello")
    #expect(Width.cut("hello", to: 4) == "hel…")
    #expect(Width.cut("hello", to: 1) == "…")
    #expect(Width.cut("hello", to: 0) == "")
    #expect(Width.cut("日本語", to: 5) == "日本…")
    #expect(Width.cut("日本語", to: 4) == "日…")
    #expect(Width.cut("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", to: 3) == "👨‍👩‍👧‍👦…")
    #expect(Width.pad("ab", to: 4) == "ab  ")
    #expect(Width.pad("ab", to: 4, atRight: true) == "  ab")
  }

  @Test func `a cut text never exceeds its columns`() {
    var dice = Dice(seed: 7)
    for round in 0..<2000 {
      let text = SafeText(dice.hostileText(length: round % 40))
      let columns = round % 23
      let cut = Width.cut(text, to: columns)
      #expect(Width.of(cut) <= columns)
      if Width.of(text) <= columns, columns > 0 { #expect(cut == text) }
    }
  }
}
