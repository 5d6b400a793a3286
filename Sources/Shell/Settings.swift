/// What a person can set in `config.toml`. Every option has a default; the file may be missing.
package struct Settings: Equatable, Sendable {
  /// Which characters the screen may draw.
  package enum Icons: String, CaseIterable, Sendable {
    case unicode, ascii
  }

  /// A theme's name, or `auto`: `themeDark` or `themeLight`, as the terminal is.
  package var theme = "auto"
  package var themeDark = "dusk"
  package var themeLight = "paper"
  package var mouse = true
  /// The hour (0...12) at which a day begins: work after midnight belongs to the day before.
  package var dayStart = 3
  /// The day that calendars show first: 0 for Sunday, 1 for Monday … 6 for Saturday.
  package var weekStart = 1
  /// The person's own editor as words, program first; empty for `$VISUAL` or `$EDITOR`.
  package var editor: [String] = []
  /// Milliseconds (0...1000) to wait after Esc for the rest of a key.
  package var escapeDelay = 25
  package var icons = Icons.unicode
  /// Missed days in any 30 (0...30) that do not break a streak.
  package var grace = 2
  package var backups = true
  /// Whether news ring the bell, and whether the desktop shows them (OSC 9).
  package var notifyBell = false
  package var notifyDesktop = false
  /// When a check-in is asked for: 1 for Monday … 7 for Sunday, and the hour (0...23).
  package var reminderDay = 7
  package var reminderHour = 18
  /// The hours (0...23) between which nothing rings or reminds; the same twice for none.
  package var quietFrom = 22
  package var quietUntil = 7
  /// Keys by command id, as `[keys]` says: they take the place of the command's default keys.
  package var keys: [String: [String]] = [:]

  package init() {}
}
