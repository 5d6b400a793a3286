internal import Kernel
internal import Life
internal import Storage

/// One JSON object a line: a head line, then every entry with its tags, then prompts and skipped
/// days. Field names are those of the database; what is empty is left out.
struct JSONLinesExport {
  let store: Store

  func run(to path: String, replacing: Bool) throws -> Int {
    let file = try ExportFile(path: path, replacing: replacing)
    let count = try write { try file.write($0) }
    try file.finish()
    return count
  }

  func write(_ body: (String) throws -> Void) throws -> Int {
    try body("{\"lifeos\":\"journal\",\"version\":1}\n")
    var count = 0
    try store.read { db in
      try JournalQueries.everything(db) { entry, tags in
        try body(Self.line(entry, tags: tags))
        count += 1
      }
      for prompt in try JournalQueries.prompts(db) { try body(Self.line(prompt)) }
      for skip in try JournalQueries.allSkips(db) { try body(Self.line(skip)) }
    }
    return count
  }

  static func line<E: Entry>(_ row: E, tags: [String] = []) -> String {
    var members: [JSONNode.Member] = [
      .init(name: "kind", value: .text(E.kind.name)),
      .init(name: "id", value: .text(row.id.description)),
    ]
    for (field, value) in zip(E.fields, row.values) {
      switch value {
      case .null: continue
      case .flag(let flag): members.append(.init(name: field.name, value: .flag(flag)))
      case .number(let number):
        members.append(.init(name: field.name, value: .number(String(number))))
      case .text(let text): members.append(.init(name: field.name, value: .text(text)))
      }
    }
    if !tags.isEmpty {
      members.append(.init(name: "tags", value: .list(tags.map { .text($0) })))
    }
    return JSONNode.object(members).string + "\n"
  }
}
