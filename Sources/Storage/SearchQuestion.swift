internal import GRDB
internal import Kernel
internal import SQL

/// A query in the words of FTS5.
struct SearchQuestion {
  /// What `MATCH` gets; nil where days alone are asked for.
  private let match: String?
  private let docids: ClosedRange<Int64>

  /// More words than anybody types: the rest is left out.
  private static let termLimit = 40

  /// nil where nothing can be found.
  init?(_ query: SearchQuery, sources: [SearchSource]) {
    let words = query.terms.prefix(Self.termLimit).compactMap(Self.words)
    guard query.terms.isEmpty || !words.isEmpty else { return nil }
    var parts: [String] = []
    if !words.isEmpty { parts.append("{title body tags} : (\(words.joined(separator: " AND ")))") }
    // A facet is one word of letters and digits in its own column: no sign in it is syntax either.
    let facets =
      query.facets + query.tags.filter { !$0.isEmpty }.map { SearchText.token("tag", $0) }
    for facet in facets {
      guard let word = SearchText.quoted(facet) else { return nil }
      parts.append("facets : \(word)")
    }
    let known = Set(sources.map(\.kind))
    if !query.kinds.isEmpty {
      let kinds = known.intersection(query.kinds)
      guard !kinds.isEmpty else { return nil }
      if kinds != known {
        let tokens = kinds.compactMap { SearchText.quoted(SearchText.token("kind", $0.name)) }
        parts.append("facets : (\(tokens.sorted().joined(separator: " OR ")))")
      }
    }
    match = parts.isEmpty ? nil : parts.map { "(\($0))" }.joined(separator: " AND ")

    let first = query.from.map { SearchIndex.docids(of: $0).lowerBound } ?? 0
    let last = query.to.map { SearchIndex.docids(of: $0).upperBound } ?? Int64.max
    guard first <= last else { return nil }
    docids = first...last
  }

  func answer(_ database: Database, limit: Int) throws -> [SearchHit] {
    let condition = match == nil ? "" : "search MATCH ? AND "
    let sql =
      "SELECT rowid, kind, row, title, \(Self.snippet(column: 1)) FROM search "
      + "WHERE \(condition)rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?"
    let data: [Datum] =
      (match.map { [.text($0)] } ?? []) + [
        .integer(docids.lowerBound), .integer(docids.upperBound), .integer(Int64(limit)),
      ]
    var hits: [SearchHit] = []
    try database.each(sql, data) { columns in
      guard let id = columns.id(2) else { return }
      hits.append(
        SearchHit(
          kind: Kind(columns.text(1)), id: id, day: SearchIndex.day(of: columns.integer(0)),
          title: columns.text(3), snippet: columns.text(4)))
    }
    return hits
  }

  /// About as many words of the column around its hits as fit a line or two.
  private static func snippet(column: Int) -> String {
    "snippet(search, \(column), '\(SearchText.opening)', '\(SearchText.closing)', '…', 18)"
  }

  private static func words(_ term: SearchQuery.Term) -> String? {
    switch term {
    case .word(let text, let isPrefix):
      SearchText.quoted(text).map { isPrefix ? $0 + " *" : $0 }
    case .phrase(let text):
      SearchText.quoted(text)
    }
  }
}
