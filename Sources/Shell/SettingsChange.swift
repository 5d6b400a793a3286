package import Toml

/// Changes single options in `config.toml` and leaves every other byte as the person wrote it.
package enum SettingsChange {
  /// Sets a text option, such as the theme. Makes the file where it is missing; replaces it
  /// atomically. Throws, with the file untouched, where it is no TOML or cannot be written.
  package static func set(
    _ key: String, to value: String, in path: String
  ) throws(SettingsProblem) {
    let old = try TextFile.read(path) ?? "# `lifeos config` prints every option.\n"
    try TextFile.replace(path, with: try text(old, setting: key, to: quoted(value), path: path))
  }

  /// `text` with the top-level `key` set to `value`, which is written as TOML wants it.
  static func text(
    _ text: String, setting key: String, to value: String, path: String
  ) throws(SettingsProblem) -> String {
    let before = try TomlFile(text, path: path)
    let end = text.utf8.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
    var lines = split(text)
    if let range = before.lines[[key]] {
      let comment = range.count == 1 ? comment(in: lines[range.lowerBound - 1], path: path) : ""
      lines.replaceSubrange(
        range.lowerBound - 1..<range.upperBound, with: ["\(key) = \(value)\(comment)"])
    } else {
      lines.insert("\(key) = \(value)", at: place(for: key, among: lines, in: before))
      if lines.last != "" { lines.append("") }
    }
    let changed = lines.joined(separator: end)
    let after = try TomlFile(changed, path: path)
    guard after.root.filter({ $0.key != key }) == before.root.filter({ $0.key != key }) else {
      throw before.problem(at: [key], "could not be changed without harm; please edit it by hand")
    }
    return changed
  }

  /// The lines without their ends; `\r\n` is one character in Swift.
  private static func split(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
  }

  /// The comment behind the value in a line `key = value  # comment`, with the blanks before it.
  private static func comment(in line: String, path: String) -> Substring {
    // The shortest beginning of the line, cut at a `#`, that is TOML holds the value.
    for index in line.indices where line[index] == "#" {
      let value = String(line[..<index])
      // Not valid means: this `#` stands inside a text.
      guard let file = try? TomlFile(value, path: path), !file.root.isEmpty else { continue }
      return line[
        (value.lastIndex { $0 != " " && $0 != "\t" }.map(value.index(after:))
          ?? value.endIndex)...]
    }
    return ""
  }

  /// Below the commented default of the key; else at the end of the part before the first table.
  private static func place(for key: String, among lines: [String], in file: TomlFile) -> Int {
    let header = file.firstHeader.map { $0 - 1 } ?? lines.count
    let example = lines[..<header].lastIndex { line in
      line.hasPrefix("# \(key) =") || line.hasPrefix("#\(key) =")
    }
    if let example { return example + 1 }
    var place = header
    while place > 0, lines[place - 1].allSatisfy(\.isWhitespace) { place -= 1 }
    return place
  }

  /// `value` as a basic string of TOML.
  static func quoted(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 32 || scalar.value == 127:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
