package import Features
internal import Kernel
internal import TUI
internal import Toml

/// The settings as the frame uses them: the theme that stands now, keys, folders.
package struct ShellSettings: Sendable {
  private var file: SettingsFile
  private let themes: Themes
  private let environment: [String: String]
  private let path: String
  private var isDark: Bool?
  private(set) var theme: Theme
  /// What was wrong with the files, in sentences.
  private(set) var problems: [String]
  /// The folder of the backups.
  let backups: String

  /// - Parameters:
  ///   - path: the config file.
  ///   - configFolder: the folder it lies in, which may hold themes.
  package init(
    file: SettingsFile, path: String, configFolder: String, backups: String,
    environment: [String: String]
  ) {
    self.file = file
    self.path = path
    self.backups = backups
    self.environment = environment
    themes = Themes(configFolder: configFolder)
    problems = file.problems.map(\.description)
    let name = ThemeChoice.name(environment: environment, settings: file.settings, isDark: nil)
    let found = themes.load(name)
    theme = found.theme
    problems += found.problems.map(\.description)
  }

  var mouse: Bool { file.settings.mouse }
  var keys: [String: [String]] { file.settings.keys }
  var themeNames: [String] { themes.names }

  func describe(theme name: String) -> String { themes.description(of: name) }

  /// nil where the theme's file cannot be read.
  func theme(named name: String) -> Theme? {
    let found = themes.load(name)
    return found.theme.name == name ? found.theme : nil
  }

  /// The terminal told its background: an automatic theme follows it.
  mutating func follow(isDark: Bool) {
    self.isDark = isDark
    theme = themes.load(chosen).theme
  }

  private var chosen: String {
    ThemeChoice.name(environment: environment, settings: file.settings, isDark: isDark)
  }

  /// Keeps a theme in the config file.
  mutating func choose(theme name: String) throws {
    theme = themes.load(name).theme
    file.settings.theme = name
    try SettingsChange.set("theme", to: name, in: path)
  }
}

extension Preferences {
  /// What of the settings the areas look at.
  package init(_ settings: Settings) {
    self.init()
    graceDays = settings.grace
    weekStart = settings.weekStart
    isASCII = settings.icons == .ascii
    reminderDay = settings.reminderDay
    reminderHour = settings.reminderHour
    quietFrom = settings.quietFrom
    quietUntil = settings.quietUntil
    ringsBell = settings.notifyBell
    showsOnDesktop = settings.notifyDesktop
  }
}
