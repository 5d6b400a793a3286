package import Kernel
package import Life

/// One line of the journal's list: what can be shown without reading the whole entry.
package struct JournalRow: Equatable, Sendable, Identifiable {
  package let id: EntryID
  /// Raw, so that a type of a newer lifeos is still listed; see `type`.
  package let typeName: String
  package let day: Day
  package let at: Moment
  package let title: String
  package let isStarred: Bool
  package let mood: Int?
  /// The first characters of the text.
  package let opening: String

  /// nil for a type that this lifeos does not know.
  package var type: JournalType? { JournalType(rawValue: typeName) }
  /// Where the row stands in the list.
  package var key: JournalKey { JournalKey(day: day, at: at, id: id) }
  /// The title, else the first line that says something.
  package var summary: String { Summary.line(title: title, text: opening) }
}

/// A place in the list, which runs from the greatest key (the newest) to the smallest.
package struct JournalKey: Hashable, Comparable, Sendable {
  package let day: Day
  package let at: Moment
  package let id: EntryID

  package init(day: Day, at: Moment, id: EntryID) {
    self.day = day
    self.at = at
    self.id = id
  }

  /// Before all entries of `day` in the list, behind those of the next day.
  package init(endOf day: Day) {
    self.init(
      day: day, at: Moment(milliseconds: .max), id: EntryID(high: .max, low: .max))
  }

  /// The reverse of `text`.
  package init?(text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 3, let day = Day(parts[0]), let milliseconds = Int64(parts[1]),
      let id = EntryID(parts[2])
    else { return nil }
    self.init(day: day, at: Moment(milliseconds: milliseconds), id: id)
  }

  /// A form to keep: `2026-11-20/1795132800000/0198f2…`.
  package var text: String { "\(day)/\(at.milliseconds)/\(id)" }

  package static func < (left: JournalKey, right: JournalKey) -> Bool {
    (left.day, left.at, left.id) < (right.day, right.at, right.id)
  }
}
