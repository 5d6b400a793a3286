package import Toml

/// `config.toml` as it was read: it never keeps the program from starting.
package struct SettingsFile: Equatable, Sendable {
  package var settings = Settings()
  /// What could not be used, in the order of the file.
  package var problems: [SettingsProblem] = []
  /// The line of each command in `[keys]`, for what a keymap has to say about it.
  package var keyLines: [String: Int] = [:]

  /// Reads the file at `path`. A missing one gives the defaults and costs nothing.
  package init(path: String) {
    do throws(SettingsProblem) {
      guard let text = try TextFile.read(path) else { return }
      read(text, path: path)
    } catch {
      problems = [error]
    }
  }

  /// Reads `text`; `path` is for the messages only.
  package init(text: String, path: String) { read(text, path: path) }

  private mutating func read(_ text: String, path: String) {
    let file: TomlFile
    do throws(SettingsProblem) {
      file = try TomlFile(text, path: path)
    } catch {
      problems = [error]
      problems[0].message += "; all options have their defaults until this is mended"
      return
    }
    for pair in file.root {
      if pair.key == "keys" {
        readKeys(pair.value, at: ["keys"], in: file)
      } else if let option = SettingsOption.all.first(where: { $0.key == pair.key }) {
        guard !option.set(pair.value, &settings) else { continue }
        problems.append(
          file.problem(
            at: [pair.key], "must be \(option.allowed); the default \(option.standard) is used"))
      } else {
        problems.append(
          file.problem(at: [pair.key], "no such option; `lifeos config` shows all there are"))
      }
    }
    problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// `journal.new = "n"` is a table in a table for TOML; a quoted id is not. Both mean the same.
  private mutating func readKeys(_ value: TomlValue, at path: [String], in file: TomlFile) {
    let id = path.dropFirst().joined(separator: ".")
    switch value {
    case .table(let pairs):
      for pair in pairs { readKeys(pair.value, at: path + [pair.key], in: file) }
    case .text(let key) where !id.isEmpty:
      add(id, keys: key.isEmpty ? [] : [key], line: file.line(of: path))
    case .list(let values) where !id.isEmpty:
      let keys = values.compactMap(\.text)
      guard keys.count == values.count, !keys.contains("") else { fallthrough }
      add(id, keys: keys, line: file.line(of: path))
    default:
      problems.append(
        file.problem(
          at: path,
          id.isEmpty
            ? "must be a table: [keys], then a line a command"
            : "must be a key such as \"n\" or a list such as [\"n\", \"C-n\"]; its default keys stay"
        ))
    }
  }

  private mutating func add(_ id: String, keys: [String], line: Int?) {
    settings.keys[id] = keys
    keyLines[id] = line
  }
}
