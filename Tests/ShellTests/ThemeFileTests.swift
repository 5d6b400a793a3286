internal import TUI
internal import Testing

@testable internal import Shell
internal import Toml

struct ThemeFileTests {
  private func read(_ text: String) throws -> ThemeFile {
    try ThemeFile(text: text, path: "t.toml", name: "mine")
  }

  private func style(_ role: Role, _ file: ThemeFile) -> Style {
    file.theme.styles[Int(role.rawValue)]
  }

  @Test func `an empty theme is dusk under its own name`() throws {
    var dusk = Theme.dusk
    dusk.name = "mine"
    #expect(try read("").theme == dusk)
    #expect(try read("").problems == [])
  }

  @Test func `a light theme inherits from paper`() throws {
    let file = try read("appearance = \"light\"\n[roles]\nwarn = 94")
    #expect(style(.bad, file) == Theme.paper.styles[Int(Role.bad.rawValue)])
    #expect(!file.theme.isDark)
  }

  @Test(arguments: [
    ("\"#0a5Fff\"", Style(.rgb(10, 95, 255))), ("247", Style(.indexed(247))),
    ("\"7\"", Style(.indexed(7))),
    ("\"bright-blue bold\"", Style(.sixteen(12), bold: true)), ("\"default\"", Style()),
    (
      "\"italic 3 underline reverse dim\"",
      Style(.indexed(3), italic: true, underline: true, reverse: true, dim: true)
    ),
  ])
  func `a style is a colour and attributes in any order`(value: String, style: Style) throws {
    let file = try read("[roles]\naccent = \(value)")
    #expect(file.problems == [])
    #expect(self.style(.accent, file) == style)
  }

  @Test(arguments: [
    "256", "-1", "\"\"", "\"#12345\"", "\"#12345g\"", "\"purple\"", "\"red blue\"", "true", "[1]",
    "\"bold,red\"", "\"+5\"", "\"#１２３４５６\"",
  ])
  func `a style that nobody understands is named and inherited`(value: String) throws {
    let file = try read("[roles]\n\naccent = \(value)")
    #expect(file.problems.map(\.line) == [3])
    #expect(file.problems.map(\.key) == ["roles.accent"])
    #expect(style(.accent, file) == Theme.dusk.styles[Int(Role.accent.rawValue)])
  }

  @Test func `sixteen colours allow no others`() throws {
    let file = try read(
      """
      [sixteen.roles]
      good = "#00ff00"
      warn = 16
      bad = 15
      [sixteen.grounds]
      selection = 4
      """)
    #expect(file.problems.map(\.line) == [2, 3])
    #expect(file.theme.plainStyles[Int(Role.bad.rawValue)] == Style(.sixteen(15)))
    #expect(file.theme.plainGrounds[Int(Ground.selection.rawValue)] == Backdrop(.sixteen(4)))
  }

  @Test func `unknown keys are warnings with their line`() throws {
    let file = try read(
      """
      colour = 1
      appearance = "dim"
      [roles]
      acent = 1
      [grounds]
      screen = 1
      raised = "3 bold"
      selection = "reverse"
      [sixteen.rolls]
      """)
    #expect(file.problems.map(\.line) == [1, 2, 4, 6, 7, 9])
    #expect(
      file.problems.map(\.key) == [
        "colour", "appearance", "roles.acent", "grounds.screen", "grounds.raised", "sixteen.rolls",
      ])
    #expect(file.theme.grounds[Int(Ground.selection.rawValue)] == Backdrop(reverse: true))
  }

  @Test func `what is no TOML is refused with its line`() {
    #expect(throws: SettingsProblem.self) { try read("[roles]\naccent = ") }
  }
}
