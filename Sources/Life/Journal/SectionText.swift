/// An entry's sections as one Markdown text, and back: what `$EDITOR`, templates and the Markdown
/// export show.
///
/// A type of one section is its text. Others stand under `## Heading` lines. A line of a section that
/// would read as one of these headings carries a backslash, so that nothing is lost either way.
package enum SectionText {
  /// `sections` in the order of the type, each under its heading; empty ones too where
  /// `withEmpty`.
  package static func join(
    _ sections: [String: String], type: JournalType?, withEmpty: Bool = false
  ) -> String {
    let known = headings(type)
    if known.count == 1, sections.keys.allSatisfy({ $0 == known[0].name }) {
      return escaped(sections[known[0].name] ?? "", known: known)
    }
    var parts: [String] = []
    for (name, title) in known + foreign(sections, type) {
      let text = sections[name] ?? ""
      guard !text.isEmpty || withEmpty && known.contains(where: { $0.name == name }) else {
        continue
      }
      let heading = title.isEmpty ? "## section: " + name : "## " + title
      parts.append(heading + "\n\n" + escaped(text, known: known))
    }
    return parts.joined(separator: "\n\n")
  }

  /// The reverse of `join`. Text before the first heading goes to the type's first section. Blank
  /// lines around a heading belong to it.
  package static func split(_ text: String, type: JournalType?) -> [String: String] {
    let known = headings(type)
    var sections: [String: String] = [:]
    var name = known.first?.name ?? "body"
    var lines: [Substring] = []
    func close() {
      let part = lines.joined(separator: "\n")
      lines = []
      guard !part.isEmpty else { return }
      sections[name] = sections[name].map { $0 + "\n\n" + part } ?? part
    }
    var skipsBlank = false
    for line in LineText.lines(text) {
      if let heading = section(of: line, known: known) {
        if lines.last?.isEmpty == true { lines.removeLast() }
        close()
        name = heading
        skipsBlank = true
      } else if skipsBlank, line.isEmpty {
        skipsBlank = false
      } else {
        skipsBlank = false
        let bare = line.drop { $0 == "\\" }
        lines.append(section(of: bare, known: known) == nil ? line : line.dropFirst())
      }
    }
    close()
    return sections
  }

  /// Every line of `text` that would be read as a heading, or as an escaped one, behind a backslash.
  private static func escaped(_ text: String, known: [(name: String, title: String)]) -> String {
    guard text.utf8.contains(0x23) else { return text }
    return LineText.lines(text).map { line in
      section(of: line.drop { $0 == "\\" }, known: known) == nil ? line : "\\" + line
    }.joined(separator: "\n")
  }

  private static func headings(_ type: JournalType?) -> [(name: String, title: String)] {
    (type ?? .note).sections
  }

  /// Sections that the type does not have, by their field names.
  private static func foreign(
    _ sections: [String: String], _ type: JournalType?
  ) -> [(name: String, title: String)] {
    let own = headings(type).map(\.name)
    return JournalEntry.sectionNames.filter { sections[$0] != nil && !own.contains($0) }
      .map { ($0, "") }
  }

  private static func section(
    of line: some StringProtocol, known: [(name: String, title: String)]
  ) -> String? {
    guard line.hasPrefix("## ") else { return nil }
    guard line.utf8.count < 64 else { return nil }
    let words = line.dropFirst(3).split(whereSeparator: \.isWhitespace)
    let title = words.joined(separator: " ").lowercased()
    if let hit = known.first(where: { !$0.title.isEmpty && $0.title.lowercased() == title }) {
      return hit.name
    }
    return JournalEntry.sectionNames.first { "section: " + $0 == title }
  }
}
