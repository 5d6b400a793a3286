package import Kernel
internal import Life
package import Storage

/// Brings a journal from elsewhere into the store.
///
/// An entry keeps one id however often it is imported, so that importing again adds nothing. What is
/// here already is left as it is. One undo takes a whole import back.
package struct JournalImport: Sendable {
  package struct Options: Equatable, Sendable {
    /// Mends letters that were decoded wrongly (`Ã©` for `é`).
    package var repairsText = false
    /// Also writes entries that are here already but differ; what they were stays in their history.
    package var updatesChanged = false
    package init(repairsText: Bool = false, updatesChanged: Bool = false) {
      self.repairsText = repairsText
      self.updatesChanged = updatesChanged
    }
  }

  package let format: JournalFormat
  private let path: String
  private let options: Options
  private let reader: any ImportReader
  /// See `ImportWork`.
  var operationsPerWrite = 3000

  /// Looks at the file or folder at `path`; with `format` nil it finds out the format itself. Times
  /// without a zone are taken as those of `zone`.
  package init(
    format: JournalFormat? = nil, path: String, zone: Zone, options: Options = Options()
  ) throws(ImportError) {
    (self.format, reader) = try ImportSource.reader(format, path: path, zone: zone)
    self.path = path
    self.options = options
  }

  /// What `run` would do; nothing is written. Throws `ImportError` where nothing can be read.
  package func plan(for store: Store) throws -> ImportReport {
    try go(store, isDry: true) { _ in true }
  }

  /// Imports in batches that are one undo together. `progress` hears of each batch; false stops,
  /// and what was imported so far stays. Throws `ImportError` or `StoreError`.
  package func run(
    into store: Store, progress: (ImportReport) -> Bool = { _ in true }
  ) throws -> ImportReport {
    let usual = try store.read { try JournalQueries.cache($0, size: -65536) }
    defer {
      // a cache that stays large costs memory and nothing else
      _ = try? store.read { try JournalQueries.cache($0, size: usual) }
    }
    return try go(store, isDry: false, progress)
  }

  private func go(
    _ store: Store, isDry: Bool, _ progress: (ImportReport) -> Bool
  ) throws -> ImportReport {
    var work = ImportWork(
      store: store, source: format == .dayOne ? "dayone" : "jrnl",
      label: "Import from \(format.title)",
      options: options, isDry: isDry)
    work.operationsPerWrite = operationsPerWrite
    struct Cancelled: Error {}
    do {
      try reader.read { piece in
        if try work.take(piece), !progress(work.report) { throw Cancelled() }
      }
      try work.flush()
    } catch is Cancelled {
      work.report.isCancelled = true
    }
    if work.report.entries == 0, format == .jrnl, work.report.issueCount == 1,
      let first = work.report.issues.first
    {
      throw ImportError.unknownFormat(path: path, reason: "line \(first.line): \(first.reason)")
    }
    return work.report
  }
}
