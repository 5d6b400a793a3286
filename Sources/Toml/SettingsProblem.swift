/// Something in a settings or theme file that could not be used. The program goes on without it.
package struct SettingsProblem: Error, Equatable, Sendable {
  /// The file's path as it was given.
  package var file: String
  /// Counted from 1; nil where no line is to blame.
  package var line: Int?
  /// The key with its tables: `keys.journal.new`.
  package var key: String?
  /// What is wrong, what is allowed and what is used instead.
  package var message: String

  package init(file: String, line: Int? = nil, key: String? = nil, message: String) {
    self.file = file
    self.line = line
    self.key = key
    self.message = message
  }
}

extension SettingsProblem: CustomStringConvertible {
  /// One line for people: `config.toml:12: day_start: …`.
  package var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return [place, key, message].compactMap { $0 }.joined(separator: ": ")
  }
}
