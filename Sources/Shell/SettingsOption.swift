internal import Toml

/// One key of `config.toml`: how it is read, and its line in the documentation.
struct SettingsOption: Sendable {
  let key: String
  /// What is allowed, for messages: "true or false".
  let allowed: String
  /// Comment lines for the default file.
  let help: String
  /// The default as TOML writes it.
  let standard: String
  /// Puts a value into the settings; false where it is not allowed.
  let set: @Sendable (TomlValue, inout Settings) -> Bool

  /// Every option but `[keys]`, in the order of the default file.
  static let all: [SettingsOption] = [
    .text(
      "theme", \.theme,
      help: """
        A theme's name, or "auto": theme_dark or theme_light, as the terminal's background is.
        The environment variable LIFEOS_THEME goes before it; NO_COLOR picks "mono".
        """),
    .text("theme_dark", \.themeDark, help: "The theme for dark terminals."),
    .text("theme_light", \.themeLight, help: "The theme for light terminals."),
    .flag(
      "mouse", \.mouse,
      help: "Clicks and the wheel. While on, most terminals select text with Shift held."),
    .number(
      "day_start", \.dayStart, in: 0...12,
      help:
        "The hour at which a new day begins: what you write before it belongs to the day before."),
    .number(
      "week_start", \.weekStart, in: 0...6,
      help: "The first day of a week in calendars: 0 for Sunday, 1 for Monday, to 6 for Saturday."),
    editor,
    .number(
      "escape_delay", \.escapeDelay, in: 0...1000,
      help: """
        Milliseconds to wait after Esc for the rest of a key. Raise it where arrow keys come out
        as letters on a slow line.
        """),
    icons,
    .number(
      "grace", \.grace, in: 0...30,
      help: "Missed days in any 30 that do not break a streak."),
    .flag("backups", \.backups, help: "Back the database up on the first start of each day."),
    .flag(
      "notify_bell", \.notifyBell,
      help:
        "Ring the terminal's bell when something new comes in: a friend's check-in, an invitation."),
    .flag(
      "notify_desktop", \.notifyDesktop,
      help: """
        Let the desktop show it too, where the terminal can (OSC 9). Names of friends and groups are
        part of it.
        """),
    .number(
      "reminder_day", \.reminderDay, in: 1...7,
      help: "The day on which the week's check-in is asked for: 1 for Monday, to 7 for Sunday."),
    .number(
      "reminder_hour", \.reminderHour, in: 0...23, help: "The hour at which it is asked for."),
    .number(
      "quiet_from", \.quietFrom, in: 0...23,
      help: "From this hour on nothing rings and nothing is asked for."),
    .number(
      "quiet_until", \.quietUntil, in: 0...23,
      help: "Until this hour; the same as quiet_from for no quiet hours."),
  ]

  private static let editor = SettingsOption(
    key: "editor", allowed: "a command such as \"nvim\" or [\"code\", \"--wait\"]",
    help: """
      Your own editor, run without a shell: a command, or its words in a list where one has spaces.
      Empty: $VISUAL, then $EDITOR.
      """, standard: "\"\""
  ) { value, settings in
    switch value {
    case .text(let command):
      settings.editor = command.split(separator: " ").map(String.init)
      return true
    case .list(let values):
      let words = values.compactMap(\.text)
      guard words.count == values.count, words.first != "" else { return false }
      settings.editor = words
      return true
    default:
      return false
    }
  }

  private static let icons = SettingsOption(
    key: "icons", allowed: "\"unicode\" or \"ascii\"",
    help: "\"unicode\", or \"ascii\" for fonts without ○ ◐ ✓ ★.", standard: "\"unicode\""
  ) { value, settings in
    guard let icons = value.text.flatMap(Settings.Icons.init) else { return false }
    settings.icons = icons
    return true
  }
}

extension SettingsOption {
  private static func flag(
    _ key: String, _ path: any WritableKeyPath<Settings, Bool> & Sendable, help: String
  ) -> SettingsOption {
    SettingsOption(
      key: key, allowed: "true or false", help: help, standard: "\(Settings()[keyPath: path])"
    ) { value, settings in
      guard case .flag(let flag) = value else { return false }
      settings[keyPath: path] = flag
      return true
    }
  }

  private static func number(
    _ key: String, _ path: any WritableKeyPath<Settings, Int> & Sendable,
    in range: ClosedRange<Int>,
    help: String
  ) -> SettingsOption {
    SettingsOption(
      key: key, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      help: help, standard: "\(Settings()[keyPath: path])"
    ) { value, settings in
      guard case .number(let number) = value, range.contains(number) else { return false }
      settings[keyPath: path] = number
      return true
    }
  }

  private static func text(
    _ key: String, _ path: any WritableKeyPath<Settings, String> & Sendable, help: String
  ) -> SettingsOption {
    SettingsOption(
      key: key, allowed: "a name in quotation marks", help: help,
      standard: "\"\(Settings()[keyPath: path])\""
    ) { value, settings in
      guard let text = value.text, !text.isEmpty else { return false }
      settings[keyPath: path] = text
      return true
    }
  }
}
