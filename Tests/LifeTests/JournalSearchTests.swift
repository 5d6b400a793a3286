internal import Kernel
internal import Testing

@testable internal import Life

struct JournalSearchTests {
  let today = Day("2026-11-21")!

  private func parse(_ text: String) -> JournalSearch { JournalSearch(text, today: today) }

  @Test func `the last word is a prefix while it is typed`() {
    #expect(
      parse("two wor").terms == [.word("two", isPrefix: false), .word("wor", isPrefix: true)])
    #expect(parse("two words ").terms.last == .word("words", isPrefix: false))
    #expect(parse("wor* more ").terms.first == .word("wor", isPrefix: true))
  }

  @Test func `quotes make a phrase, closed or not`() {
    #expect(parse("\"old friends\" ").terms == [.phrase("old friends")])
    #expect(parse("\"old fri").terms == [.phrase("old fri")])
    #expect(parse("“old friends”").terms == [.phrase("old friends")])
    #expect(parse("\"\"").isEmpty)
  }

  @Test func `filters are taken out of the text`() {
    let search = parse("tag:Home @work #x type:rev starred from:2026-03 to:2026-05 walk ")
    #expect(search.tags == ["home", "work", "x"])
    #expect(search.type == .review)
    #expect(search.isStarred)
    #expect(search.from == Day("2026-03-01"))
    #expect(search.to == Day("2026-05-31"))
    #expect(search.terms == [.word("walk", isPrefix: false)])
  }

  @Test func `days are understood as people say them`() {
    #expect(parse("from:yesterday").from == Day("2026-11-20"))
    #expect(parse("from:\"3 days ago\" x").from == Day("2026-11-18"))
    #expect(parse("on:2026-03-05").to == Day("2026-03-05"))
    #expect(parse("2026-03..").from == Day("2026-03-01"))
    #expect(parse("is:starred").isStarred)
  }

  @Test func `what is no filter stays text`() {
    for text in ["foo:bar", "from:never", "type:poem", "12:30", "is:blue", "to:"] {
      let search = parse(text + " ")
      #expect(search.terms == [.word(text, isPrefix: false)])
    }
    #expect(parse("tag:!!").terms == [.word("tag:!!", isPrefix: true)])
  }

  @Test func `words without letters ask for nothing`() {
    #expect(parse("*** -- ! ").isEmpty)
    #expect(parse("   ").isEmpty)
  }

  @Test func `any text is a question`() {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "\"", "tag:", "type:", ":", "*", "from:", "..", " ", "x", "@", "#", "(", ")", "NEAR", "AND",
      "-", "2026", "\u{0}", "👩‍👩‍👧", "'", ";", "\n", "“",
    ]
    for _ in 0..<3000 {
      let count = Int.random(in: 0...9, using: &random)
      let search = parse((0..<count).map { _ in pieces.randomElement(using: &random)! }.joined())
      for case .word(let word, _) in search.terms { #expect(!word.isEmpty) }
    }
  }

  @Test func `types are known by the beginnings of their names`() {
    #expect(JournalType(name: "Note") == .note)
    #expect(JournalType(name: "morning pages") == .morning)
    #expect(JournalType(name: "weekly-review") == .review)
    #expect(JournalType(name: "daily") == .reflection)
    #expect(JournalType(name: "re") == nil)
    #expect(JournalType(name: "") == nil)
  }
}
