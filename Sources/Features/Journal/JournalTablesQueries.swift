internal import GRDB
package import Kernel
internal import Life
package import Storage

/// What the journal brings to the store: kinds, tables, and what of them can be searched.
package enum JournalTables {
  package static let entries: [any Entry.Type] = [
    JournalEntry.self, Tagging.self, JournalPrompt.self, StreakSkip.self,
  ]

  package static let migrations: [Migration] = [
    .table(
      "journal.1", for: JournalEntry.self,
      indexes: """
        CREATE INDEX journal_by_day ON journal (day, at, id) WHERE NOT _dead;
        CREATE INDEX journal_by_type ON journal (type, day, at, id) WHERE NOT _dead;
        CREATE INDEX journal_starred ON journal (day, at, id) WHERE star AND NOT _dead;
        CREATE INDEX journal_by_source ON journal (source, source_id) WHERE source IS NOT NULL;
        """),
    .table(
      "journal.2", for: Tagging.self,
      indexes: """
        CREATE INDEX tagging_by_target ON tagging (target, name) WHERE NOT _dead;
        CREATE INDEX tagging_by_name ON tagging (kind, name, target) WHERE NOT _dead;
        """),
    .table("journal.3", for: JournalPrompt.self),
    .table("journal.4", for: StreakSkip.self),
  ]

  package static let searches = [
    SearchSource(kind: JournalEntry.kind, children: [Tagging.kind], document: document)
  ]

  @Sendable private static func document(_ db: Database, _ id: EntryID) throws -> SearchDocument? {
    guard let entry = try JournalQueries.entry(db, id: id) else { return nil }
    var facets = [JournalIndexing.facet(entry.typeName)]
    if entry.isStarred { facets.append(JournalIndexing.starred) }
    return SearchDocument(
      day: entry.day, title: entry.title, body: entry.fullText,
      tags: try JournalQueries.tags(db, of: id), facets: facets)
  }
}
