/// A value of a TOML file, as far as settings and themes use them.
package enum TomlValue: Equatable, Sendable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([TomlValue])
  /// A table's keys in the order of the file.
  case table([Pair])
  /// A date, a time, a fraction: nothing here asks for one.
  case other

  /// One key of a table with its value.
  package struct Pair: Equatable, Sendable {
    package let key: String
    package let value: TomlValue

    package init(key: String, value: TomlValue) {
      self.key = key
      self.value = value
    }
  }

  /// The text; nil for anything else.
  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}

/// A parsed TOML file that knows where its keys stand.
package struct TomlFile: Equatable, Sendable {
  /// Only for messages.
  package let path: String
  /// The keys outside of all tables, and the tables.
  package let root: [TomlValue.Pair]
  /// The lines, counted from 1, that each key and its value take; of a table, its header.
  package let lines: [[String]: ClosedRange<Int>]
  /// The line of the first table's header; nil where there are no tables.
  package let firstHeader: Int?

  /// Throws the place of the first error of syntax.
  package init(_ text: String, path: String) throws(SettingsProblem) {
    var parser = TomlParser(text)
    do throws(TomlFault) {
      try parser.parse()
    } catch {
      throw SettingsProblem(
        file: path, line: parser.line, message: "no valid TOML: \(error.reason)")
    }
    self.path = path
    root = parser.root.pairs
    lines = parser.lines
    firstHeader = parser.firstHeader
  }

  /// The line of a key; of the table that holds it, where it has none of its own.
  package func line(of keyPath: [String]) -> Int? {
    var path = keyPath
    while !path.isEmpty {
      if let range = lines[path] { return range.lowerBound }
      path.removeLast()
    }
    return nil
  }

  /// A problem with the key at `keyPath`, with its line.
  package func problem(at keyPath: [String], _ message: String) -> SettingsProblem {
    SettingsProblem(
      file: path, line: line(of: keyPath), key: keyPath.joined(separator: "."), message: message)
  }
}

/// What is wrong with a text that should be TOML; the parser knows the line.
struct TomlFault: Error, Equatable {
  let reason: String
}
