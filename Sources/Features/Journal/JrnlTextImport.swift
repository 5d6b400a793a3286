internal import Kernel
internal import Life

/// jrnl's text files: `[2026-11-20 09:15] Title. Body`, the body on the same line or the next ones.
///
/// A star ends the title line: ` *`. Times may carry seconds, AM or PM. jrnl knows no zones: times
/// are taken as those of `zone`.
struct JrnlTextImport: ImportReader {
  /// Each file with the name that issues call it by.
  let files: [(path: String, name: String)]
  let zone: Zone

  func read(_ body: (ImportPiece) throws -> Void) throws {
    for (path, name) in files {
      var lines = try ImportLines(path: path)
      defer { lines.close() }
      var current: Open?
      var strayLine: Int?
      while let raw = try lines.next() {
        let line = raw.withoutReturn
        switch JrnlHeader(line) {
        case .entry(let time, let rest):
          try current.map { try body(.entry($0.item(zone))) }
          current = Open(time: time, first: rest, lines: [])
        case .impossible(let date):
          try current.map { try body(.entry($0.item(zone))) }
          current = nil
          strayLine = lines.number  // what follows belongs to the entry that has no date
          try body(
            .issue(ImportIssue(file: name, line: lines.number, reason: "There is no “\(date)”.")))
        case .none:
          if current != nil {
            current?.lines.append(line)
          } else if strayLine == nil, !line.isBlank {
            strayLine = lines.number
            let reason = "Text before the first entry; entries begin like [2026-11-20 21:00]."
            try body(.issue(ImportIssue(file: name, line: lines.number, reason: reason)))
          }
        }
      }
      try current.map { try body(.entry($0.item(zone))) }
      if lines.foreign > 0 { try body(.foreignLines(lines.foreign)) }
    }
  }

  /// An entry whose end has not been seen yet.
  private struct Open {
    let time: CivilTime
    let first: String
    var lines: [String]

    func item(_ zone: Zone) -> ImportItem {
      let text = ([first] + lines).joined(separator: "\n")
      let (isStarred, rest) = JrnlText.star(text)
      let (title, body) = JrnlText.split(rest)
      return JrnlText.item(
        time: time, title: title, body: body, tags: [], isStarred: isStarred, zone: zone)
    }
  }
}

extension String {
  /// Without the carriage return at its end.
  var withoutReturn: String {
    utf8.last == 0x0D ? String(unicodeScalars.dropLast()) : self
  }
}

/// The beginning of a line of a jrnl file.
enum JrnlHeader: Equatable {
  case none
  case entry(CivilTime, rest: String)
  /// It looks like a date, but there is no such day or time.
  case impossible(String)

  init(_ line: String) {
    self = .none
    guard line.utf8.first == UInt8(ascii: "["),
      let end = line.utf8.prefix(48).firstIndex(of: UInt8(ascii: "]"))
    else { return }
    let inside = line[line.utf8.index(after: line.startIndex)..<end]
    let after = line[end...].utf8.dropFirst()
    guard after.isEmpty || after.first == UInt8(ascii: " ") else { return }
    if let time = Self.plainTime(inside) {
      self = .entry(time, rest: String(Substring(after.dropFirst())))
      return
    }
    guard inside.first.map({ $0.isLetter || $0.isNumber }) == true, Self.hasYear(inside) else {
      return
    }
    switch NaturalDate.parse(inside, today: Day(number: 0)) {
    case .success(let date):
      let time = CivilTime(day: date.day, secondOfDay: date.secondOfDay ?? 12 * 3600)
      self = .entry(time, rest: String(Substring(after.dropFirst())))
    case .failure(.noSuchDay), .failure(.noSuchTime): self = .impossible(String(inside))
    case .failure: return
    }
  }

  /// `2026-11-20 21:00`: the usual form, read without further ado. nil also for impossible ones.
  private static func plainTime(_ text: Substring) -> CivilTime? {
    let bytes = Array(text.utf8)
    guard bytes.count == 16, bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
      let day = Day(text.prefix(10))
    else { return nil }
    let digits = [11, 12, 14, 15].map { Int(bytes[$0]) - 0x30 }
    guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    return hour < 24 && minute < 60 ? CivilTime(day: day, hour: hour, minute: minute) : nil
  }

  /// Four digits in a row: without them a date would depend on today.
  private static func hasYear(_ text: Substring) -> Bool {
    var run = 0
    for byte in text.utf8 {
      run = (0x30...0x39).contains(byte) ? run + 1 : 0
      if run == 4 { return true }
    }
    return false
  }
}

/// What both forms of jrnl's entries share.
enum JrnlText {
  /// Takes the star off the first line: ` *` at its end, as jrnl writes it.
  static func star(_ text: String) -> (isStarred: Bool, rest: String) {
    let lines = LineText.lines(text)
    let first = lines[0].trimmedEnd()
    guard first == "*" || first.hasSuffix(" *") else { return (false, text) }
    let title = first.dropLast().trimmedEnd()
    return (true, ([title] + lines.dropFirst()).joined(separator: "\n"))
  }

  /// The first line up to the end of its first sentence, and the rest. A first sentence longer than
  /// a line of a list is no title.
  static func split(_ text: String) -> (title: String, body: String) {
    let lines = LineText.lines(text)
    let first = lines[0]
    var title = first
    var rest = first[first.endIndex...]
    if let end = sentenceEnd(first) {
      title = first[..<end]
      rest = first[end...].drop(while: \.isWhitespace)
    }
    let below = lines.dropFirst().joined(separator: "\n")
    guard title.utf8.count <= 200 else { return ("", text.trimmedAround()) }
    let body = rest.isEmpty ? below : below.isEmpty ? String(rest) : rest + "\n" + below
    return (String(title).trimmedAround(), body.trimmedAround())
  }

  /// Behind `.`, `!`, `?` or `…`, closing quotes and brackets, where white space and more follow.
  private static func sentenceEnd(_ line: Substring) -> String.Index? {
    var at = line.startIndex
    while let stop = line[at...].firstIndex(where: { ".!?\u{2026}\u{3002}".contains($0) }) {
      var end = stop
      while end < line.endIndex, ".!?\u{2026}\u{3002}'\"\u{2019}\u{201D})]".contains(line[end]) {
        end = line.index(after: end)
      }
      guard end < line.endIndex else { return nil }
      if line[end].isWhitespace, line[end...].contains(where: { !$0.isWhitespace }) { return end }
      at = end
    }
    return nil
  }

  static func item(
    time: CivilTime, title: String, body: String, tags: [String], isStarred: Bool, zone: Zone
  ) -> ImportItem {
    var entry = JournalEntry(
      id: EntryID(high: 0, low: 0), type: .note, day: time.day, at: zone.moment(time),
      zone: zone.name, title: title, isStarred: isStarred,
      sections: body.isEmpty ? [:] : ["body": body])
    entry.source = "jrnl"
    // minutes, which both forms tell: so the same entry is the same in both
    let key = "\(time.day)|\(time.clock)|\(title)|\(body)"
    return ImportItem(identity: .content(key), entry: entry, tags: tags)
  }
}

extension StringProtocol {
  /// Without white space at its end.
  func trimmedEnd() -> Self.SubSequence {
    var end = endIndex
    while end > startIndex, self[index(before: end)].isWhitespace { end = index(before: end) }
    return self[..<end]
  }

  /// Without white space at its end, and without blank lines at its beginning.
  func trimmedAround() -> String {
    let text = String(trimmedEnd())
    let lines = LineText.lines(text)
    return lines.drop { $0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
  }
}
