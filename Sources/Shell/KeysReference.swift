internal import TUI

/// Every command of the screens with its default keys: the manual's page of keys.
package enum KeysReference {
  package struct Line: Sendable {
    /// The screen's context; empty for what works everywhere.
    package let context: String
    /// The stable id, which a keymap names.
    package let id: String
    /// As a keymap writes them.
    package let keys: [String]
    package let title: String
    package let help: String
  }

  /// In the order of the screens; what works everywhere comes first.
  package static var lines: [Line] {
    var all = Shell.commands.map { line(of: $0, in: "") }
    for screen in Shell.screens { all += lines(of: screen) }
    return all
  }

  private static func lines<S: Screen>(of screen: S.Type) -> [Line] {
    S.commands.map { line(of: $0, in: S.context) }
  }

  private static func line<Owner>(of command: Command<Owner>, in context: String) -> Line {
    Line(
      context: context, id: command.id, keys: command.keys, title: command.title,
      help: command.help)
  }
}
