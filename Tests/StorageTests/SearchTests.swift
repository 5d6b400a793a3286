internal import Kernel
internal import TestKit
internal import Testing

@testable internal import Storage

@Suite struct SearchTests {
  let store: Store
  init() throws { store = try .ofPages() }

  func titles(_ query: SearchQuery, limit: Int = 200) throws -> [String] {
    try store.search(query, limit: limit).map(\.title)
  }

  func word(_ text: String, prefix: Bool = false) -> SearchQuery {
    SearchQuery(terms: [.word(text, isPrefix: prefix)])
  }

  @Test func `words, prefixes and phrases find, the newest day first`() throws {
    try store.add("old", body: "the green garden", day: Day(number: 100))
    try store.add("new", body: "a garden of green", day: Day(number: 300))
    try store.add("middle", body: "gardening", day: Day(number: 200))
    #expect(try titles(word("garden")) == ["new", "old"])
    #expect(try titles(word("gard", prefix: true)) == ["new", "middle", "old"])
    #expect(try titles(word("g", prefix: true)) == ["new", "middle", "old"])
    #expect(try titles(SearchQuery(terms: [.phrase("green garden")])) == ["old"])
    #expect(try titles(word("gard", prefix: true), limit: 2) == ["new", "middle"])
    #expect(try titles(word("nothing")).isEmpty)
  }

  @Test func `case and diacritics are folded, whichever way they are spelled`() throws {
    try store.add("composed", body: "Caf\u{E9} in Ia\u{219}i")
    try store.add("decomposed", body: "Cafe\u{301}")
    #expect(try titles(word("cafe")).count == 2)
    #expect(try titles(word("CAFE\u{301}")).count == 2)
    #expect(try titles(word("iasi")) == ["composed"])
    try store.add("한글", body: "한글 \u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}")
    #expect(try titles(word("한글")) == ["한글"])
    try store.add("日記", body: "今日は雨")
    #expect(try titles(word("今日", prefix: true)) == ["日記"])
  }

  @Test func `tags and facets are exact`() throws {
    let page = try store.add("tagged", body: "nothing else")
    try store.write("Tag") { edit in
      for name in ["self-care", "work"] {
        try edit.save(Label(id: store.world.newID(), target: page, name: name))
      }
    }
    try store.add("other", body: "starred self care work")
    #expect(try titles(SearchQuery(tags: ["self-care"])) == ["tagged"])
    #expect(try titles(SearchQuery(tags: ["self-care", "work"])) == ["tagged"])
    #expect(try titles(SearchQuery(tags: ["self"])).isEmpty)
    #expect(try titles(SearchQuery(tags: ["care"])).isEmpty)
    #expect(try titles(SearchQuery(facets: ["starred"])).isEmpty)
    try store.edit(page) { $0.star = true }
    #expect(try titles(SearchQuery(facets: ["starred"])) == ["tagged"])
    #expect(try titles(word("starred")) == ["other"])
    #expect(try titles(word("tagwork")).isEmpty)
    #expect(
      try titles(SearchQuery(terms: [.word("nothing", isPrefix: false)], tags: ["work"]))
        == ["tagged"])
  }

  @Test func `a child that moves or goes indexes its target again`() throws {
    let (one, two) = (try store.add("one"), try store.add("two"))
    var label = Label(id: store.world.newID(), target: one, name: "red")
    try store.write("Tag") { edit in _ = try edit.save(label) }
    label.target = two
    try store.write("Move") { edit in _ = try edit.save(label) }
    #expect(try titles(SearchQuery(tags: ["red"])) == ["two"])
    try store.write("Untag") { edit in _ = try edit.delete(Label.kind, id: label.id) }
    #expect(try titles(SearchQuery(tags: ["red"])).isEmpty)
    _ = try store.undo()
    _ = try store.undo()
    #expect(try titles(SearchQuery(tags: ["red"])) == ["one"])
  }

  @Test func `days and kinds bound the answer`() throws {
    for number in 1...5 { try store.add("day \(number)", day: Day(number: number)) }
    var query = SearchQuery(from: Day(number: 2), to: Day(number: 4))
    #expect(try titles(query) == ["day 4", "day 3", "day 2"])
    query.terms = [.word("day", isPrefix: false)]
    #expect(try titles(query) == ["day 4", "day 3", "day 2"])
    query.kinds = [Page.kind]
    #expect(try titles(query).count == 3)
    query.kinds = [Label.kind]
    #expect(try titles(query).isEmpty)
    #expect(try store.search(SearchQuery(from: Day(number: 5), to: Day(number: 1))).isEmpty)
    #expect(try titles(SearchQuery()).count == 5)
    #expect(try store.search(word("day"), limit: 3).map(\.day.number) == [5, 4, 3])
  }

  @Test func `a changed, moved, deleted or revived page is found as it is now`() throws {
    let id = try store.add("title", body: "apple")
    try store.edit(id) { $0.body = "pear" }
    #expect(try titles(word("apple")).isEmpty)
    #expect(try titles(word("pear")) == ["title"])
    try store.edit(id) { $0.day = Day(number: 7) }
    #expect(try store.search(word("pear")).map(\.day) == [Day(number: 7)])
    try store.write("Delete") { edit in _ = try edit.delete(Page.kind, id: id) }
    #expect(try titles(word("pear")).isEmpty)
    _ = try store.undo()
    #expect(try titles(word("pear")) == ["title"])
    try store.rebuildSearchIndex()
    #expect(try titles(word("pear")) == ["title"])
    #expect(try store.count("SELECT count(*) FROM search_row") == 1)
  }

  @Test func `the snippet marks the hit and holds no mark of the text`() throws {
    let long = String(repeating: "before ", count: 100)
    try store.add("t", body: long + "the \u{E000}needle\u{E001} here " + long)
    let snippet = try store.search(word("needle"))[0].snippet
    #expect(snippet.contains("\u{E000}needle\u{E001}"))
    #expect(snippet.unicodeScalars.count { $0.value == 0xE000 } == 1)
    #expect(snippet.count < 400)
  }

  @Test(arguments: [
    "", " ", "\"", "\"\"", "'", "*", "^", "-", "+", ":", "(", ")", "{", "}", "AND", "OR", "NOT",
    "NEAR", "NEAR(", "NEAR(a b, 3)", "a\"b", "a*", "body:", "body : x", "{title} : x", "-x",
    "a AND",
    "\0", "a\0b", "\"\0\"", "\u{E000}", "🎉", "👨‍👩‍👧‍👦", "\u{202E}abc", "%", "_", "\\", "--", "/*", ";",
    "x'00'", "\u{301}", "\u{FFFD}", "𐍈", "ﷺ", String(repeating: "a ", count: 5000),
    String(repeating: "\"", count: 999), String(repeating: "(", count: 999), "a-b.c_d/e",
  ])
  func `no text breaks the search`(text: String) throws {
    try store.add("plain", body: "some body")
    for term in [
      SearchQuery.Term.word(text, isPrefix: false), .word(text, isPrefix: true), .phrase(text),
    ] {
      _ = try store.search(SearchQuery(terms: [term]))
      _ = try store.search(SearchQuery(terms: [term, .word("some", isPrefix: true)]))
    }
    _ = try store.search(SearchQuery(tags: [text]))
    _ = try store.search(SearchQuery(facets: [text]))
    _ = try store.search(
      SearchQuery(terms: Array(repeating: .word(text, isPrefix: true), count: 500)))
    try store.add(text.replacing("\0", with: ""), body: text.replacing("\0", with: ""))
  }

  @Test func `signs alone find nothing, beside a word they are passed over`() throws {
    try store.add("plain", body: "some body")
    #expect(try titles(word("!!! ***")).isEmpty)
    #expect(
      try titles(SearchQuery(terms: [.word("-", isPrefix: false), .word("body", isPrefix: false)]))
        == ["plain"])
  }
}
