package import Kernel
package import Life

/// Which entries a list shows: those that answer to all that is set.
package struct JournalFilter: Equatable, Sendable {
  package var type: JournalType?
  package var tags: [String]
  package var isStarred: Bool
  package var from: Day?
  /// Included.
  package var to: Day?
  /// Entries of the same day of any year; see `OnThisDay`.
  package var onThisDay: Day?
  /// Only these, where they are given.
  package var ids: [EntryID]?

  package init(
    type: JournalType? = nil, tags: [String] = [], isStarred: Bool = false, from: Day? = nil,
    to: Day? = nil, onThisDay: Day? = nil, ids: [EntryID]? = nil
  ) {
    self.type = type
    self.tags = tags
    self.isStarred = isStarred
    self.from = from
    self.to = to
    self.onThisDay = onThisDay
    self.ids = ids
  }

  /// The filters in a line of the search language, as typed on `today`; its words are left out.
  package init(_ text: String, today: Day) {
    let search = JournalSearch(text, today: today)
    self.init(
      type: search.type, tags: search.tags, isStarred: search.isStarred, from: search.from,
      to: search.to)
  }

  /// True where it shows everything.
  package var isEmpty: Bool { self == JournalFilter() }

  /// The filter in the search language; `onThisDay` and `ids` have no words there.
  package var words: String {
    var words: [String] = []
    if let type { words.append("type:" + type.rawValue) }
    words += tags.map { "#" + $0 }
    if isStarred { words.append("starred") }
    if let from, from == to {
      words.append("on:\(from)")
    } else {
      if let from { words.append("from:\(from)") }
      if let to { words.append("to:\(to)") }
    }
    return words.joined(separator: " ")
  }

  /// A form to keep over a restart; `ids` are left out.
  package var bookmark: [String: String] {
    var bookmark: [String: String] = [:]
    bookmark["type"] = type?.rawValue
    if !tags.isEmpty { bookmark["tags"] = tags.joined(separator: " ") }
    if isStarred { bookmark["starred"] = "1" }
    bookmark["from"] = from?.description
    bookmark["to"] = to?.description
    bookmark["onThisDay"] = onThisDay?.description
    return bookmark
  }

  /// The reverse of `bookmark`; what it does not understand is left out.
  package init(bookmark: [String: String]) {
    func day(_ name: String) -> Day? { bookmark[name].flatMap { Day($0) } }
    self.init(
      type: bookmark["type"].flatMap { JournalType(rawValue: $0) },
      tags: bookmark["tags"].map { $0.split(separator: " ").map(String.init) } ?? [],
      isStarred: bookmark["starred"] == "1", from: day("from"), to: day("to"),
      onThisDay: day("onThisDay"))
  }
}
