internal import Kernel

/// Backups are named by their day: `lifeos-2026-11-21.sqlite`.
enum BackupName {
  private static let prefix = "lifeos-"
  private static let suffix = ".sqlite"

  static func of(_ day: Day) -> String { prefix + day.description + suffix }

  /// nil for a file that is no backup.
  static func day(of name: String) -> Day? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    return Day(name.dropFirst(prefix.count).dropLast(suffix.count))
  }

  /// The days that need not be kept: all but the 7 newest, and the newest of each of the 4 newest
  /// ISO weeks.
  static func spare(_ days: [Day]) -> [Day] {
    let sorted = Set(days).sorted(by: >)
    var kept = Set(sorted.prefix(7))
    var weeks: Set<Week> = []
    for day in sorted where weeks.insert(Week(of: day)).inserted && weeks.count <= 4 {
      kept.insert(day)
    }
    return sorted.filter { !kept.contains($0) }
  }
}
