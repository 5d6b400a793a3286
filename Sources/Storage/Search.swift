package import Kernel

/// A question to the index, already parsed. Any text is allowed; nothing in it is FTS5 syntax.
package struct SearchQuery: Equatable, Sendable {
  package enum Term: Equatable, Sendable {
    /// A whole word; `isPrefix` also finds longer ones.
    case word(String, isPrefix: Bool)
    case phrase(String)
  }
  package var terms: [Term]
  package var tags: [String]
  package var facets: [String]
  package var from: Day?
  package var to: Day?
  package var kinds: [Kind]
  package init(
    terms: [Term] = [], tags: [String] = [], facets: [String] = [], from: Day? = nil,
    to: Day? = nil, kinds: [Kind] = []
  ) {
    self.terms = terms
    self.tags = tags
    self.facets = facets
    self.from = from
    self.to = to
    self.kinds = kinds
  }
}

/// One found row with its place in time and the words around the hit.
package struct SearchHit: Equatable, Sendable {
  package let kind: Kind
  package let id: EntryID
  package let day: Day
  package let title: String
  /// Text around the first hits; hits lie between U+E000 and U+E001.
  package let snippet: String
  package init(kind: Kind, id: EntryID, day: Day, title: String, snippet: String) {
    self.kind = kind
    self.id = id
    self.day = day
    self.title = title
    self.snippet = snippet
  }
}

extension Store {
  /// The newest hits by day, at most `limit`. Diacritics and case are folded. Never fails on text: a
  /// question without a word in it has no hits, one that asks for nothing finds all.
  package func search(_ query: SearchQuery, limit: Int = 200) throws -> [SearchHit] {
    guard limit > 0, let question = SearchQuestion(query, sources: schema.searches) else {
      return []
    }
    return try read { database in try question.answer(database, limit: limit) }
  }

  /// Indexes all rows anew: for an index that a check has found wanting.
  package func rebuildSearchIndex() throws {
    try transaction { database in
      try SearchIndex(database: database).rebuild(sources: schema.searches)
    }
  }
}
