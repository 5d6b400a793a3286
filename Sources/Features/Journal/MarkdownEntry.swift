internal import Kernel
internal import Life

/// An entry in the Markdown files: a head of `name: value` lines between two rules, then its text.
///
///     ---
///     entry: reflection
///     day: 2026-11-20
///     written: 2026-11-20T21:04:05.250+01:00
///     zone: Europe/Berlin
///     tags: home, tea
///     mood: 4 good
///     id: 0198f2…
///     ---
///
///     ## Went well
///
///     A walk.
///
/// A value that a plain line can't hold is a JSON string. A line of the text that would begin another
/// entry carries a backslash.
enum MarkdownEntry {
  /// The entry as text, with a line feed behind its last line.
  static func text(_ entry: JournalEntry, tags: [String]) -> String {
    let zone = Zone(named: entry.zone)
    var lines = ["---", "entry: " + value(entry.typeName), "day: \(entry.day)"]
    let written = ISOTime.text(entry.at, offset: zone?.offset(at: entry.at) ?? 0)
    lines.append("written: " + (written ?? "@\(entry.at.milliseconds)"))
    lines.append("zone: " + value(entry.zone))
    if !entry.title.isEmpty { lines.append("title: " + value(entry.title)) }
    if entry.isStarred { lines.append("starred: yes") }
    if let mood = entry.mood {
      lines.append("mood: \(mood)" + (Mood(rawValue: mood).map { " " + $0.name } ?? ""))
    }
    if !tags.isEmpty { lines.append("tags: " + tags.map(tag).joined(separator: ", ")) }
    for (name, text) in [
      ("source", entry.source), ("source-id", entry.sourceID), ("source-raw", entry.sourceRaw),
    ] {
      if let text { lines.append("\(name): " + value(text)) }
    }
    lines += ["id: \(entry.id)", "---", ""]
    let body = escaped(SectionText.join(entry.sections, type: entry.type))
    return lines.joined(separator: "\n") + "\n" + body + "\n"
  }

  /// True for the two lines that begin an entry.
  static func begins(_ line: Substring, _ next: Substring?) -> Bool {
    isRule(line) && next.map { $0.utf8.starts(with: "entry:".utf8) } == true
  }

  static func isRule(_ line: Substring) -> Bool {
    line.utf8.elementsEqual("---".utf8) || line.utf8.elementsEqual("---\r".utf8)
  }

  private static func escaped(_ text: String) -> String {
    guard text.contains("entry:") else { return text }
    var before: Substring = ""
    return LineText.lines(text).map { line in
      defer { before = line }
      return isRule(before) && couldBegin(line) ? "\\" + line : line
    }.joined(separator: "\n")
  }

  /// The reverse of `escaped`, on the lines of an entry's text.
  static func unescaped(_ lines: ArraySlice<Substring>) -> String {
    var before: Substring = ""
    return lines.map { line -> Substring in
      defer { before = line }
      let isEscaped = line.utf8.first == UInt8(ascii: "\\")
      guard isEscaped, isRule(before), couldBegin(line) else { return line }
      return Substring(line.utf8.dropFirst())
    }.joined(separator: "\n")
  }

  /// `entry:` behind any number of backslashes.
  private static func couldBegin(_ line: Substring) -> Bool {
    line.utf8.drop { $0 == UInt8(ascii: "\\") }.starts(with: "entry:".utf8)
  }

  /// As it stands where a line can hold it, else as a JSON string.
  private static func value(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.unicodeScalars.first != "\""
      && text.unicodeScalars.first?.properties.isWhitespace == false
      && text.unicodeScalars.last?.properties.isWhitespace == false
      && text.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
          && !(0x2028...0x2029).contains($0.value)
      }
    return isPlain ? text : JSONNode.quoted(text)
  }

  /// A tag; quoted where it holds what separates tags.
  private static func tag(_ name: String) -> String {
    name.contains(",") ? JSONNode.quoted(name) : value(name)
  }
}
