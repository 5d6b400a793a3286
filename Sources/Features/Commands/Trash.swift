internal import Kernel
internal import Life
internal import Storage

/// Deleted rows as a person sees them: those that stand for themselves, each with a line of words.
enum Trash {
  struct Line {
    let row: Trashed
    let text: String

    /// The shape in which `--json` prints it.
    var json: Json {
      .object([
        ("id", .id(row.id)), ("kind", .text(row.kind.name)),
        ("deleted_at", .moment(row.deletedAt)), ("text", .text(text)),
      ])
    }
  }

  static func rows(_ store: Store, limit: Int) throws -> [Line] {
    var lines: [Line] = []
    for row in try store.trash(limit: .max) where lines.count < limit {
      let text = Area.all.lazy.compactMap { $0.describe(row.kind, row.fields) }.first
      if let text { lines.append(Line(row: row, text: text)) }
    }
    return lines
  }

  static func find(_ typed: String, in rows: [Line]) throws(Failure) -> Line {
    let digits = typed.lowercased().filter { $0 != "-" }
    guard digits.count >= IdentityQueries.fewestDigits else {
      throw Failure(
        .wrongUsage,
        "“\(typed)” is too short for an id; give at least \(IdentityQueries.fewestDigits) digits")
    }
    let hits = rows.filter {
      $0.row.id.description.hasPrefix(digits) || $0.row.id.description.hasSuffix(digits)
    }
    switch hits.count {
    case 1: return hits[0]
    case 0:
      throw Failure(.notFound, "the trash has no \(typed); `lifeos trash` shows what it has")
    default:
      let names = hits.prefix(5).map(\.row.id.description).joined(separator: ", ")
      throw Failure(.wrongUsage, "\(typed) could be any of \(names); give more digits")
    }
  }

  /// Revives the rows, and with each its tags.
  static func restore(_ lines: [Line], in store: Store) throws {
    let entries = lines.filter { $0.row.kind == JournalEntry.kind }
    let others = lines.filter { $0.row.kind != JournalEntry.kind }
    if !entries.isEmpty { try JournalWriting.restore(entries.map(\.row.id), in: store) }
    guard !others.isEmpty else { return }
    try store.write("Restore \(others.count) from trash") { edit in
      for line in others { try edit.revive(line.row.kind, id: line.row.id) }
    }
  }
}
