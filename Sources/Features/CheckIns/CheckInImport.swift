package import Kernel
internal import Life
internal import Storage

/// What an import of check-ins did, or would do.
package struct CheckInImportReport: Equatable, Sendable {
  /// Check-ins that are new here.
  package internal(set) var fresh = 0
  /// Check-ins that were here, and lacked something that is in them now.
  package internal(set) var filled = 0
  /// Check-ins that are here already, the same.
  package internal(set) var known = 0
  /// Check-ins that are here already and say something else: left alone.
  package internal(set) var different = 0
  /// Weeks left out and choices of groups that are new or different.
  package internal(set) var others = 0
  /// The file's entries that the check-ins were made of.
  package internal(set) var entries = 0
  package internal(set) var firstWeek: String?
  package internal(set) var lastWeek: String?
  /// What could not be read, by line.
  package internal(set) var issues: [ImportIssue] = []

  package var checkIns: Int { fresh + filled + known + different }
}

/// Brings one's own check-ins from a file into the store.
///
/// A week has one check-in, and its id is derived from the week: importing again adds nothing. What is
/// here is never overwritten; what it lacks is filled in. One undo takes all of it back.
package struct CheckInImport {
  package enum Format: String, Sendable, CaseIterable { case json, daylio }

  package let format: Format
  /// The file's names of moods that nobody has given a rank, with how often each is used.
  package private(set) var unknownMoods: [(name: String, count: Int)] = []

  /// Files are not read beyond this many bytes.
  static let mostBytes = 64 << 20

  private var checkIns: [CheckIn] = []
  private var skips: [StreakSkip] = []
  private var choices: [GroupChoice] = []
  private var report = CheckInImportReport()

  /// Reads the file at `path`; with `format` nil it finds out the format itself. `moods` are ranks (1 to
  /// 5) for names of moods. Throws `ImportError`.
  package init(
    path: String, format: Format? = nil, moods: [String: Int] = [:], world: World
  ) throws {
    if ImportFile.isFolder(path) == true {
      throw ImportError.unreadable(path: path, reason: "it is a folder")
    }
    let bytes = try ImportFile.bytes(path, limit: Self.mostBytes)
    let start = bytes.first { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }
    self.format = format ?? (start == UInt8(ascii: "{") ? .json : .daylio)
    switch self.format {
    case .json:
      let file = try CheckInLines(path: path, today: world.today)
      (checkIns, skips, choices) = (file.checkIns, file.skips, file.choices)
      report.issues = file.issues
      report.entries = checkIns.count
    case .daylio:
      let file = try DaylioFile(bytes, path: path)
      report.issues = file.issues
      report.entries = file.entries.count
      let ranks = DaylioWeeks.ranks(file.moods.map(\.name), given: moods)
      unknownMoods = file.moods.filter { ranks[$0.name] == nil }
      let limit = Week(of: world.today).sunday
      let entries = file.entries.filter { $0.day <= limit }
      if entries.count < file.entries.count {
        let later = file.entries.count - entries.count
        report.issues.append(
          ImportIssue(
            line: 1, reason: "Entries of weeks that have not begun are left out: \(later)."))
      }
      let weeks = DaylioWeeks(ranks: ranks, zone: world.zone()).checkIns(of: entries)
      checkIns = weeks.checkIns
      for week in weeks.cut {
        report.issues.append(
          ImportIssue(line: 1, reason: "The note of \(week) is too long; its end is left out."))
      }
    }
    report.firstWeek = checkIns.map(\.key).min()
    report.lastWeek = checkIns.map(\.key).max()
  }

  /// Imports; where `isDry`, only tells what that would do.
  package func run(into desk: Desk, isDry: Bool = false) throws -> CheckInImportReport {
    var report = report
    if isDry {
      try desk.store.read { db in
        for checkIn in checkIns {
          _ = Self.resolve(checkIn, over: try CheckInQueries.own(db, key: checkIn.key), &report)
        }
        for skip in skips where try !NoticeQueries.has(db, skip) { report.others += 1 }
        for choice in choices where try !NoticeQueries.has(db, choice) { report.others += 1 }
      }
      return report
    }
    guard !checkIns.isEmpty || !skips.isEmpty || !choices.isEmpty else { return report }
    try desk.store.write("Import of check-ins") { edit in
      for checkIn in checkIns {
        let found = try edit.find(CheckIn.self, id: checkIn.id)
        if let new = Self.resolve(checkIn, over: found, &report) { try edit.save(new) }
      }
      for skip in skips where try edit.save(skip) { report.others += 1 }
      for choice in choices where try edit.save(choice) { report.others += 1 }
    }
    return report
  }

  /// What is to be written; nil for nothing.
  private static func resolve(
    _ new: CheckIn, over old: CheckIn?, _ report: inout CheckInImportReport
  ) -> CheckIn? {
    guard let old else {
      report.fresh += 1
      return new
    }
    guard old.values != new.values else {
      report.known += 1
      return nil
    }
    var filled = old
    if old.mood.isEmpty { filled.mood = new.mood }
    if old.note.isEmpty { filled.note = new.note }
    if old.scores == nil, new.scores != nil { filled.scores = new.scores }
    if old.energy == nil { filled.energy = new.energy }
    guard filled.values != old.values else {
      report.different += 1
      return nil
    }
    report.filled += 1
    return filled
  }
}
