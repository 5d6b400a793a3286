internal import Kernel
internal import Life

/// Markdown files as lifeos exports them: any number of entries a file, see `MarkdownEntry`. A file
/// without such heads whose name begins with a day is one note of that day.
struct MarkdownImport: ImportReader {
  /// Each file with the name that issues call it by.
  let files: [(path: String, name: String)]
  let zone: Zone

  func read(_ body: (ImportPiece) throws -> Void) throws {
    for (path, name) in files {
      let bytes = try ImportFile.bytes(path)
      let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      let (text, isForeign) = ImportText.text(bytes[(hasMark ? 3 : 0)...])
      if isForeign { try body(.foreignLines(1)) }
      try read(LineText.lines(text), named: name, body)
    }
  }

  private func read(
    _ lines: [Substring], named name: String, _ body: (ImportPiece) throws -> Void
  ) throws {
    var starts = lines.indices.filter {
      MarkdownEntry.begins(lines[$0], $0 + 1 < lines.count ? lines[$0 + 1] : nil)
    }
    guard let first = starts.first else { return try body(plain(lines, named: name)) }
    // what stands above is the day's heading; anything more is told
    let stray = lines[..<first].firstIndex {
      !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("# ")
    }
    if let stray {
      try body(issue(name, stray, "Text above the first entry, which belongs to none."))
    }
    starts.append(lines.count)
    for (start, end) in zip(starts, starts.dropFirst()) {
      try body(piece(lines[start..<end], named: name))
    }
  }

  private func issue(_ name: String, _ index: Int, _ reason: String) -> ImportPiece {
    .issue(ImportIssue(file: files.count == 1 ? "" : name, line: index + 1, reason: reason))
  }

  private func piece(_ lines: ArraySlice<Substring>, named name: String) -> ImportPiece {
    let start = lines.startIndex
    guard let close = lines.dropFirst().firstIndex(where: { MarkdownEntry.isRule($0) }) else {
      return issue(name, start, "The entry's head has no end: a line of three hyphens.")
    }
    var head = MarkdownHead()
    for index in (start + 1)..<close {
      if let problem = head.take(String(lines[index]).withoutReturn) {
        return issue(name, index, problem)
      }
    }
    guard let day = head.day ?? Self.day(of: name) else {
      return issue(name, start, "The entry has no day.")
    }
    // one blank line below the head, one line feed at the end
    var rest = lines[(close + 1)...]
    if rest.first?.allSatisfy(\.isWhitespace) == true { rest = rest.dropFirst() }
    if rest.last?.isEmpty == true { rest = rest.dropLast() }
    return .entry(
      head.item(day: day, zone: zone, text: MarkdownEntry.unescaped(rest)))
  }

  /// A file from elsewhere.
  private func plain(_ lines: [Substring], named name: String) -> ImportPiece {
    guard let day = Self.day(of: name) else {
      return issue(name, 0, "Neither an entry's head inside nor a day in the file's name.")
    }
    var lines = lines[...]
    var head = MarkdownHead()
    while lines.first?.allSatisfy(\.isWhitespace) == true { lines = lines.dropFirst() }
    if let first = lines.first, first.hasPrefix("# ") {
      head.title = String(first.dropFirst(2)).trimmedAround()
      lines = lines.dropFirst()
    }
    let text = lines.joined(separator: "\n").trimmedAround()
    return .entry(head.item(day: day, zone: zone, text: text))
  }

  /// The day that a file's name begins with.
  private static func day(of name: String) -> Day? {
    (name.split(separator: "/").last?.prefix(10)).flatMap { Day($0) }
  }
}

/// The head of an entry as far as it has been read.
struct MarkdownHead {
  var title = ""
  private(set) var day: Day?
  private var typeName = JournalType.note.rawValue
  private var at: Moment?
  private var zone: String?
  private var isStarred = false
  private var mood: Int?
  private var tags: [String] = []
  private var source: String?
  private var sourceID: String?
  private var sourceRaw: String?
  private var id: EntryID?

  /// Takes one `name: value` line; what is wrong with it, as a sentence.
  mutating func take(_ line: String) -> String? {
    guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      return line.isBlank ? nil : "A line of the head has no colon."
    }
    let name = line[..<colon]
    let raw = String(Substring(line.utf8[colon...].dropFirst())).trimmedSpaces()
    guard let value = Self.value(raw) else { return "The quotes of “\(name)” do not close." }
    switch name {
    case "entry": typeName = value
    case "day":
      day = Day(value)
      if day == nil { return "There is no day “\(value)”." }
    case "written":
      let count = value.hasPrefix("@") ? Int64(value.dropFirst()) : nil
      at = count.map { Moment(milliseconds: $0) } ?? ISOTime.moment(value)
      if at == nil { return "There is no time “\(value)”." }
    case "zone": zone = value
    case "title": title = value
    case "starred": isStarred = ["yes", "true", "1"].contains(value.lowercased())
    case "mood":
      mood = value.split(separator: " ").first.flatMap { Int($0) ?? Mood($0)?.rawValue }
      if mood == nil { return "There is no mood “\(value)”." }
    case "tags": tags = Self.tags(raw)
    case "source": source = value
    case "source-id": sourceID = value
    case "source-raw": sourceRaw = value
    case "id":
      id = EntryID(value)
      if id == nil { return "“\(value)” is no id; an id has 32 hexadecimal digits." }
    default: return "An unknown line in the head: “\(name)”."
    }
    return nil
  }

  /// nil where it begins as a JSON string but is none.
  private static func value(_ raw: String) -> String? {
    guard raw.utf8.first == UInt8(ascii: "\"") else { return raw }
    guard let node = try? JSONReader.value(Array(raw.utf8)) else {
      return raw.contains(", ") ? raw : nil  // a list of tags, of which the first is quoted
    }
    return node.text
  }

  private static func tags(_ raw: String) -> [String] {
    guard raw.contains("\"") else {
      return raw.split(separator: ",").map { String($0).trimmedSpaces() }.filter { !$0.isEmpty }
    }
    guard let list = try? JSONReader.value(Array("[\(quotedAll(raw))]".utf8)).list else {
      return TagText.list(raw)  // not as lifeos writes it: what can be read of it
    }
    return list.compactMap(\.text)
  }

  /// `a, "b,c"` as `"a", "b,c"`.
  private static func quotedAll(_ raw: String) -> String {
    var parts: [String] = []
    var part = ""
    var isInside = false
    for character in raw {
      if character == "\"" { isInside.toggle() }
      if character == ",", !isInside {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part)
    return parts.map { part in
      let part = part.trimmedSpaces()
      return part.hasPrefix("\"") ? part : JSONNode.quoted(part)
    }.joined(separator: ",")
  }

  func item(day: Day, zone here: Zone, text: String) -> ImportItem {
    let type = JournalType(rawValue: typeName)
    var values = JournalEntry(
      id: EntryID(high: 0, low: 0), type: .note, day: day,
      at: at ?? here.moment(CivilTime(day: day, hour: 12, minute: 0)), zone: zone ?? here.name,
      title: title, isStarred: isStarred, mood: mood, sections: SectionText.split(text, type: type)
    )
    values.typeName = typeName
    values.source = source
    values.sourceID = sourceID
    values.sourceRaw = sourceRaw
    let key = "\(typeName)|\(day)|\(at?.milliseconds ?? 0)|\(title)|\(text)"
    return ImportItem(identity: id.map { .own($0) } ?? .content(key), entry: values, tags: tags)
  }
}

extension String {
  /// Without blanks at both ends.
  func trimmedSpaces() -> String {
    let front = unicodeScalars.drop { $0 == " " || $0 == "\t" }
    var back = front
    while back.last == " " || back.last == "\t" { back = back.dropLast() }
    return String(back)
  }
}
