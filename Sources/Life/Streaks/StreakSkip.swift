package import Kernel

/// A day that somebody left out on purpose: it neither counts for a streak nor breaks it.
/// Its id is derived from streak and day.
package struct StreakSkip: Entry {
  package static let kind: Kind = "streak_skip"
  package static let fields: [Field] = [
    Field("streak", .text), Field("day", .text), Field("reason", .text),
  ]

  package let id: EntryID
  /// Whose streak: `journal`.
  package var streak: String
  package var day: Day
  /// In the person's words; may be empty.
  package var reason: String

  package init(id: EntryID, streak: String, day: Day, reason: String) {
    self.id = id
    self.streak = streak
    self.day = day
    self.reason = reason
  }

  package init(id: EntryID, values: [Value]) {
    self.id = id
    streak = values[0].text ?? ""
    day = values[1].text.flatMap { Day($0) } ?? Day(number: 0)
    reason = values[2].text ?? ""
  }

  package var values: [Value] {
    [.text(streak), .text(day.description), reason.isEmpty ? .null : .text(reason)]
  }

  /// The streak of the journal.
  package static let journal = "journal"
}
