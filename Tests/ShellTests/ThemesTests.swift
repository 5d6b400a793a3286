internal import Foundation
internal import TUI
internal import Testing

@testable internal import Shell
internal import Toml

/// The themes that come with lifeos, as files and built in.
struct ThemesTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  /// Every file in `themes/`: a new one is tested as soon as it is there.
  static let names: [String] = {
    // Where the folder cannot be read, the test of needs fails.
    let files = (try? FileManager.default.contentsOfDirectory(atPath: root + "/themes")) ?? []
    return files.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  private func file(_ name: String) throws -> ThemeFile {
    let path = Self.root + "/themes/\(name).toml"
    return try ThemeFile(
      text: try String(contentsOfFile: path, encoding: .utf8), path: path, name: name)
  }

  @Test func `there is a theme for every need`() {
    let needs: Set = ["dusk", "paper", "contrast", "clear", "sixteen", "mono"]
    #expect(needs.isSubset(of: Self.names))
  }

  @Test(arguments: names)
  func `a theme that comes with lifeos is whole and without problems`(name: String) throws {
    let file = try file(name)
    #expect(file.problems == [])
    #expect(!file.description.isEmpty)
    let text = try String(contentsOfFile: Self.root + "/themes/\(name).toml", encoding: .utf8)
    let toml = try TomlFile(text, path: name)
    for table in [["roles"], ["sixteen", "roles"]] {
      for role in Role.allCases {
        #expect(toml.lines[table + [role.key]] != nil, "\(table) \(role.key)")
      }
    }
    for table in [["grounds"], ["sixteen", "grounds"]] {
      for key in Ground.allCases.compactMap(\.key) {
        #expect(toml.lines[table + [key]] != nil, "\(table) \(key)")
      }
    }
  }

  @Test(arguments: Theme.builtIn)
  func `a built-in theme equals its file`(theme: Theme) throws {
    #expect(try file(theme.name).theme == theme)
  }

  @Test(arguments: names)
  func `words can be read on the screen, a dialog and the selected row`(name: String) throws {
    let theme = try file(name).theme
    let least = name.hasPrefix("contrast") ? 7.0 : 4.5
    let silent: Set<Role> = [.faint, .mask]
    for role in Role.allCases where !silent.contains(role) {
      let style = theme.styles[Int(role.rawValue)]
      // The terminal's own text colour is its own affair, and so is what it reverses.
      guard !style.reverse, let words = Luminance(style.foreground) else { continue }
      for (ground, backdrop) in theme.grounds.enumerated() where !backdrop.reverse {
        let behind =
          Luminance(backdrop.color)
          ?? (theme.isDark ? Luminance(30, 30, 30) : Luminance(255, 255, 255))
        #expect(words.contrast(to: behind) >= least, "\(role.key) on ground \(ground)")
      }
    }
  }

  @Test(arguments: ["clear", "clear-light"])
  func `good is blue and bad is orange where colours must be told apart`(name: String) throws {
    let theme = try file(name).theme
    let good = try #require(Luminance(theme.styles[Int(Role.good.rawValue)].foreground))
    let bad = try #require(Luminance(theme.styles[Int(Role.bad.rawValue)].foreground))
    #expect(good.blue > good.red && bad.red > bad.blue)
  }

  @Test func `mono and sixteen keep to their colours`() throws {
    let mono = try file("mono").theme
    #expect((mono.styles + mono.plainStyles).allSatisfy { $0.foreground == .standard })
    #expect((mono.grounds + mono.plainGrounds).allSatisfy { $0.color == .standard })
    #expect(
      try file("sixteen").theme.styles.allSatisfy { style in
        switch style.foreground {
        case .standard, .sixteen: true
        default: false
        }
      })
  }

  // MARK: - Finding

  @Test func `the source tree's themes are found from the program that was built in it`() {
    let themes = Themes(
      configFolder: "/nowhere", executable: Self.root + "/.build/x/debug/lifeos")
    #expect(themes.names == Self.names)
    #expect(themes.load("ember").theme.name == "ember")
    #expect(themes.load("ember").problems == [])
    #expect(themes.description(of: "mono") == "No colours at all: bold, underline and reverse.")
  }

  @Test func `an installed program finds them beside itself`() {
    let themes = Themes(configFolder: "/nowhere", executable: "/usr/local/bin/lifeos")
    #expect(themes.folders == ["/nowhere/themes", "/usr/local/share/lifeos/themes"])
    #expect(themes.names == ["dusk", "mono", "paper"])
  }

  @Test func `a person's own theme goes before all others, also built-in ones`() throws {
    let folder = NSTemporaryDirectory() + "lifeos-\(UUID().uuidString)"
    let files = FileManager.default
    try files.createDirectory(atPath: folder + "/themes", withIntermediateDirectories: true)
    defer { try? files.removeItem(atPath: folder) }
    for name in ["dusk", "mine", "bad name"] {
      try "[roles]\naccent = 5".write(
        toFile: folder + "/themes/\(name).toml", atomically: true, encoding: .utf8)
    }
    try "= 1".write(toFile: folder + "/themes/broken.toml", atomically: true, encoding: .utf8)
    let themes = Themes(configFolder: folder, executable: nil)
    #expect(themes.names == ["broken", "dusk", "mine", "mono", "paper"])
    for name in ["dusk", "mine"] {
      let theme = themes.load(name).theme
      #expect(theme.styles[Int(Role.accent.rawValue)] == Style(.indexed(5)))
    }
    #expect(themes.load("broken").theme == .dusk)
    #expect(themes.load("broken").problems.map(\.line) == [1])
  }

  @Test(arguments: ["purple", "", "../dusk", "a/b", "dusk\0"])
  func `a theme that is not there falls back to dusk and says so`(name: String) {
    let themes = Themes(configFolder: "/nowhere", executable: nil)
    let loaded = themes.load(name)
    #expect(loaded.theme == .dusk)
    #expect(loaded.problems.count == 1)
  }
}

/// The relative luminance of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
private struct Luminance {
  let red, green, blue: Int

  init(_ red: Int, _ green: Int, _ blue: Int) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// nil for colours that the terminal defines.
  init?(_ color: Color) {
    switch color {
    case .standard, .sixteen: return nil
    case .rgb(let red, let green, let blue): self.init(Int(red), Int(green), Int(blue))
    case .indexed(let index) where index >= 232:
      let level = 8 + (index - 232) * 10
      self.init(level, level, level)
    case .indexed(let index) where index >= 16:
      let levels = [0, 95, 135, 175, 215, 255]
      let cube = index - 16
      self.init(levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    case .indexed: return nil
    }
  }

  var value: Double {
    func linear(_ channel: Int) -> Double {
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  func contrast(to other: Luminance) -> Double {
    (max(value, other.value) + 0.05) / (min(value, other.value) + 0.05)
  }
}
