/// One readable line for a list out of a longer text.
package enum Summary {
  /// The title; else the first line of `text` that says something, without its Markdown marks.
  /// At most `limit` characters; empty where there is nothing to say.
  package static func line(title: String, text: String, limit: Int = 200) -> String {
    if let plain = plain(title, limit: limit) { return plain }
    let own = oneLine(title[...], limit: limit)
    if !own.isEmpty { return own }
    if let plain = plain(text, limit: limit) { return plain }
    var rest = Substring(text)
    var isInFence = false
    for _ in 0..<200 where !rest.isEmpty {
      let end = rest.firstIndex(where: \.isNewline) ?? rest.endIndex
      let raw = rest[..<end]
      rest = rest[end...].dropFirst()
      if raw.hasPrefix("```") || raw.hasPrefix("~~~") {
        isInFence.toggle()
        continue
      }
      let line = isInFence ? raw : withoutBlockMarks(raw)
      let shown = oneLine(withoutInlineMarks(line.prefix(4 * limit)), limit: limit)
      if !shown.isEmpty { return shown }
    }
    return ""
  }

  /// The first line where it is plain prose, which most are: nothing that is Markdown, no white space
  /// but single spaces. nil where it takes a closer look.
  private static func plain(_ text: String, limit: Int) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      var count = 0
      var last = UInt8(ascii: " ")
      while count < bytes.count, bytes[count] != 10 {
        let byte = bytes[count]
        guard !isClosely(byte), count > 0 || !isBlockMark(byte), byte != 32 || last != 32,
          count < limit
        else { return nil }
        last = byte
        count += 1
      }
      return last == 32 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
  }

  private static func isBlockMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "="):
      true
    default: false
    }
  }

  /// Bytes of Markdown, of controls, and those that begin spaces beyond ASCII.
  private static func isClosely(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<32, 127, 0xC2, 0xE1...0xE3: true
    case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "\\"), UInt8(ascii: "!"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// White space, line ends among it, as single spaces.
  private static func oneLine(_ text: some StringProtocol, limit: Int) -> String {
    let words = text.prefix(4 * limit).split(whereSeparator: \.isWhitespace)
    let line = words.joined(separator: " ")
    return line.count <= limit ? line : String(line.prefix(limit))
  }

  /// Without heading, quote, list and task marks at its beginning; empty for a rule.
  private static func withoutBlockMarks(_ line: Substring) -> Substring {
    var line = line.drop(while: \.isWhitespace)
    let ink = line.filter { !$0.isWhitespace }
    if ink.count >= 3, let first = ink.first, "-*_=".contains(first),
      ink.allSatisfy({ $0 == first })
    {
      return ""
    }
    while true {
      let before = line
      let hashes = line.prefix { $0 == "#" }.count
      if (1...6).contains(hashes), line.dropFirst(hashes).first.map(\.isWhitespace) ?? true {
        line = line.dropFirst(hashes)
      } else if line.first == ">" {
        line = line.dropFirst()
      } else if let mark = line.first, "-*+".contains(mark), line.dropFirst().first == " " {
        line = line.dropFirst(2)
      } else {
        for box in ["[ ] ", "[x] ", "[X] "] where line.hasPrefix(box) { line = line.dropFirst(4) }
      }
      line = line.drop(while: \.isWhitespace)
      if line == before { return line }
    }
  }

  /// `**bold**`, `_slanted_`, `` `code` ``, `[text](address)` and `![picture](address)` as their text.
  private static func withoutInlineMarks(_ line: Substring) -> String {
    var out = ""
    var rest = line
    while let character = rest.first {
      if character == "[" || rest.hasPrefix("!["), let link = link(rest) {
        out += link.text
        rest = link.rest
        continue
      }
      rest = rest.dropFirst()
      switch character {
      case "\\":
        if let next = rest.first, next.isASCII, next.isPunctuation || next.isSymbol {
          out.append(next)
          rest = rest.dropFirst()
        } else {
          out.append(character)
        }
      case "*", "`": continue
      case "_":
        // inside a word it is part of it
        let isInside = out.last.map(\.isLetterOrNumber) ?? false
        if isInside, rest.first.map(\.isLetterOrNumber) ?? false { out.append(character) }
      default: out.append(character)
      }
    }
    return out
  }

  private static func link(_ text: Substring) -> (text: String, rest: Substring)? {
    let open = text.first == "!" ? text.dropFirst(2) : text.dropFirst()
    guard let close = open.firstIndex(where: { $0 == "]" || $0 == "[" }), open[close] == "]"
    else { return nil }
    let after = open[close...].dropFirst()
    guard after.first == "(", let end = after.firstIndex(of: ")") else { return nil }
    return (String(open[..<close]), after[end...].dropFirst())
  }
}

extension Character {
  var isLetterOrNumber: Bool { isLetter || isNumber }
}

extension JournalEntry {
  /// The line that stands for the entry in a list.
  package var summary: String {
    let first = Self.sectionNames.lazy.compactMap { sections[$0] }
      .first { $0.contains { !$0.isWhitespace } }
    return Summary.line(title: title, text: first ?? "")
  }

  /// The words of the title and all sections.
  package var wordCount: Int {
    sections.values.reduce(WordCount.words(in: title)) { $0 + WordCount.words(in: $1) }
  }
}
