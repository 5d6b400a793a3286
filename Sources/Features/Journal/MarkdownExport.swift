internal import Kernel
internal import Life
internal import Storage

/// A folder a year, in it a file a day: `2026/2026-11-20.md`.
struct MarkdownExport {
  let store: Store

  func run(to path: String, replacing: Bool) throws -> Int {
    if !replacing, try ExportFile.holdsAnything(path) { throw ExportError.exists(path: path) }
    try ExportFile.makeFolder(path)
    var count = 0
    var years: Set<Int> = []
    var day: Day?
    var text = ""
    func close() throws {
      guard let day else { return }
      let folder = path + "/" + day.description.prefix(4)
      if years.insert(day.year).inserted { try ExportFile.makeFolder(folder) }
      let file = try ExportFile(path: "\(folder)/\(day).md", replacing: replacing)
      try file.write(text)
      try file.finish()
    }
    try store.read { db in
      try JournalQueries.everything(db) { entry, tags in
        if entry.day != day {
          try close()
          day = entry.day
          text = "# \(Self.weekdays[entry.day.weekday - 1]), \(entry.day)\n"
        }
        text += "\n" + MarkdownEntry.text(entry, tags: tags)
        count += 1
      }
    }
    try close()
    return count
  }

  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
}
