package import GRDB
package import Kernel
internal import SQL

/// What the areas bring to the store: their kinds, tables and what of them can be searched.
package struct Schema: Sendable {
  package var entries: [any Entry.Type]
  package var migrations: [Migration]
  package var searches: [SearchSource]

  package init(
    entries: [any Entry.Type], migrations: [Migration], searches: [SearchSource] = []
  ) {
    self.entries = entries
    self.migrations = migrations
    self.searches = searches
  }
}

/// One appended step of the database's history, named `area.n`; it never changes once released.
package struct Migration: Sendable {
  package let name: String
  package let sql: String
  package init(_ name: String, sql: String) {
    self.name = name
    self.sql = sql
  }

  /// Creates the table of `type` from its fields, then runs `indexes` (any further SQL).
  ///
  /// A field that the type gains later needs no migration: the store adds a missing column when it
  /// opens. Columns are never taken away, and never change their meaning.
  package static func table(
    _ name: String, for type: any Entry.Type, indexes: String = ""
  ) -> Migration {
    let columns = type.fields.map { ", \(KindTable.column($0))" }.joined()
    let space = type.isShared ? ", \(KindTable.space) BLOB" : ""
    return Migration(
      name,
      sql: """
        CREATE TABLE "\(type.kind.name)" (id BLOB PRIMARY KEY NOT NULL\(columns),
          _del INTEGER, _dead INTEGER NOT NULL DEFAULT 0\(space)) STRICT;
        \(indexes)
        """)
  }
}

/// The text of one row for the search index.
package struct SearchDocument: Equatable, Sendable {
  package var day: Day
  package var title: String
  package var body: String
  /// Without their signs, in lower case.
  package var tags: [String]
  /// Words of ASCII letters and digits that filters ask for: `typenote`, `starred`.
  package var facets: [String]
  package init(day: Day, title: String, body: String, tags: [String], facets: [String]) {
    self.day = day
    self.title = title
    self.body = body
    self.tags = tags
    self.facets = facets
  }
}

/// How rows of a kind become searchable. Rows of `children` name their parent in a field `target`;
/// a change of theirs indexes the parent again.
package struct SearchSource: Sendable {
  package let kind: Kind
  package let children: [Kind]
  /// nil for a row that is gone.
  package let document: @Sendable (Database, EntryID) throws -> SearchDocument?
  package init(
    kind: Kind, children: [Kind] = [],
    document: @escaping @Sendable (Database, EntryID) throws -> SearchDocument?
  ) {
    self.kind = kind
    self.children = children
    self.document = document
  }
}
