extension Settings {
  /// The documentation of every option: a `config.toml` in which all lines are comments.
  package static var documentation: String {
    var text = """
      # config.toml of lifeos: every option with its default. Take the `#` before an option away to
      # change it. The file may hold just the lines that differ, or not exist at all.

      """
    for option in SettingsOption.all {
      text += "\n"
      for line in option.help.split(separator: "\n") { text += "# \(line)\n" }
      text += "# \(option.key) = \(option.standard)\n"
    }
    return text + """

      # Keys: the id of a command (the help, `?`, shows it) and the key or keys that run it, in place
      # of its default ones; "" leaves it without. Keys: "n", "N", "C-n" (Control), "M-n" (Alt),
      # "<enter>", "<esc>", "<tab>", "<space>", "<up>", "<f5>"; one after the other: "g g".
      # [keys]
      # "journal.new" = ["n", "C-n"]

      """
  }
}
