internal import Kernel

/// A document as the index holds it.
struct IndexedDocument: Equatable {
  let day: Day
  let title: String
  let body: String
  let tags: String
  let facets: String
}

extension IndexedDocument {
  init(_ document: SearchDocument, _ kind: Kind) {
    day = document.day
    title = SearchText.indexable(document.title)
    body = SearchText.indexable(document.body)
    tags = SearchText.indexable(document.tags.joined(separator: " "))
    let exact = document.tags.map { SearchText.token("tag", $0) }
    facets = ([SearchText.token("kind", kind.name)] + document.facets + exact)
      .joined(separator: " ")
  }
}
