/// The whole manual: commands from the tree of the command line, keys from the screens' table, and
/// the pages that explain.
package struct Manual {
  private let tree: ToolTree
  private let version: String
  private let keys: [String]

  /// `tree` is ArgumentParser's dump; `keys` the lines of the keys page.
  package init(tree: String, version: String, keys: [String]) {
    self.tree = ToolTree(tree)
    self.version = version
    self.keys = keys
  }

  package static let sectionNames = ["commands", "keys"] + ManualPages.all.map(\.name)

  /// The manual as plain text, or one section of it.
  package func text(section: String?) throws(Failure) -> String {
    if let section {
      guard let name = Self.sectionNames.first(where: { $0 == section.lowercased() }) else {
        throw Failure(
          .notFound,
          "the manual has no section “\(section)”; it has "
            + Self.sectionNames.joined(separator: ", "))
      }
      return lines(of: name).joined(separator: "\n")
    }
    let head = ["lifeos \(version): a calm, fast, offline journal in the terminal", ""]
    return (head + Self.sectionNames.flatMap { lines(of: $0) + [""] }).dropLast()
      .joined(separator: "\n")
  }

  private func lines(of name: String) -> [String] {
    switch name {
    case "commands": ["COMMANDS", ""] + commandLines
    case "keys": ["KEYS", ""] + (keys.isEmpty ? ["Press ? on any screen."] : keys)
    default:
      ManualPages.all.filter { $0.name == name }
        .flatMap {
          [$0.title.uppercased(), ""]
            + $0.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
    }
  }

  private var commandLines: [String] {
    var lines: [String] = []
    for command in tree.command.all {
      lines += Self.wrapped(command.synopsis, indent: 0, hanging: 4)
      if let abstract = command.abstract { lines += Self.wrapped(abstract, indent: 4) }
      for argument in command.shownArguments {
        lines.append("      \(argument.allUsages)")
        lines += Self.wrapped(argument.help, indent: 10)
      }
      for paragraph in (command.discussion ?? "").split(separator: "\n") {
        lines += Self.wrapped(String(paragraph), indent: 4)
      }
      lines.append("")
    }
    return lines.dropLast()
  }

  /// Lines of at most 80 columns; those after the first go in by `hanging` more.
  private static func wrapped(_ text: String, indent: Int, hanging: Int = 0) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let room = 80 - indent - (lines.isEmpty ? 0 : hanging)
      if !line.isEmpty, line.count + 1 + word.count > room {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines.enumerated().map { index, line in
      String(repeating: " ", count: indent + (index == 0 ? 0 : hanging)) + line
    }
  }

  /// The man page, in the man macros of roff (man(7)).
  package var page: String {
    var lines = [
      ".TH LIFEOS 1 \"\" \"lifeos \(version)\" \"User Commands\"", ".SH NAME",
      "lifeos \\- a calm, fast, offline journal in the terminal", ".SH SYNOPSIS", ".B lifeos",
      "[\\fICOMMAND\\fR …]", ".SH DESCRIPTION", Self.escaped(tree.command.discussion ?? ""),
      ".SH COMMANDS",
    ]
    for command in tree.command.all.dropFirst() {
      lines += [".SS " + Self.escaped(command.synopsis), Self.escaped(command.abstract ?? "")]
      if let discussion = command.discussion { lines += [".PP", Self.escaped(discussion)] }
      for argument in command.shownArguments {
        lines += [".TP", ".B " + Self.escaped(argument.allUsages), Self.escaped(argument.help)]
      }
    }
    if !keys.isEmpty { lines += [".SH KEYS", ".nf"] + keys.map(Self.escaped) + [".fi"] }
    for page in ManualPages.all {
      lines += [".SH " + page.title.uppercased(), ".nf"]
      lines += page.text.split(separator: "\n", omittingEmptySubsequences: false).map {
        Self.escaped(String($0))
      }
      lines.append(".fi")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Backslashes and hyphens as themselves; no line begins like a request.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let plain = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : String(plain)
    }.joined(separator: "\n")
  }
}
