internal import Glibc

/// What the environment tells about the terminal, before anything is asked.
package struct Capabilities: Equatable, Sendable {
  /// The value of TERM.
  package var name: String
  /// Speaks xterm's language: modes, titles, mouse, colours by number; described by our own entry.
  package var isXtermAlike: Bool
  /// Nil where only the terminal's entry in terminfo knows.
  package var depth: ColorDepth?
  /// False: everything is drawn in ASCII.
  package var isUTF8: Bool
  /// Queries are answered, or ignored without a trace.
  package var answers: Bool
  /// Clusters of several scalars may be sent whole.
  package var drawsClusters: Bool

  package init(environment: [String: String]) throws(TerminalError) {
    let term = environment["TERM"] ?? ""
    if term.isEmpty { throw .unset }
    if term == "dumb" || term == "unknown" { throw .dumb }
    name = term
    let multiplexed = environment["TMUX"].map { !$0.isEmpty } ?? false
    isXtermAlike = Self.isXtermAlike(term, inTmux: multiplexed)
    depth = Self.depth(term, isXtermAlike, environment)
    isUTF8 = Self.isUTF8(environment)
    answers = isXtermAlike && environment["TERM_PROGRAM"] != "Apple_Terminal"
    drawsClusters =
      isXtermAlike && isUTF8 && !multiplexed && !term.hasPrefix("tmux")
      && !term.hasPrefix("screen")
  }

  private static let families = [
    "xterm", "tmux", "alacritty", "foot", "kitty", "wezterm", "ghostty", "contour", "iterm",
    "mintty", "vte", "gnome", "konsole", "st-",
  ]

  private static func isXtermAlike(_ term: String, inTmux: Bool) -> Bool {
    if term.hasPrefix("xterm-old") || term.hasPrefix("xterm-r") { return false }
    return families.contains { term.hasPrefix($0) } || (inTmux && term.hasPrefix("screen"))
  }

  private static func depth(
    _ term: String, _ isXtermAlike: Bool, _ environment: [String: String]
  ) -> ColorDepth? {
    if let refused = environment["NO_COLOR"], !refused.isEmpty { return ColorDepth.mono }
    guard isXtermAlike else { return nil }
    if term.hasSuffix("-mono") || term.hasSuffix("-m") { return ColorDepth.mono }
    let offered = environment["COLORTERM"] ?? ""
    if offered == "truecolor" || offered == "24bit" || term.hasSuffix("-direct") { return .direct }
    if term.hasSuffix("-16color") { return .sixteen }
    return term == "xterm" || term == "xterm-color" ? .sixteen : .indexed
  }

  /// By the names of the variables: a locale that is not installed still tells what was wanted.
  private static func isUTF8(_ environment: [String: String]) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    guard let value = names.lazy.compactMap({ environment[$0] }).first(where: { !$0.isEmpty })
    else { return true }
    let name = value.lowercased()
    if name.contains("utf-8") || name.contains("utf8") { return true }
    // A bare language such as en_US stands for an old character set; C and POSIX for ASCII.
    return false
  }
}
