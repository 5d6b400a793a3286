package import TUI
package import Toml

/// A theme as its TOML file describes it; `themes/dusk.toml` documents the form.
///
/// What a file leaves out, or says in a way that nobody understands, comes from dusk or, in a light
/// theme, from paper.
package struct ThemeFile: Equatable, Sendable {
  package var theme: Theme
  /// One sentence for the list of themes.
  package var description = ""
  /// What could not be used, in the order of the file.
  package var problems: [SettingsProblem] = []

  /// Reads `text`; the theme's name comes from the file, `path`. Throws where it is no TOML.
  package init(text: String, path: String, name: String) throws(SettingsProblem) {
    let file = try TomlFile(text, path: path)
    theme = .dusk
    let appearance = file.root.first { $0.key == "appearance" }?.value
    if appearance == .text("light") { theme = .paper }
    theme.name = name
    for pair in file.root {
      switch (pair.key, pair.value) {
      case ("appearance", .text("dark")), ("appearance", .text("light")): break
      case ("appearance", _):
        problems.append(file.problem(at: [pair.key], "must be \"dark\" or \"light\""))
      case ("description", .text(let text)): description = text
      case ("roles", .table(let roles)): readRoles(roles, at: ["roles"], of: file, plain: false)
      case ("grounds", .table(let grounds)):
        readGrounds(grounds, at: ["grounds"], of: file, plain: false)
      case ("sixteen", .table(let tables)): readSixteen(tables, of: file)
      default: problems.append(Self.unknown([pair.key], in: file))
      }
    }
    problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  private mutating func readSixteen(_ tables: [TomlValue.Pair], of file: TomlFile) {
    for pair in tables {
      let path = ["sixteen", pair.key]
      switch (pair.key, pair.value) {
      case ("roles", .table(let roles)): readRoles(roles, at: path, of: file, plain: true)
      case ("grounds", .table(let grounds)): readGrounds(grounds, at: path, of: file, plain: true)
      default: problems.append(Self.unknown(path, in: file))
      }
    }
  }

  private mutating func readRoles(
    _ pairs: [TomlValue.Pair], at path: [String], of file: TomlFile, plain: Bool
  ) {
    for pair in pairs {
      guard let role = Role.allCases.first(where: { $0.key == pair.key }) else {
        problems.append(Self.unknown(path + [pair.key], in: file))
        continue
      }
      guard let style = Self.style(pair.value, plain: plain) else {
        problems.append(Self.misfit(path + [pair.key], in: file, plain: plain))
        continue
      }
      if plain {
        theme.plainStyles[Int(role.rawValue)] = style
      } else {
        theme.styles[Int(role.rawValue)] = style
      }
    }
  }

  private mutating func readGrounds(
    _ pairs: [TomlValue.Pair], at path: [String], of file: TomlFile, plain: Bool
  ) {
    for pair in pairs {
      guard let ground = Ground.allCases.first(where: { $0.key == pair.key }) else {
        problems.append(Self.unknown(path + [pair.key], in: file))
        continue
      }
      // A backdrop is a colour or reversed, nothing else.
      guard let style = Self.style(pair.value, plain: plain),
        style == Style(style.foreground, reverse: style.reverse)
      else {
        problems.append(Self.misfit(path + [pair.key], in: file, plain: plain))
        continue
      }
      let backdrop = Backdrop(style.foreground, reverse: style.reverse)
      if plain {
        theme.plainGrounds[Int(ground.rawValue)] = backdrop
      } else {
        theme.grounds[Int(ground.rawValue)] = backdrop
      }
    }
  }

  /// `"#87afd7 bold"`, `247`, `"reverse"`: at most one colour and any attributes.
  private static func style(_ value: TomlValue, plain: Bool) -> Style? {
    if case .number(let index) = value {
      return ThemeWord.color(Substring("\(index)"), plain: plain).map { Style($0) }
    }
    guard let words = value.text?.split(separator: " "), !words.isEmpty else { return nil }
    var style = Style()
    var hasColor = false
    for word in words {
      if let color = ThemeWord.color(word, plain: plain), !hasColor {
        style.foreground = color
        hasColor = true
      } else if !ThemeWord.apply(word, to: &style) {
        return nil
      }
    }
    return style
  }

  private static func unknown(_ path: [String], in file: TomlFile) -> SettingsProblem {
    file.problem(at: path, "no theme has this; themes/dusk.toml shows what there is")
  }

  private static func misfit(
    _ path: [String], in file: TomlFile, plain: Bool
  ) -> SettingsProblem {
    let colors = plain ? "0 to 15 or a name such as \"cyan\"" : "\"#rrggbb\", 0 to 255 or a name"
    return file.problem(
      at: path,
      path.contains("grounds")
        ? "must be a colour (\(colors)) or \"reverse\""
        : "must be a colour (\(colors)), bold, italic, underline, reverse, dim, or some of these")
  }
}
