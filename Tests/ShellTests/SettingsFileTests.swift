internal import Toml
internal import Testing

@testable internal import Shell

struct SettingsFileTests {
  @Test func `an empty file and a missing one give the defaults`() {
    #expect(SettingsFile(text: "", path: "c") == SettingsFile(path: "/nowhere/config.toml"))
    #expect(SettingsFile(text: "", path: "c").settings == Settings())
  }

  @Test func `every option is read`() {
    let file = SettingsFile(
      text: """
        theme = "ember"
        theme_dark = "contrast"
        theme_light = "mist"
        mouse = false
        day_start = 5
        week_start = 0
        editor = "nvim -f"
        escape_delay = 50
        icons = "ascii"
        grace = 4
        backups = false
        [keys]
        "journal.new" = ["a", "C-n"]
        app.quit = "Q"
        app.help = ""
        """, path: "c")
    var settings = Settings()
    settings.theme = "ember"
    settings.themeDark = "contrast"
    settings.themeLight = "mist"
    settings.mouse = false
    settings.dayStart = 5
    settings.weekStart = 0
    settings.editor = ["nvim", "-f"]
    settings.escapeDelay = 50
    settings.icons = .ascii
    settings.grace = 4
    settings.backups = false
    settings.keys = ["journal.new": ["a", "C-n"], "app.quit": ["Q"], "app.help": []]
    #expect(file.settings == settings)
    #expect(file.problems == [])
    #expect(file.keyLines == ["journal.new": 13, "app.quit": 14, "app.help": 15])
  }

  @Test func `an editor's words may hold spaces`() {
    let file = SettingsFile(text: #"editor = ["/opt/my editor/bin/ed", "--wait"]"#, path: "c")
    #expect(file.settings.editor == ["/opt/my editor/bin/ed", "--wait"])
  }

  @Test(arguments: [
    ("colour = 1", "c:1: colour: no such option; `lifeos config` shows all there are"),
    (
      "\n\nday_start = 13",
      "c:3: day_start: must be a whole number from 0 to 12; the default 3 is used"
    ),
    (
      "day_start = \"3\"",
      "c:1: day_start: must be a whole number from 0 to 12; the default 3 is used"
    ),
    (
      "day_start = 3.5",
      "c:1: day_start: must be a whole number from 0 to 12; the default 3 is used"
    ),
    ("mouse = \"yes\"", "c:1: mouse: must be true or false; the default true is used"),
    (
      "icons = \"nerd\"",
      "c:1: icons: must be \"unicode\" or \"ascii\"; the default \"unicode\" is used"
    ),
    ("theme = \"\"", "c:1: theme: must be a name in quotation marks; the default \"auto\" is used"),
    ("[mouse]\non = true", "c:1: mouse: must be true or false; the default true is used"),
    (
      "[theme.dark]\nname = 1",
      "c:1: theme: must be a name in quotation marks; the default \"auto\" is used"
    ),
    ("keys = 1", "c:1: keys: must be a table: [keys], then a line a command"),
    (
      "[keys]\n\"a.b\" = [\"x\", 1]",
      "c:2: keys.a.b: must be a key such as \"n\" or a list such as [\"n\", \"C-n\"]; its default keys stay"
    ),
  ])
  func `what cannot be used is named with its line, and the rest counts`(
    text: String, message: String
  ) {
    let broken = SettingsFile(text: text, path: "c")
    #expect(broken.problems.map(\.description) == [message])
    #expect(broken.settings == Settings())
  }

  @Test(arguments: [
    ("mouse = true\nmouse = yes please", 2), ("[keys\n", 1), ("theme = \"dusk", 1), ("\0", 1),
    ("mouse = true\r\nx\0y = 1", 2), ("= 1", 1), ("mouse = false\nmouse = true", 2),
  ])
  func `a file that is no TOML leaves the defaults and names the line`(text: String, line: Int) {
    let file = SettingsFile(text: text, path: "c")
    #expect(file.settings == Settings())
    #expect(file.problems.map(\.line) == [line])
  }

  @Test func `several problems come in the order of the file`() {
    let file = SettingsFile(text: "z = 1\nmouse = 2\na = 3", path: "c")
    #expect(file.problems.map(\.line) == [1, 2, 3])
    #expect(file.problems.map(\.key) == ["z", "mouse", "a"])
  }

  @Test func `random text never fails the start and problems stand where the text is`() {
    var state: UInt64 = 7
    let alphabet = Array("[]{}=\"'#.,\n\r \\u0aé\u{301}🙂\0mouse".unicodeScalars)
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<24 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.unicodeScalars.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      let file = SettingsFile(text: text, path: "c")
      let lines = text.utf8.count { $0 == 10 } + 1
      #expect(
        file.problems.allSatisfy { (1...lines).contains($0.line ?? 0) }, "\(text.debugDescription)")
    }
  }

  @Test func `the documentation names every option with its default and is valid itself`() {
    let documentation = Settings.documentation
    #expect(SettingsFile(text: documentation, path: "c").problems == [])
    #expect(
      documentation.split(separator: "\n").allSatisfy { $0.hasPrefix("#") && $0.count <= 100 })
    let live = documentation.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.contains(/^# ("journal|\[keys|[a-z_0-9]+ = )/) ? String(line.dropFirst(2)) : String(line)
    }
    let file = SettingsFile(text: live.joined(separator: "\n"), path: "c")
    var settings = Settings()
    settings.keys = ["journal.new": ["n", "C-n"]]
    #expect(file.problems == [])
    #expect(file.settings == settings)
    for option in SettingsOption.all {
      #expect(documentation.contains("\n# \(option.key) = \(option.standard)\n"))
    }
  }
}
