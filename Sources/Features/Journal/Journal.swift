internal import Kernel
internal import Life
internal import Storage
internal import TUI

extension Area {
  /// The journal on one page: all that it registers.
  package static let journal: Area = {
    var area = Area(name: "journal", title: "Journal")
    area.entries = [JournalEntry.self, Tagging.self, JournalPrompt.self, StreakSkip.self]
    area.migrations = JournalTables.migrations
    area.searches = JournalTables.searches
    area.screens = [
      JournalListScreen.self, JournalEntryScreen.self, JournalEditorScreen.self,
      JournalSearchScreen.self, JournalYearScreen.self, JournalHistoryScreen.self,
      JournalPromptsScreen.self,
    ]
    area.textContexts = [JournalEditorScreen.context, JournalSearchScreen.context]
    area.home = { JournalListScreen(desk: $0) }
    area.search = { JournalSearchScreen(desk: $0) }
    area.resume = { desk in
      guard let draft = try desk.store.drafts().first(where: { $0.kind == JournalEntry.kind })
      else {
        return nil
      }
      return try JournalEditorScreen(editing: draft.target, desk: desk)
    }
    area.today = JournalToday.cards
    area.todayLater = JournalToday.later
    area.find = JournalToday.find
    area.describe = { kind, fields in
      guard kind == JournalEntry.kind else { return nil }
      let entry = JournalEntry(
        id: EntryID(high: 0, low: 0),
        values: JournalEntry.fields.map { fields[$0.name] ?? .null })
      return "\(entry.day) \(JournalLabels.word(entry.type))  \(entry.summary)"
    }
    return area
  }()
}
