package import Toml

extension ServerSettings {
  /// The settings of a file's text, nil where there is none, and of the environment. Returns every
  /// problem too, a line each.
  package static func read(
    toml text: String?, path: String, environment: [String: String]
  ) -> (settings: ServerSettings, problems: [String]) {
    var settings = ServerSettings()
    var problems: [SettingsProblem] = []
    if let text { problems += settings.read(toml: text, path: path) }
    problems += settings.read(environment: environment)
    return (settings, problems.map(\.description))
  }

  /// Takes over what the file at `path` sets. Returns every problem, each with its line; what has one
  /// stays as it was.
  package mutating func read(toml text: String, path: String) -> [SettingsProblem] {
    let file: TomlFile
    do throws(SettingsProblem) {
      file = try TomlFile(text, path: path)
    } catch {
      return [error]
    }
    var problems: [SettingsProblem] = []
    for pair in file.root {
      guard let option = ServerOption.all.first(where: { $0.key == pair.key }) else {
        problems.append(file.problem(at: [pair.key], "there is no such setting"))
        continue
      }
      if let complaint = option.set(pair.value, in: &self) {
        problems.append(file.problem(at: [pair.key], complaint))
      }
    }
    return problems
  }

  /// Takes over what the variables `LIFEOSD_…` set. Returns every problem.
  package mutating func read(environment: [String: String]) -> [SettingsProblem] {
    var problems: [SettingsProblem] = []
    for (name, text) in environment.sorted(by: { $0.key < $1.key })
    where name.hasPrefix("LIFEOSD_") && !Self.isOtherVariable(name) {
      guard let option = ServerOption.all.first(where: { $0.variable == name }) else {
        problems.append(
          SettingsProblem(file: "environment", key: name, message: "there is no such setting"))
        continue
      }
      if let complaint = option.set(option.value(of: text), in: &self) {
        problems.append(SettingsProblem(file: "environment", key: name, message: complaint))
      }
    }
    return problems
  }

  /// The command line's own variables, and those of debug builds for tests.
  private static func isOtherVariable(_ name: String) -> Bool {
    ["LIFEOSD_DATA", "LIFEOSD_CONFIG"].contains(name) || name.hasPrefix("LIFEOSD_TEST_")
  }
}

extension ServerOption {
  /// Sets it to `value`, or says why it can't.
  fileprivate func set(_ value: TomlValue, in settings: inout ServerSettings) -> String? {
    var changed = settings
    switch (kind, value) {
    case (.text(_, let set), .text(let text)) where set(&changed, text): break
    case (.number(let range, let set), .number(let number)) where range.contains(number):
      set(&changed, number)
    case (.flag(let set), .flag(let flag)): set(&changed, flag)
    case (.list(_, let set), .list(let list)):
      let texts = list.compactMap(\.text)
      guard texts.count == list.count, set(&changed, texts) else { return complaint }
    default: return complaint
    }
    settings = changed
    return nil
  }

  private var complaint: String {
    switch kind {
    case .text(let allowed, _): "this must be \(allowed)"
    case .number(let range, _):
      "this must be a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: "this must be true or false"
    case .list(let allowed, _): "this must be a list of \(allowed)"
    }
  }

  /// What a variable's text means; lists are parted by commas.
  fileprivate func value(of text: String) -> TomlValue {
    switch kind {
    case .text: return .text(text)
    case .number: return Int(text).map { .number($0) } ?? .other
    case .flag:
      switch text.lowercased() {
      case "true", "yes", "on", "1": return .flag(true)
      case "false", "no", "off", "0": return .flag(false)
      default: return .other
      }
    case .list:
      let parts = text.split(separator: ",").map { part in
        TomlValue.text(
          String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        )
      }
      return .list(parts)
    }
  }
}
