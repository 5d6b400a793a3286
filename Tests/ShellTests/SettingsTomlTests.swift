internal import Testing

@testable internal import Toml

struct SettingsTomlTests {
  private func root(_ text: String) throws -> TomlValue {
    .table(try TomlFile(text, path: "t").root)
  }

  private func table(_ pairs: KeyValuePairs<String, TomlValue>) -> TomlValue {
    .table(pairs.map { TomlValue.Pair(key: $0.key, value: $0.value) })
  }

  @Test(
    arguments: [
      ("1", .number(1)), ("+1_000", .number(1000)), ("-0", .number(0)),
      ("0xDEAD_beef", .number(0xDEAD_BEEF)),
      ("0o17", .number(15)), ("0b101", .number(5)), ("9223372036854775807", .number(.max)),
      ("-9223372036854775808", .number(.min)), ("true", .flag(true)), ("false", .flag(false)),
      ("1.5", .other), ("-3e10", .other), ("6.6_1e-3_4", .other), ("inf", .other), ("-nan", .other),
      ("1979-05-27", .other), ("1979-05-27T07:32:00Z", .other), ("1979-05-27 07:32:00", .other),
      ("07:32:00.5", .other), ("\"a b\"", .text("a b")), ("''", .text("")),
      ("'C:\\n'", .text("C:\\n")),
      (#""\b\t\n\f\r\"\\\u00e9\U0001F642""#, .text("\u{8}\t\n\u{C}\r\"\\é🙂")),
      ("\"\"\"\n\"\"a\"\"\n \\\n   b\"\"\"\"", .text("\"\"a\"\"\n b\"")),
      ("'''\r\nx'y''''", .text("x'y'")), ("[]", .list([])),
      ("[1, # one\n 2,\n]", .list([.number(1), .number(2)])),
      ("[[1], ['a']]", .list([.list([.number(1)]), .list([.text("a")])])), ("{}", .table([])),
      (
        "{ a = 1, b.c = [2] }",
        .table([
          TomlValue.Pair(key: "a", value: .number(1)),
          TomlValue.Pair(
            key: "b", value: .table([TomlValue.Pair(key: "c", value: .list([.number(2)]))])),
        ])
      ),
    ] as [(String, TomlValue)])
  func `a value is read`(text: String, value: TomlValue) throws {
    #expect(try root("a = \(text)") == table(["a": value]))
    #expect(try root("a=\(text)#c\r\nb = 1") == table(["a": value, "b": .number(1)]))
  }

  @Test(arguments: [
    "", "yes", "1__0", "_1", "1_", "01", "-", "0x", "0xg", "1.", ".5", "1.e3",
    "9223372036854775808",
    "\"", "\"a", "'a", "\"a\nb\"", "\"\\q\"", "\"\\ud800\"", "\"\\u12\"", "\"\u{1}\"", "\"\0\"",
    "\"\"\"a",
    "[", "[1", "[1,,2]", "[,]", "[1 2]", "{", "{a}", "{a=1,}", "{a=1", "{a=1,a=2}", "1 2",
    "1979-5-27",
    "true false", ",", "]", "=", "\u{7f}", "é", "# no value",
  ])
  func `what is no value is refused`(text: String) {
    #expect(throws: SettingsProblem.self) { try root("a = \(text)") }
  }

  @Test(arguments: [
    "a", "= 1", "a.=1", ".a=1", "a..b=1", "[a", "[]", "[[a]", "[a]b", "a=1\na=2", "a=1\na.b=2",
    "a.b=1\na=2", "[a]\n[a]", "a=1\n[a]", "[a]\nb=1\n[a.b]", "[[a]]\n[a]", "[a]\n[[a]]",
    "a={b=1}\na.c=2", "a={b=1}\n[a.c]", "a=[1]\n[[a]]", "[a]\nb.c=1\n[a.b]", "\"\"\"a\"\"\"=1",
    "a b = 1",
    "a=1 b=2", "#\u{1}",
  ])
  func `what is no TOML is refused`(text: String) {
    #expect(throws: SettingsProblem.self) { try root(text) }
  }

  @Test func `tables and dotted keys nest`() throws {
    let text = """
      a.b = 1
      a."c d".e = 2
      [x.y]
      z = 3
      [x]
      w = 4
      [[list]]
      n = 1
      [list.sub]
      m = 2
      [[list]]
      """
    #expect(
      try root(text)
        == table([
          "a": table(["b": .number(1), "c d": table(["e": .number(2)])]),
          "x": table(["y": table(["z": .number(3)]), "w": .number(4)]),
          "list": .list([table(["n": .number(1), "sub": table(["m": .number(2)])]), table([:])]),
        ]))
  }

  @Test func `keys know their lines`() throws {
    let file = try TomlFile(
      "\u{FEFF}# top\r\na = [\r\n 1,\r\n]\r\n[t.u]\r\n'x.y' = { z = 1 }\r\n", path: "t")
    #expect(file.lines[["a"]] == 2...4)
    #expect(file.firstHeader == 5)
    #expect(file.line(of: ["t", "u"]) == 5)
    #expect(file.line(of: ["t", "u", "x.y", "z"]) == 6)
    #expect(file.line(of: ["t", "u", "missing"]) == 5)
    #expect(file.line(of: ["missing"]) == nil)
  }

  @Test func `deep nesting is refused, not followed`() {
    let text = "a = " + String(repeating: "[", count: 100_000)
    #expect(throws: SettingsProblem.self) { try root(text) }
  }
}
