internal import Kernel
internal import Life
internal import Storage
internal import TUI

extension Area {
  /// Check-ins on one page: all that the area registers.
  package static let checkIns: Area = {
    var area = Area(name: "checkins", title: "Check-ins")
    area.entries = CheckInTables.entries
    area.migrations = CheckInTables.migrations
    area.home = { CheckInScreen(desk: $0) }
    area.screens = [
      CheckInScreen.self, CheckInNoteScreen.self, CheckInHistoryScreen.self,
      CheckInEntryScreen.self, GroupsScreen.self, GroupScreen.self, GroupCodeScreen.self,
      GroupDigestScreen.self, CheckInAnalyticsScreen.self,
    ]
    area.textContexts = [CheckInNoteScreen.context]
    area.describe = { kind, fields in
      // One's own alone: what groups were shown of it comes and goes with it.
      guard kind == CheckIn.kind, fields[OwnedRow.member] == nil else { return nil }
      let checkIn = CheckIn(
        id: EntryID(high: 0, low: 0), values: CheckIn.fields.map { fields[$0.name] ?? .null })
      let score = checkIn.score(by: .hucares).map { "  score \(grouped($0))" } ?? ""
      return "\(checkIn.key) check-in\(score)"
    }
    area.today = { try CheckInToday.cards($0) }
    return area
  }()
}
