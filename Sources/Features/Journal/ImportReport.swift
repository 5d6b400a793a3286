package import Kernel

/// What an import did, or would do.
package struct ImportReport: Equatable, Sendable {
  /// Entries that are new here.
  package internal(set) var fresh = 0
  /// Entries that lay in the trash and come back.
  package internal(set) var revived = 0
  /// Entries that are here already, the same.
  package internal(set) var known = 0
  /// Entries that are here already, but differ: left alone, or updated where that was asked for.
  package internal(set) var changed = 0
  package internal(set) var isUpdating = false
  /// Prompts, templates and skipped days that are new or different.
  package internal(set) var others = 0
  /// Entries with letters that look wrongly decoded (`Ã©` for `é`), and how many were repaired.
  package internal(set) var garbled = 0
  package internal(set) var repaired = 0
  /// Lines that were not UTF-8 and were read as Windows-1252.
  package internal(set) var foreignLines = 0
  /// Photos, sounds and other files that entries name: they stay where they are.
  package internal(set) var attachments = 0
  /// The first and the last day of the entries.
  package internal(set) var firstDay: Day?
  package internal(set) var lastDay: Day?
  /// What could not be read: the first thousand of `issueCount`.
  package internal(set) var issues: [ImportIssue] = []
  package internal(set) var issueCount = 0
  package internal(set) var isCancelled = false

  package init() {}

  /// All entries that were understood.
  package var entries: Int { fresh + revived + known + changed }
  /// Entries that the import writes.
  package var writes: Int { fresh + revived + (isUpdating ? changed : 0) }

  mutating func note(_ issue: ImportIssue) {
    issueCount += 1
    if issues.count < 1000 { issues.append(issue) }
  }

  mutating func note(day: Day) {
    firstDay = min(firstDay ?? day, day)
    lastDay = max(lastDay ?? day, day)
  }
}

/// One thing in a source that could not be imported; the rest goes on.
package struct ImportIssue: Equatable, Sendable {
  /// The file inside the source; empty where there is only one.
  package let file: String
  /// From 1.
  package let line: Int
  /// A sentence.
  package let reason: String

  package init(file: String = "", line: Int, reason: String) {
    self.file = file
    self.line = line
    self.reason = reason
  }
}
