import Kernel
import Testing

@Suite struct SafeTextTests {
  private func isSteering(_ scalar: Unicode.Scalar, lines: Bool = false) -> Bool {
    switch scalar.value {
    case 0x0A, 0x09: !lines
    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C,
      0x2028, 0x2029, 0xE000, 0xE001, 0xFDD0...0xFDEF, 0x200B, 0x200C, 0xFEFF, 0xE0001:
      true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  @Test func `no text can steer the terminal`() {
    var dice = Dice(seed: 1)
    for round in 0..<4000 {
      let raw = dice.hostileText(length: round % 60)
      for scalar in SafeText(raw).string.unicodeScalars {
        #expect(!isSteering(scalar), "U+\(String(scalar.value, radix: 16)) in round \(round)")
      }
      for scalar in SafeText(lines: raw).string.unicodeScalars {
        #expect(!isSteering(scalar, lines: true), "U+\(String(scalar.value, radix: 16))")
      }
    }
  }

  @Test func `no bytes can steer the terminal`() {
    var dice = Dice(seed: 2)
    for round in 0..<2000 {
      let bytes = (0..<round % 80).map { _ in UInt8.random(in: 0...255, using: &dice) }
      for scalar in SafeText(bytes: bytes).string.unicodeScalars {
        #expect(!isSteering(scalar))
      }
    }
  }

  @Test func `each scalar alone is harmless or kept`() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let safe = SafeText(String(scalar)).string.unicodeScalars
      if safe.contains(where: { isSteering($0) }) { Issue.record("U+\(value) came through") }
    }
  }

  @Test func `a safe text stays as it is when made safe again`() {
    var dice = Dice(seed: 3)
    for round in 0..<4000 {
      let once = SafeText(dice.hostileText(length: round % 50))
      #expect(Array(SafeText(once.string).string.utf8) == Array(once.string.utf8))
    }
  }

  @Test func `plain text of many languages stays as it is`() {
    for text in [
      "Plain text: 100% fine ~", "Zażółć gęślą jaźń", "Ångström, naïve, e\u{301}", "Ελληνικά",
      "Привет, мир", "日本語のテキスト", "한국어", "עברית", "العَرَبِيَّة", "हिन्दी क्षत्रिय", "ภาษาไทย ทำ",
      "“quotes” – dashes — … ✓ ★ ▌", "▁▂▃▅▇ ⣀⡠⠤",
    ] {
      #expect(Array(SafeText(text).string.utf8) == Array(text.utf8), "\(text)")
    }
  }

  @Test(arguments: [
    "👍", "👍🏽", "👨‍👩‍👧‍👦", "👩🏻‍❤️‍💋‍👩🏿", "🏳️‍🌈", "❤️", "☠︎", "1️⃣", "🇷🇴🇩🇪",
    "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
  ])
  func `an emoji stays whole`(emoji: String) {
    #expect(Array(SafeText(emoji).string.unicodeScalars) == Array(emoji.unicodeScalars))
  }

  @Test(arguments: [
    ("a\u{1B}[31mred", "a␛[31mred"), ("nul\0", "nul␀"), ("bell\u{7}del\u{7F}", "bell␇del␡"),
    ("csi\u{9B}2J", "csi\u{FFFD}2J"), ("one\ntwo\tthree", "one two three"),
    ("one\r\ntwo\rthree", "one two three"), ("a\u{2028}b\u{2029}c", "a b c"),
    ("abc\u{202E}def", "abcdef"), ("zero\u{200B}width\u{FEFF}", "zerowidth"),
    ("a\u{200D}b", "ab"), ("a\u{FE0F}", "a"), ("x\u{E0041}\u{E007F}", "x"),
    ("🏴\u{E0067}\u{E0062}", "🏴"), ("hit \u{E000}here\u{E001}", "hit here"),
    ("soft\u{AD}hyphen", "softhyphen"), ("👍\u{200D}", "👍"), ("\u{FFFE}\u{10FFFF}", ""),
  ])
  func `what steers or hides becomes visible or goes`(raw: String, safe: String) {
    #expect(Array(SafeText(raw).string.unicodeScalars) == Array(safe.unicodeScalars))
  }

  @Test func `text of lines keeps its newlines and tabs`() {
    #expect(SafeText(lines: "a\r\nb\rc\n\td\u{1B}").string == "a\nb\nc\n\td␛")
    #expect(SafeText(lines: "a\n\nb").lines == ["a", "", "b"])
  }

  @Test func `a base keeps at most eight marks`() {
    let tower = "z" + String(repeating: "\u{301}", count: 5000) + "y"
    #expect(SafeText(tower).string.unicodeScalars.count == 10)
    let family = String(repeating: "👨\u{200D}", count: 1000)
    #expect(SafeText(family).string.allSatisfy { $0.unicodeScalars.count <= 16 })
    let tones = "👍" + String(repeating: "🏽", count: 1000)
    #expect(SafeText(tones).string.unicodeScalars.count == 9)
  }

  @Test func `decomposed Hangul is not cut`() {
    let text = "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}"
    #expect(SafeText(text).string.unicodeScalars.count == 6)
  }

  @Test func `safe texts add up`() {
    let count = 3
    let text: SafeText = "\(count) of \(SafeText("a\u{1B}b"))"
    #expect(text.string == "3 of a␛b")
    #expect((text + "!").string == "3 of a␛b!")
    #expect(SafeText(joining: ["a", "b"], separator: ", ") == "a, b")
    #expect(SafeText("").isEmpty)
  }
}
