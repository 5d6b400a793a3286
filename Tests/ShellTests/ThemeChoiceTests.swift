internal import Testing

@testable internal import Shell

struct ThemeChoiceTests {
  private func name(
    _ environment: [String: String] = [:], theme: String = "auto", isDark: Bool? = nil
  ) -> String {
    var settings = Settings()
    settings.theme = theme
    return ThemeChoice.name(environment: environment, settings: settings, isDark: isDark)
  }

  @Test func `without any sign it is dark`() {
    #expect(name() == "dusk")
  }

  @Test func `the terminal's answer goes before COLORFGBG`() {
    #expect(name(["COLORFGBG": "0;15"]) == "paper")
    #expect(name(["COLORFGBG": "0;15"], isDark: true) == "dusk")
    #expect(name(["COLORFGBG": "15;0"], isDark: false) == "paper")
  }

  @Test func `the settings go before the terminal`() {
    #expect(name(theme: "ember", isDark: false) == "ember")
    #expect(name(theme: "light", isDark: true) == "paper")
    #expect(name(theme: "dark", isDark: false) == "dusk")
  }

  @Test func `NO_COLOR goes before the settings, LIFEOS_THEME before all`() {
    #expect(name(["NO_COLOR": "1"], theme: "ember") == "mono")
    #expect(name(["NO_COLOR": ""], theme: "ember") == "ember")
    #expect(name(["NO_COLOR": "1", "LIFEOS_THEME": "clear"], theme: "ember") == "clear")
    #expect(name(["LIFEOS_THEME": "light"], theme: "ember", isDark: true) == "paper")
    #expect(name(["LIFEOS_THEME": "auto"], theme: "ember", isDark: false) == "paper")
    #expect(name(["LIFEOS_THEME": ""], theme: "ember") == "ember")
  }

  @Test func `the pair of auto is the person's own`() {
    var settings = Settings()
    settings.themeDark = "ember"
    settings.themeLight = "mist"
    #expect(ThemeChoice.name(environment: [:], settings: settings, isDark: true) == "ember")
    #expect(ThemeChoice.name(environment: [:], settings: settings, isDark: false) == "mist")
    #expect(ThemeChoice.dependsOnTerminal(environment: [:], settings: settings))
    #expect(
      !ThemeChoice.dependsOnTerminal(environment: ["LIFEOS_THEME": "dark"], settings: settings))
    #expect(!ThemeChoice.dependsOnTerminal(environment: ["NO_COLOR": "1"], settings: settings))
  }

  @Test(arguments: [
    ("15;0", true), ("0;15", false), ("7;default;8", true), ("0;default;7", false), ("15;6", true),
    ("0;9", false), ("", nil), ("15", nil), ("0;default", nil), ("0;99", nil), ("a;b", nil),
  ])
  func `COLORFGBG is read or ignored`(value: String, isDark: Bool?) {
    #expect(ThemeChoice.backgroundIsDark(value) == isDark)
  }
}
