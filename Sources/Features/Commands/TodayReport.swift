internal import Kernel
internal import Life

/// Today in a few plain lines: what `lifeos` prints where there is no terminal.
package enum TodayReport {
  /// About 200 bytes.
  package static func print(_ console: Console) throws {
    let desk = try console.desk()
    let today = console.world.today
    let output = console.output
    output.line(.bold("\(weekdays[today.weekday - 1]) \(today)"))
    let entries = try JournalListing(from: today, to: today).entries(in: desk.store, limit: 20)
    if entries.isEmpty {
      output.line("Journal: nothing yet")
    } else {
      let types = entries.reversed().map {
        ($0.entry.type?.title ?? $0.entry.typeName).lowercased()
      }
      let shown = types.prefix(4).joined(separator: ", ") + (types.count > 4 ? ", …" : "")
      output.line(.plain("Journal: \(shown)"))
    }
    let streak = try JournalStreaks.any(desk: desk)
    if streak.current > 0 {
      output.line(
        .plain("Streak: \(streak.phrase)\(streak.isPending ? ", today still open" : "")"))
    }
    for line in try DueReport(desk).lines.prefix(5) { output.line(.plain("Due: \(line)")) }
    if let past = Day(today.year - 1, today.month, today.dayOfMonth),
      let old = try JournalListing(from: past, to: past).entries(in: desk.store, limit: 1).first
    {
      let line = Summary.line(title: old.entry.title, text: old.entry.fullText, limit: 60)
      output.line(.plain("A year ago: \(line)"))
    }
  }

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
}
