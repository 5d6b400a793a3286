internal import Kernel
internal import Life
internal import TUI

/// How entries look on the command line: as JSON, as a line of a list, as a text to read.
struct JournalReport {
  let console: Console

  static func json(_ entry: JournalEntry, tags: [String]) -> Json {
    let sections = JournalEntry.sectionNames.compactMap { name in
      entry.sections[name].map { (name, Json.text($0)) }
    }
    return .object([
      ("id", .id(entry.id)), ("type", .text(entry.typeName)), ("date", .day(entry.day)),
      ("at", .moment(entry.at)), ("zone", .text(entry.zone)),
      ("title", entry.title.isEmpty ? .null : .text(entry.title)),
      ("starred", .flag(entry.isStarred)), ("mood", entry.mood.map { .number($0) } ?? .null),
      ("tags", .list(tags.map { .text($0) })), ("sections", .object(sections)),
      ("source", .text(entry.source)), ("source_id", .text(entry.sourceID)),
    ])
  }

  /// `1a2b3c4d  2026-07-05  note  ★ The first line  @tag`; cut to the terminal's width.
  func line(_ entry: JournalEntry, tags: [String]) {
    let type = entry.typeName.padding(to: 10)
    let star = entry.isStarred ? "★ " : ""
    let tagged = tags.isEmpty ? "" : "  " + tags.map { "@" + $0 }.joined(separator: " ")
    var summary = SafeText(Summary.line(title: entry.title, text: entry.fullText))
    if let columns = console.output.columns {
      let used = 8 + 2 + 10 + 2 + 10 + 2 + star.count + Width.of(SafeText(tagged))
      summary = Width.cut(summary, to: max(12, columns - used))
    }
    console.output.line(
      .dim(entry.id.short), .plain("  \(entry.day)  \(type)  "), .plain(star),
      .plain(summary.string),
      .dim(tagged))
  }

  /// The whole entry, to read.
  func page(_ entry: JournalEntry, tags: [String]) {
    let type = entry.type?.title ?? entry.typeName
    let clock = (Zone(named: entry.zone) ?? console.world.zone()).civil(entry.at).clock
    console.output.line(.bold(entry.title.isEmpty ? type : entry.title))
    var facts = ["\(entry.day) \(clock)"]
    if !entry.title.isEmpty { facts.append(type) }
    if entry.isStarred { facts.append("★") }
    if let mood = entry.mood.flatMap({ Mood(rawValue: $0) }) { facts.append("mood " + mood.name) }
    if !tags.isEmpty { facts.append(tags.map { "@" + $0 }.joined(separator: " ")) }
    facts.append(entry.id.short)
    console.output.line(.dim(facts.joined(separator: " · ")))
    let known = entry.type?.sections ?? []
    for name in JournalEntry.sectionNames {
      guard let text = entry.sections[name] else { continue }
      console.output.line("")
      let heading = known.first { $0.name == name }?.title ?? name
      if !heading.isEmpty { console.output.line(.bold(heading)) }
      console.output.text(text)
    }
  }

  /// A name for messages: the title, or the beginning of the text.
  static func name(_ entry: JournalEntry) -> String {
    let summary = Summary.line(title: entry.title, text: entry.fullText, limit: 60)
    let type = (entry.type?.title ?? entry.typeName).lowercased()
    return summary.isEmpty ? "\(type) of \(entry.day)" : "“\(summary)”"
  }
}

extension String {
  /// With spaces behind, up to `width` characters.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
