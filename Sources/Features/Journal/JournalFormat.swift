/// A form in which a journal comes and goes.
package enum JournalFormat: String, CaseIterable, Sendable {
  /// The text files of jrnl: one file, or a folder of `YYYY/MM/DD.txt`.
  case jrnl
  /// What `jrnl --format json` prints.
  case jrnlJSON = "jrnl-json"
  /// Day One 2: the ZIP that it exports, or the JSON inside.
  case dayOne = "dayone"
  /// A folder with a Markdown file a day, as lifeos exports it.
  case markdown
  /// One JSON object a line, with everything, as lifeos exports it.
  case jsonLines = "jsonl"

  /// Whether lifeos writes it too.
  package var canExport: Bool { self == .markdown || self == .jsonLines }

  /// "Day One", "JSON Lines".
  package var title: String {
    switch self {
    case .jrnl: "jrnl"
    case .jrnlJSON: "jrnl JSON"
    case .dayOne: "Day One"
    case .markdown: "Markdown"
    case .jsonLines: "JSON Lines"
    }
  }
}

/// Why nothing at all could be imported.
package enum ImportError: Error, Equatable, Sendable {
  case missing(path: String)
  case unreadable(path: String, reason: String)
  /// `limit` is in bytes.
  case tooLarge(path: String, limit: Int)
  /// It is none of the formats, or not the one that was named.
  case unknownFormat(path: String, reason: String)
  /// It looks like another format than the one that was named.
  case wrongFormat(path: String, looksLike: JournalFormat)
  /// An archive that is damaged, encrypted or built to harm.
  case badArchive(path: String, reason: String)
}
