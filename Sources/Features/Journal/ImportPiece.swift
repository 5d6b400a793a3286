internal import Kernel
internal import Life

/// One thing that a reader finds in its source.
enum ImportPiece {
  case entry(ImportItem)
  case prompt(JournalPrompt)
  case skip(StreakSkip)
  case issue(ImportIssue)
  /// Lines that had to be read as Windows-1252.
  case foreignLines(Int)
}

/// An entry on its way in. Its own id counts only where `identity` says so.
struct ImportItem {
  enum Identity: Equatable {
    /// The id that the source gives it.
    case source(String)
    /// The text that it consists of: equal ones in a source are numbered.
    case content(String)
    /// An id of lifeos.
    case own(EntryID)
  }

  var identity: Identity
  var entry: JournalEntry
  var tags: [String]
  var attachments = 0
}

/// Goes through a source from its beginning, as often as it is asked to.
protocol ImportReader: Sendable {
  func read(_ body: (ImportPiece) throws -> Void) throws
}
