internal import Kernel
internal import Life

/// A Day One 2 export: the ZIP with one JSON file a journal, a folder that holds them, or one of the
/// JSON files.
struct DayOneImport: ImportReader {
  enum Source: Sendable {
    case archive(ImportZip)
    case files([(path: String, name: String)])
  }

  let source: Source
  let zone: Zone

  func read(_ body: (ImportPiece) throws -> Void) throws {
    switch source {
    case .archive(let zip):
      let journals = Self.journals(zip)
      for member in journals {
        let name = journals.count == 1 ? "" : member.name
        try read(try zip.bytes(of: member), named: member.name, calling: name, body)
      }
    case .files(let files):
      for (path, name) in files {
        let calling = files.count == 1 ? "" : name
        try read(try ImportFile.bytes(path), named: name, calling: calling, body)
      }
    }
  }

  /// The JSON files at the top of the archive, or in its only folder.
  static func journals(_ zip: ImportZip) -> [ImportZip.Member] {
    zip.members.filter { member in
      let parts = member.name.split(separator: "/")
      return parts.count <= 2 && member.name.lowercased().hasSuffix(".json")
        && !member.name.hasPrefix("__MACOSX") && parts.last?.hasPrefix(".") == false
    }
  }

  private func read(
    _ bytes: [UInt8], named name: String, calling file: String,
    _ body: (ImportPiece) throws -> Void
  ) throws {
    let journal = name.split(separator: "/").last.map { String($0.dropLast(5)) } ?? "Journal"
    try ImportEntries(bytes: bytes, file: file).read(into: body) { node, issue in
      guard let date = node["creationDate"]?.text else { return issue("An entry has no date.") }
      guard let moment = Self.moment(date) else { return issue("There is no time “\(date)”.") }
      return .entry(item(node, moment, journal))
    }
  }

  private func item(_ node: JSONNode, _ moment: Moment, _ journal: String) -> ImportItem {
    let zone = node["timeZone"]?.text.flatMap { Zone(named: $0) } ?? zone
    let (title, text) = DayOneText.parts(node["text"]?.text ?? "")
    var entry = JournalEntry(
      id: EntryID(high: 0, low: 0), type: .note, day: zone.civil(moment).day, at: moment,
      zone: zone.name, title: title, isStarred: node["starred"]?.flag ?? false,
      sections: text.isEmpty ? [:] : ["body": text])
    entry.source = "dayone"
    entry.sourceID = node["uuid"]?.text
    var kept = node
    if case .object(let members) = node, journal != "Journal" {
      kept = .object(members + [.init(name: "journal", value: .text(journal))])
    }
    entry.sourceRaw = kept.leftover([
      "uuid", "creationDate", "timeZone", "text", "tags", "starred",
    ])
    let media = ["photos", "videos", "audios", "pdfAttachments"]
    return ImportItem(
      identity: entry.sourceID.map { .source($0) }
        ?? .content("\(moment.milliseconds)|\(title)|\(text)"),
      entry: entry,
      tags: (node["tags"]?.list ?? []).compactMap { $0.text.flatMap { TagText.name($0) } },
      attachments: media.reduce(0) { $0 + (node[$1]?.list?.count ?? 0) })
  }

  /// `2026-11-20T09:15:00Z`, with fractions of a second or an offset too.
  static func moment(_ text: String) -> Moment? {
    ISOTime.moment(text)
  }
}

/// Day One's Markdown.
enum DayOneText {
  /// The heading of the first line as title, and the text with its needless escapes taken away.
  static func parts(_ raw: String) -> (title: String, text: String) {
    let text = unescaped(raw)
    let lines = LineText.lines(text)
    if lines[0].hasPrefix("# "), lines[0].utf8.count <= 200 {
      let rest = lines.dropFirst().joined(separator: "\n")
      return (String(lines[0].dropFirst(2)).trimmedAround(), rest.trimmedAround())
    }
    return ("", text.trimmedAround())
  }

  /// Day One escapes nearly every sign. Those that mean nothing in running text are set free; those
  /// that would make Markdown of plain words keep their backslash.
  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    let plain = Set(".,:;!?()-+/&=<>'\"%$@~|{}^".unicodeScalars)
    var out = String.UnicodeScalarView()
    var escaped = false
    for scalar in text.unicodeScalars {
      if escaped {
        let startsLine = out.isEmpty || out.last == "\n"
        let isFree =
          plain.contains(scalar) && !(startsLine && "-+>".unicodeScalars.contains(scalar))
        if !isFree { out.append("\\") }
        out.append(scalar)
        escaped = false
      } else if scalar == "\\" {
        escaped = true
      } else {
        out.append(scalar)
      }
    }
    if escaped { out.append("\\") }
    return String(out)
  }
}
