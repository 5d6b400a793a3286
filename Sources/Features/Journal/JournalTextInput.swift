internal import Kernel
internal import Life

/// Where a command takes an entry's text from: its arguments, standard input, or the person's editor.
enum JournalTextInput {
  /// nil where nobody gave a text: then the editor is asked.
  static func given(_ words: [String], _ console: Console) throws(Failure) -> String? {
    if words == ["-"] { return clean(try console.readInput()) }
    if !words.isEmpty { return clean(words.joined(separator: " ")) }
    return console.hasInput ? clean(try console.readInput()) : nil
  }

  /// One kind of line end, nothing that a register can't hold, no blank lines around the text.
  static func clean(_ text: String) -> String {
    var text = text
    if text.utf8.contains(0x0D) {
      // "\r\n" is one Character, which equals neither of its parts.
      text = String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
    }
    if text.utf8.contains(0) { text = text.replacing("\0", with: "\u{FFFD}") }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let blank = lines.prefix { $0.allSatisfy(\.isWhitespace) }.count
    return blank == 0 ? text : lines.dropFirst(blank).joined(separator: "\n")
  }

  /// Takes a first line `# Title` off the text.
  static func title(from text: inout String) -> String? {
    guard text.hasPrefix("# ") else { return nil }
    let line = text.prefix { $0 != "\n" }
    let title = line.dropFirst(2).trimmed
    text = clean(String(text[line.endIndex...]))
    return title.isEmpty ? nil : title
  }

  /// The text as a person edits it: the title as a heading, the sections under theirs.
  static func editable(_ entry: JournalEntry) -> String {
    let text = SectionText.join(entry.sections, type: entry.type, withEmpty: true)
    guard entry.type == .note || !entry.title.isEmpty else { return text + "\n" }
    return "# \(entry.title)\n\n\(text)\n"
  }
}

extension Substring {
  var trimmed: String {
    var text = self.drop(while: \.isWhitespace)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
