internal import Kernel
internal import Life
internal import TUI

/// Daily moods as weekly check-ins: the median mood, and the entries as the note. There are no scores
/// in them; a person may answer those of the weeks that are still open.
struct DaylioWeeks {
  /// A rank, 1 to 5, for each name of a mood.
  let ranks: [String: Int]
  let zone: Zone
  /// A note is not longer than so many characters.
  static let mostNote = 50_000
  static let source = "daylio"

  /// The ranks that are known without asking, with those that a person has given.
  static func ranks(_ names: [String], given: [String: Int]) -> [String: Int] {
    let given = Dictionary(
      given.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { _, last in last })
    var ranks: [String: Int] = [:]
    for name in names {
      if let rank = given[name.lowercased()] ?? MoodNames.rank(name) { ranks[name] = rank }
    }
    return ranks
  }

  /// One check-in a week, the oldest first; entries of moods without a rank are left out.
  func checkIns(of entries: [DaylioEntry]) -> (checkIns: [CheckIn], cut: [String]) {
    let known = entries.filter { ranks[$0.mood] != nil }
    let weeks = Dictionary(grouping: known) { Week(of: $0.day) }
    var checkIns: [CheckIn] = []
    var cut: [String] = []
    for (week, entries) in weeks.sorted(by: { $0.key < $1.key }) {
      let sorted = entries.enumerated().sorted {
        ($0.element.day, $0.element.secondOfDay ?? 43_200, $0.offset)
          < ($1.element.day, $1.element.secondOfDay ?? 43_200, $1.offset)
      }.map(\.element)
      var checkIn = CheckIn(own: week.description)
      let rank = MoodNames.median(sorted.compactMap { ranks[$0.mood] })
      checkIn.mood = rank.flatMap { MoodNames.word($0) } ?? ""
      let note = sorted.map(Self.text).joined(separator: "\n")
      checkIn.note = String(note.prefix(Self.mostNote))
      if checkIn.note != note { cut.append(week.description) }
      if let last = sorted.last {
        checkIn.written = zone.moment(
          CivilTime(day: last.day, secondOfDay: last.secondOfDay ?? 43_200))
      }
      checkIn.zone = zone.name
      checkIn.source = Self.source
      checkIns.append(checkIn)
    }
    return (checkIns, cut)
  }

  /// `Fri 20 Nov 21:30  rad  running, friends`, and below it the entry's own words.
  static func text(_ entry: DaylioEntry) -> String {
    let clock = entry.secondOfDay.map {
      " " + CivilTime(day: entry.day, secondOfDay: $0).clock
    }
    var line = "\(Dates.short(entry.day))\(clock ?? "")  \(entry.mood)"
    if !entry.activities.isEmpty { line += "  " + entry.activities.joined(separator: ", ") }
    return [line, entry.title, entry.note].filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
