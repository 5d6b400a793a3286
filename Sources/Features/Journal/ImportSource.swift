internal import Kernel

/// What stands at a path: finds out its format, and makes the reader for it.
enum ImportSource {
  /// The reader of `format` (nil: of what it looks like) for a file or folder.
  static func reader(
    _ format: JournalFormat?, path: String, zone: Zone
  ) throws(ImportError) -> (format: JournalFormat, reader: any ImportReader) {
    guard let isFolder = ImportFile.isFolder(path) else { throw ImportFile.failure(path) }
    let found = isFolder ? try folderFormat(path) : try fileFormat(path)
    guard let wanted = format ?? found else {
      throw .unknownFormat(path: path, reason: "it looks like none of the formats that are known")
    }
    if let found, found != wanted { throw .wrongFormat(path: path, looksLike: found) }
    let files = isFolder ? try self.files(wanted, below: path) : [(path: path, name: path)]
    let reader: any ImportReader
    switch wanted {
    case .jrnl: reader = JrnlTextImport(files: files, zone: zone)
    case .markdown: reader = MarkdownImport(files: files, zone: zone)
    case .jrnlJSON: reader = JrnlJSONImport(path: files[0].path, zone: zone)
    case .jsonLines: reader = JSONLinesImport(path: files[0].path)
    case .dayOne:
      if !isFolder, try isArchive(path) {
        let zip = try ImportZip(path: path)
        guard !DayOneImport.journals(zip).isEmpty else {
          throw .unknownFormat(path: path, reason: "there is no journal's JSON file in the archive")
        }
        reader = DayOneImport(source: .archive(zip), zone: zone)
      } else {
        reader = DayOneImport(source: .files(files), zone: zone)
      }
    }
    return (wanted, reader)
  }

  private static func files(
    _ format: JournalFormat, below folder: String
  ) throws(ImportError) -> [(path: String, name: String)] {
    let names: [String]
    switch format {
    case .jrnl: names = try jrnlDays(folder)
    case .markdown: names = try ImportFile.names(below: folder, ending: ".md")
    case .dayOne:
      names = try ImportFile.names(below: folder, ending: ".json").filter { !$0.contains("/") }
    case .jrnlJSON, .jsonLines:
      throw .unreadable(path: folder, reason: "\(format.title) is one file, and this is a folder")
    }
    guard !names.isEmpty else {
      throw .unknownFormat(path: folder, reason: "there is no \(format.title) file in it")
    }
    return names.map { (folder + "/" + $0, $0) }
  }

  /// `2026/11/20.txt`, the days of jrnl's folder form; else all text files at the top.
  private static func jrnlDays(_ folder: String) throws(ImportError) -> [String] {
    let names = try ImportFile.names(below: folder, ending: ".txt")
    let days = names.filter { name in
      let parts = name.split(separator: "/")
      return parts.count == 3 && parts[0].count == 4 && Int(parts[0]) != nil && Int(parts[1]) != nil
    }
    return days.isEmpty ? names.filter { !$0.contains("/") } : days
  }

  private static func folderFormat(_ path: String) throws(ImportError) -> JournalFormat? {
    if let name = try ImportFile.names(below: path, ending: ".md").first {
      return try fileFormat(path + "/" + name) ?? .markdown
    }
    for name in try ImportFile.names(below: path, ending: ".json") where !name.contains("/") {
      if try fileFormat(path + "/" + name) == .dayOne { return .dayOne }
    }
    if let name = try jrnlDays(path).first { return try fileFormat(path + "/" + name) }
    return nil
  }

  private static func isArchive(_ path: String) throws(ImportError) -> Bool {
    try ImportFile.beginning(path, count: 4) == [0x50, 0x4B, 3, 4]
  }

  /// What a file's first bytes look like; nil where they tell nothing.
  static func fileFormat(_ path: String) throws(ImportError) -> JournalFormat? {
    if try isArchive(path) { return .dayOne }
    let bytes = try ImportFile.beginning(path)
    let text = String(decoding: bytes, as: UTF8.self)
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if start.hasPrefix("{") {
      let line = start.prefix { !$0.isNewline }
      if line.contains("\"lifeos\"") || line.contains("\"kind\"") { return .jsonLines }
      if text.contains("\"creationDate\"") || text.contains("\"metadata\"") { return .dayOne }
      if text.contains("\"entries\"") || text.contains("\"tags\"") { return .jrnlJSON }
      return nil
    }
    let first = String(start.prefix { $0 != "\n" && $0 != "\r\n" })
    if case .none = JrnlHeader(first) {} else { return .jrnl }
    if path.hasSuffix(".md") || text.contains("---\nentry:") || text.contains("---\r\nentry:") {
      return .markdown
    }
    return nil
  }
}
