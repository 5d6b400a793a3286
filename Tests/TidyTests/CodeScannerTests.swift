internal import Testing

/// The rules look at code alone; this is what they stand on.
struct CodeScannerTests {
  private func code(_ text: String) -> String {
    var scanner = CodeScanner(text)
    scanner.run()
    return scanner.code
  }

  @Test func `comments and strings become blanks of the same width`() {
    #expect(code("a! // b!\nc") == "a!      \nc")
    #expect(code("a /* b\n/* c */ d */ e") == "a     \n             e")
    #expect(code(#"f("x! \" y")!"#) == #"f("       ")!"#)
    #expect(code("\"\"\"\n  \"a!\"\n\"\"\"!") == "\"\"\"\n      \n\"\"\"!")
    #expect(code(##"#"a"! \(b!)"#!"##) == ##"#"         "#!"##)
  }

  @Test func `code inside a string stays code`() {
    #expect(code(#""a \(b("c!")!) d!""#) == #""   (b("  ")!)   ""#)
  }

  @Test func `a regular expression is no code and a division is`() {
    #expect(code(#"f(/a"!/)!"#) == "f(/   /)!")
    #expect(code("a / b!\nc / d") == "a / b!\nc / d")
  }

  @Test func `lines with comments are known`() {
    let file = SourceFile(
      path: "Sources/A/b.swift", text: "a\n// b\nc // d\n/* e\nf */\ng \"// h\"")
    #expect(file.lines.filter(\.hasComment).map(\.number) == [2, 3, 4, 5])
    #expect(file.floor == "A")
  }
}
