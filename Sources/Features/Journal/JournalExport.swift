package import Storage

/// Writes the whole journal as files that a person can read, and that `JournalImport` turns back
/// into an equal journal.
package struct JournalExport: Sendable {
  package let format: JournalFormat
  private let store: Store

  /// nil for a format that is only read.
  package init?(format: JournalFormat, store: Store) {
    guard format.canExport else { return nil }
    self.format = format
    self.store = store
  }

  /// Writes to `path`: a file (JSON Lines) or a folder (Markdown). What stands there is only
  /// overwritten with `replacing`. How many entries were written. Throws `ExportError`.
  @discardableResult
  package func run(to path: String, replacing: Bool = false) throws -> Int {
    switch format {
    case .markdown: try MarkdownExport(store: store).run(to: path, replacing: replacing)
    case .jsonLines: try JSONLinesExport(store: store).run(to: path, replacing: replacing)
    case .jrnl, .jrnlJSON, .dayOne: preconditionFailure("only formats that are written get here")
    }
  }

  /// Hands JSON Lines over piece by piece, for standard output.
  @discardableResult
  package static func jsonLines(
    of store: Store, _ body: (String) throws -> Void
  ) throws -> Int {
    try JSONLinesExport(store: store).write(body)
  }
}
