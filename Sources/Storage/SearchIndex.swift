internal import GRDB
internal import Kernel
internal import SQL

/// The full-text index: one FTS5 row a document, its rowid counted within its day so that descending
/// rowids are the newest days first.
struct SearchIndex {
  let database: Database

  /// `columnsize=0`: nothing ranks by length, so that its table of sizes would be written for nobody.
  static let tables = """
    CREATE VIRTUAL TABLE search USING fts5 (title, body, tags, facets, kind UNINDEXED,
      row UNINDEXED, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3', columnsize = 0);
    CREATE TABLE search_row (docid INTEGER PRIMARY KEY, kind TEXT NOT NULL, row BLOB NOT NULL,
      UNIQUE (row, kind)) STRICT;
    """

  /// The day of a document; days outside of this range lie at its ends.
  static func day(of docid: Int64) -> Day { Day(number: Int(docid >> 24) - 1_000_000) }

  /// The docids of a day.
  static func docids(of day: Day) -> ClosedRange<Int64> {
    let first = Int64(min(max(day.number + 1_000_000, 0), 1 << 30)) << 24
    return first...(first | 0xFF_FFFF)
  }

  /// Writes what the sources say about each stale row now.
  func refresh(_ stale: StaleDocuments, sources: [SearchSource]) throws {
    guard !stale.isEmpty else { return }
    for source in sources {
      for row in stale.rows(of: source.kind) {
        let document = try source.document(database, row).map { IndexedDocument($0, source.kind) }
        try write(document, source.kind, row)
      }
    }
  }

  /// Begins anew from the rows.
  func rebuild(sources: [SearchSource]) throws {
    try database.execute(sql: "DELETE FROM search; DELETE FROM search_row")
    for source in sources {
      var ids: [EntryID] = []
      try database.each("SELECT id FROM \"\(source.kind.name)\" WHERE NOT _dead ORDER BY id") {
        if let id = $0.id(0) { ids.append(id) }
      }
      for id in ids {
        guard let document = try source.document(database, id) else { continue }
        try insert(IndexedDocument(document, source.kind), source.kind, id)
      }
    }
    try database.run("INSERT INTO search (search) VALUES ('optimize')")
  }

  private func write(_ document: IndexedDocument?, _ kind: Kind, _ row: EntryID) throws {
    let docid = try database.first(
      "SELECT docid FROM search_row WHERE row = ? AND kind = ?", [.id(row), .text(kind.name)]
    ) { $0.integer(0) }
    guard let docid else {
      if let document { try insert(document, kind, row) }
      return
    }
    guard let document else { return try remove(docid) }
    guard Self.docids(of: document.day).contains(docid) else {
      try remove(docid)
      return try insert(document, kind, row)
    }
    guard try document != stored(docid, document.day) else { return }
    try database.run(
      "UPDATE search SET title = ?, body = ?, tags = ?, facets = ? WHERE rowid = ?",
      [
        .text(document.title), .text(document.body), .text(document.tags),
        .text(document.facets), .integer(docid),
      ])
  }

  private func stored(_ docid: Int64, _ day: Day) throws -> IndexedDocument? {
    try database.first(
      "SELECT title, body, tags, facets FROM search WHERE rowid = ?", [.integer(docid)]
    ) {
      IndexedDocument(
        day: day, title: $0.text(0), body: $0.text(1), tags: $0.text(2), facets: $0.text(3))
    }
  }

  private func insert(_ document: IndexedDocument, _ kind: Kind, _ row: EntryID) throws {
    let range = Self.docids(of: document.day)
    let last = try database.integer(
      "SELECT max(docid) FROM search_row WHERE docid BETWEEN ? AND ?",
      [.integer(range.lowerBound), .integer(range.upperBound)])
    let docid = max(last + 1, range.lowerBound)
    guard docid <= range.upperBound else { throw StoreError.failed("16 million entries on a day") }
    try database.run(
      "INSERT INTO search_row (docid, kind, row) VALUES (?, ?, ?)",
      [.integer(docid), .text(kind.name), .id(row)])
    try database.run(
      "INSERT INTO search (rowid, title, body, tags, facets, kind, row) VALUES (?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(docid), .text(document.title), .text(document.body), .text(document.tags),
        .text(document.facets), .text(kind.name), .id(row),
      ])
  }

  private func remove(_ docid: Int64) throws {
    try database.run("DELETE FROM search WHERE rowid = ?", [.integer(docid)])
    try database.run("DELETE FROM search_row WHERE docid = ?", [.integer(docid)])
  }
}
