internal import Kernel
internal import Life

/// The lines that `JSONLinesExport` writes: an object each, `kind` and `id` beside the fields.
struct JSONLinesImport: ImportReader {
  let path: String

  func read(_ body: (ImportPiece) throws -> Void) throws {
    var lines = try ImportLines(path: path)
    defer { lines.close() }
    while let line = try lines.next() {
      guard !line.isBlank else { continue }
      func issue(_ reason: String) -> ImportPiece {
        .issue(ImportIssue(line: lines.number, reason: reason))
      }
      do {
        let node = try JSONReader.value(Array(line.utf8))
        if node["lifeos"] != nil { continue }  // the head line
        try body(piece(node, issue))
      } catch let problem as JSONReader.Problem {
        try body(issue("The line is no JSON object: \(problem.reason)."))
      }
    }
    if lines.foreign > 0 { try body(.foreignLines(lines.foreign)) }
  }

  private func piece(_ node: JSONNode, _ issue: (String) -> ImportPiece) -> ImportPiece {
    guard let kind = node["kind"]?.text else { return issue("The line has no kind.") }
    guard let id = node["id"]?.text.flatMap({ EntryID($0) }) else {
      return issue("The line has no id; an id has 32 hexadecimal digits.")
    }
    func values(_ type: any Entry.Type) -> Result<[Value], Misfit> {
      Self.values(node, type.fields)
    }
    switch kind {
    case JournalEntry.kind.name:
      switch values(JournalEntry.self) {
      case .failure(let misfit): return issue(misfit.reason)
      case .success(let values):
        guard let text = node["day"]?.text else { return issue("The entry has no day.") }
        guard Day(text) != nil else { return issue("There is no day “\(text)”.") }
        guard node["at"]?.integer != nil else { return issue("The entry has no time.") }
        let tags = (node["tags"]?.list ?? []).compactMap(\.text)
        return .entry(
          ImportItem(identity: .own(id), entry: JournalEntry(id: id, values: values), tags: tags))
      }
    case JournalPrompt.kind.name:
      return Self.made(values(JournalPrompt.self), issue) {
        .prompt(JournalPrompt(id: id, values: $0))
      }
    case StreakSkip.kind.name:
      guard let text = node["day"]?.text, Day(text) != nil else {
        return issue("A skipped day has no day.")
      }
      return Self.made(values(StreakSkip.self), issue) { .skip(StreakSkip(id: id, values: $0)) }
    default: return issue("“\(kind)” is no kind that this lifeos knows.")
    }
  }

  private static func made(
    _ values: Result<[Value], Misfit>, _ issue: (String) -> ImportPiece,
    _ make: ([Value]) -> ImportPiece
  ) -> ImportPiece {
    switch values {
    case .success(let values): make(values)
    case .failure(let misfit): issue(misfit.reason)
    }
  }

  struct Misfit: Error { let reason: String }

  /// One value a field, in its shape; null where there is none.
  static func values(_ node: JSONNode, _ fields: [Field]) -> Result<[Value], Misfit> {
    var values: [Value] = []
    for field in fields {
      switch (node[field.name] ?? .null, field.shape) {
      case (.null, _): values.append(.null)
      case (.text(let text), .text): values.append(.text(text))
      case (.flag(let flag), .flag): values.append(.flag(flag))
      case (.number(let digits), .number):
        guard let number = Int64(digits), number.magnitude < 1 << 53 else {
          return .failure(Misfit(reason: "“\(field.name)” holds a number that is too large."))
        }
        values.append(.number(number))
      default: return .failure(Misfit(reason: "“\(field.name)” holds another kind of value."))
      }
    }
    return .success(values)
  }
}
