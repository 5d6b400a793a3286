internal import GRDB
package import Kernel
internal import SQL

/// Unsaved text of an editor: local to this device, never synced, in no undo.
package struct Draft: Equatable, Sendable {
  /// The row being edited, or the id that a new one will get.
  package var target: EntryID
  package var kind: Kind
  /// The editor's own fields.
  package var fields: [String: String]
  package var savedAt: Moment
  package init(target: EntryID, kind: Kind, fields: [String: String], savedAt: Moment) {
    self.target = target
    self.kind = kind
    self.fields = fields
    self.savedAt = savedAt
  }
}

extension Store {
  /// Keeps the draft in place of the one before: on disk when this returns. Any text is kept as it
  /// was typed, U+0000 too.
  package func save(_ draft: Draft) throws {
    try transaction { database in
      try database.run(
        "INSERT INTO draft (target, kind, saved_at) VALUES (?, ?, ?) ON CONFLICT (target) "
          + "DO UPDATE SET kind = excluded.kind, saved_at = excluded.saved_at",
        [.id(draft.target), .text(draft.kind.name), Datum(draft.savedAt)])
      try database.run("DELETE FROM draft_field WHERE target = ?", [.id(draft.target)])
      for (name, text) in draft.fields {
        try database.run(
          "INSERT INTO draft_field (target, name, text) VALUES (?, ?, ?)",
          [.id(draft.target), .text(name), .bytes(Array(text.utf8))])
      }
    }
  }

  /// nil where nothing is kept for `target`.
  package func draft(of target: EntryID) throws -> Draft? {
    try read { try Self.draft($0, target) }
  }

  /// All drafts, newest first.
  package func drafts() throws -> [Draft] {
    try read { database in
      var targets: [EntryID] = []
      try database.each("SELECT target FROM draft ORDER BY saved_at DESC, target DESC") {
        if let target = $0.id(0) { targets.append(target) }
      }
      return try targets.compactMap { try Self.draft(database, $0) }
    }
  }

  /// Forgets the draft: its text was saved, or the person threw it away.
  package func discardDraft(of target: EntryID) throws {
    guard try draft(of: target) != nil else { return }
    try transaction { database in
      try database.run("DELETE FROM draft WHERE target = ?", [.id(target)])
      try database.run("DELETE FROM draft_field WHERE target = ?", [.id(target)])
    }
  }

  private static func draft(_ database: Database, _ target: EntryID) throws -> Draft? {
    let head = try database.first(
      "SELECT kind, saved_at FROM draft WHERE target = ?", [.id(target)]
    ) { (kind: Kind($0.text(0)), savedAt: Moment(milliseconds: $0.integer(1))) }
    guard let head else { return nil }
    var fields: [String: String] = [:]
    try database.each("SELECT name, text FROM draft_field WHERE target = ?", [.id(target)]) {
      fields[$0.text(0)] = String(decoding: $0.bytes(1), as: UTF8.self)
    }
    return Draft(target: target, kind: head.kind, fields: fields, savedAt: head.savedAt)
  }
}
