/// Which theme to show: a pure function of what the person, the environment and the terminal say.
package enum ThemeChoice {
  /// A theme's name. In this order: `LIFEOS_THEME` (a theme's name, `dark`, `light` or `auto`),
  /// `NO_COLOR`, the settings, the terminal's answer, `COLORFGBG`, dark.
  ///
  /// - Parameter isDark: what the terminal told about its background, nil while it has not.
  package static func name(
    environment: [String: String], settings: Settings, isDark: Bool?
  ) -> String {
    let wish = environment["LIFEOS_THEME"].flatMap { $0.isEmpty ? nil : $0 }
    if wish == nil, environment["NO_COLOR"]?.isEmpty == false { return "mono" }
    switch wish ?? settings.theme {
    case "auto":
      let isDark = isDark ?? environment["COLORFGBG"].flatMap(backgroundIsDark) ?? true
      return isDark ? settings.themeDark : settings.themeLight
    case "dark": return settings.themeDark
    case "light": return settings.themeLight
    case let name: return name
    }
  }

  /// True where only the terminal's answer can change the choice: worth asking for.
  package static func dependsOnTerminal(
    environment: [String: String], settings: Settings
  ) -> Bool {
    name(environment: environment, settings: settings, isDark: true)
      != name(environment: environment, settings: settings, isDark: false)
  }

  /// `COLORFGBG` is `foreground;background`, rxvt with a third field between; palette numbers, of
  /// which 0–6 and 8 are dark.
  static func backgroundIsDark(_ value: String) -> Bool? {
    let fields = value.split(separator: ";", omittingEmptySubsequences: false)
    guard fields.count > 1, let last = fields.last, let index = Int(last),
      (0..<16).contains(index)
    else { return nil }
    return index < 7 || index == 8
  }
}
