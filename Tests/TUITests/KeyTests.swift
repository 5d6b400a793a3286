import Kernel
import TUI
import Testing

@Suite struct KeyTests {
  @Test(arguments: [
    ("n", Key.character("n")), ("G", .character("G")), ("?", .character("?")),
    ("C-p", .control("p")), ("C-P", .control("p")), ("M-x", .alt("x")), ("A-x", .alt("x")),
    ("<enter>", Key(.enter)), ("<esc>", Key(.escape)), ("<Tab>", Key(.tab)),
    ("<S-tab>", Key(.backTab)), ("<backtab>", Key(.backTab)), ("<space>", .character(" ")),
    ("<C-up>", Key(.up, control: true)), ("C-<up>", Key(.up, control: true)),
    ("<f12>", Key(.function(12))), ("<lt>", .character("<")), ("<", .character("<")),
    (">", .character(">")), ("-", .character("-")), ("C--", .control("-")),
    ("M-<", .alt("<")), ("M->", .alt(">")), ("M-{", .alt("{")),
    ("C-M-k", Key(.character("k"), control: true, alt: true)), ("S-a", .character("A")),
    ("C-i", Key(.tab)), ("C-m", Key(.enter)), ("C-[", Key(.escape)), ("C-/", .control("_")),
    ("C-<space>", .control(" ")), ("<M-backspace>", Key(.backspace, alt: true)),
    ("é", .character("é")), ("ß", .character("ß")), ("S-ß", .character("ß")),
    ("<S-left>", Key(.left, shift: true)),
  ])
  func `a key is read`(text: String, key: Key) throws {
    #expect(Key(text) == key)
    #expect(Key(key.description) == key)
  }

  @Test(arguments: ["", "gg", "<nope>", "<f0>", "<f99>", "C-", "<x>", " ", "C-xy", "<>", "\n"])
  func `what is no key is refused`(text: String) {
    #expect(Key(text) == nil)
  }

  @Test func `any text is read without harm, and what is read is printed alike`() {
    var dice = Dice(seed: 11)
    let parts = ["C-", "M-", "S-", "<", ">", "-", "x", "é", "tab", "f1", "up", "é\u{301}", "日"]
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 0...4, using: &dice)).map { _ in
        parts[Int.random(in: 0..<parts.count, using: &dice)]
      }.joined()
      if let key = Key(text) { #expect(Key(key.description) == key, "\(text)") }
    }
  }

  @Test func `sequences are read and printed`() throws {
    let keys = try #require(KeySequence("C-x  C-s"))
    #expect(keys.keys == [.control("x"), .control("s")])
    #expect(keys.description == "C-x C-s")
    #expect(KeySequence("g g")?.label == "g g")
    #expect(KeySequence("") == nil)
    #expect(KeySequence("g <nope>") == nil)
  }

  @Test func `people read glyphs and short names`() {
    #expect(Key(.enter).label == "⏎")
    #expect(Key(.escape).label == "Esc")
    #expect(Key(.backTab).label == "S-Tab")
    #expect(Key.character(" ").label == "Space")
    #expect(Key.control("p").label == "C-p")
    #expect(Key(.up, alt: true).label == "M-↑")
  }
}
