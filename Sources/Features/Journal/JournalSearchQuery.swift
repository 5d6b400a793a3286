package import Life
package import Storage

extension SearchQuery {
  /// The question to the index that a line of the search box asks.
  package init(_ search: JournalSearch) {
    var facets: [String] = []
    if let type = search.type { facets.append(JournalIndexing.facet(type.rawValue)) }
    if search.isStarred { facets.append(JournalIndexing.starred) }
    self.init(
      terms: search.terms.map { term in
        switch term {
        case .word(let word, let isPrefix): .word(word, isPrefix: isPrefix)
        case .phrase(let phrase): .phrase(phrase)
        }
      },
      tags: search.tags, facets: facets, from: search.from, to: search.to,
      kinds: [JournalEntry.kind])
  }
}

/// The words under which entries are filed in the search index.
enum JournalIndexing {
  static let starred = "starred"

  /// `typenote`: letters and digits only, so that the index keeps it as one word.
  static func facet(_ typeName: String) -> String {
    "type" + typeName.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}
