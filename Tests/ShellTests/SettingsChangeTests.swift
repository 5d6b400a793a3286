internal import Foundation
internal import Testing

@testable internal import Shell
internal import Toml

struct SettingsChangeTests {
  private func changed(_ text: String, _ key: String = "theme", to value: String = "mist") throws
    -> String
  {
    try SettingsChange.text(
      text, setting: key, to: SettingsChange.quoted(value), path: "config.toml")
  }

  @Test func `a changed option keeps every other line and its comment`() throws {
    let text = """
      # mine
      mouse = false   # no clicks

      theme = "dusk"  # since May
      [keys]
      theme = "t"
      """
    #expect(
      try changed(text) == """
        # mine
        mouse = false   # no clicks

        theme = "mist"  # since May
        [keys]
        theme = "t"
        """)
  }

  @Test func `a new option stands before the first table`() throws {
    #expect(
      try changed("mouse = true\n\n[keys]\na = \"b\"\n") == """
        mouse = true
        theme = "mist"

        [keys]
        a = "b"

        """)
    #expect(try changed("") == "theme = \"mist\"\n")
    #expect(try changed("mouse = true") == "mouse = true\ntheme = \"mist\"\n")
  }

  @Test func `in the documented file it stands below its own text`() throws {
    let text = try changed(Settings.documentation)
    #expect(text.contains("\n# theme = \"auto\"\ntheme = \"mist\"\n"))
    #expect(SettingsFile(text: text, path: "c").settings.theme == "mist")
    #expect(text.replacing("theme = \"mist\"\n", with: "") == Settings.documentation)
  }

  @Test func `line ends of another system stay`() throws {
    #expect(
      try changed("theme = \"a\"\r\nmouse = true\r\n") == "theme = \"mist\"\r\nmouse = true\r\n")
  }

  @Test func `a value over several lines is replaced whole`() throws {
    let text = "theme = \"\"\"\nlong\n[keys]\n\"\"\"\nmouse = true\n"
    #expect(try changed(text) == "theme = \"mist\"\nmouse = true\n")
  }

  @Test(arguments: ["a\"b", "back\\slash", "new\nline", "tab\t", "é🙂", ""])
  func `any value comes back as it was`(value: String) throws {
    let text = try changed("", to: value)
    let file = try TomlFile(text, path: "c")
    #expect(file.root == [TomlValue.Pair(key: "theme", value: .text(value))])
  }

  @Test func `a broken file is not touched`() throws {
    let folder = NSTemporaryDirectory() + "lifeos-\(UUID().uuidString)"
    let path = folder + "/config.toml"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try "theme = ".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: SettingsProblem.self) {
      try SettingsChange.set("theme", to: "mist", in: path)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "theme = ")
  }

  @Test func `a new file and its folder belong to their owner alone`() throws {
    let folder = NSTemporaryDirectory() + "lifeos-\(UUID().uuidString)"
    let path = folder + "/config.toml"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try SettingsChange.set("theme", to: "mist", in: path)
    #expect(SettingsFile(path: path).settings.theme == "mist")
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names == ["config.toml"])
  }

  @Test func `a linked file stays a link and its mode stays`() throws {
    let folder = NSTemporaryDirectory() + "lifeos-\(UUID().uuidString)"
    let files = FileManager.default
    try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(atPath: folder) }
    let real = folder + "/dotfile"
    let path = folder + "/config.toml"
    #expect(
      files.createFile(atPath: real, contents: nil, attributes: [.posixPermissions: 0o640]))
    try files.createSymbolicLink(atPath: path, withDestinationPath: real)
    try SettingsChange.set("theme", to: "mist", in: path)
    #expect(try files.destinationOfSymbolicLink(atPath: path) == real)
    #expect(try String(contentsOfFile: real, encoding: .utf8).contains("theme = \"mist\"\n"))
    #expect(try files.attributesOfItem(atPath: real)[.posixPermissions] as? Int == 0o640)
  }
}
