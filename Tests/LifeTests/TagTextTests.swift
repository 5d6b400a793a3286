internal import Testing

@testable internal import Life

struct TagTextTests {
  @Test(arguments: [
    ("went @home with #Anna", ["home", "anna"]),
    ("(#one) \"@two\", *@three*", ["one", "two", "three"]),
    ("@me again @ME", ["me"]), ("#well-being @snake_case", ["well-being", "snake_case"]),
    ("ends @here.", ["here"]), ("@zoë #größe #日本 #हिन्दी", ["zoë", "größe", "日本", "हिन्दी"]),
    ("2026 #y2k", ["y2k"]), ("@a@b @c", ["c"]), ("#trailing- hyphen", ["trailing"]),
  ])
  func `tags are found in running text`(text: String, expected: [String]) {
    #expect(TagText.names(in: text) == expected)
  }

  @Test(arguments: [
    "write to me@example.org", "issue #1 and #23", "# Heading", "## Two", "a#b", "@ alone", "#",
    "https://example.org/#part", "C# and F#", "@me@example.org", "#-x", "1@2",
  ])
  func `what only looks like a tag is none`(text: String) {
    #expect(TagText.names(in: text) == [])
  }

  @Test func `composed and decomposed letters make one tag`() {
    let names = TagText.names(in: "#caf\u{E9} #cafe\u{301}")
    #expect(names.map { Array($0.utf8) } == [Array("caf\u{E9}".utf8)])
  }

  @Test func `ranges cover sign and name`() {
    let text = "é @home, #x"
    #expect(TagText.ranges(in: text).map { String(text[$0]) } == ["@home", "#x"])
  }

  @Test func `a list is split at commas and spaces`() {
    #expect(TagText.list("@Home, work  #x;home") == ["home", "work", "x"])
    #expect(TagText.list(" , ") == [])
  }

  @Test func `a foreign name becomes one that can be written`() {
    #expect(TagText.name("New York!") == "new-york")
    #expect(TagText.name("#2024") == "2024")
    #expect(TagText.name("🎉") == nil)
    #expect(TagText.name(String(repeating: "x", count: 500))?.count == TagText.longestName)
  }
}
