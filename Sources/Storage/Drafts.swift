package import Kernel

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
  package func save(_ draft: Draft) throws { preconditionFailure("CONTRACT") }
  package func draft(of target: EntryID) throws -> Draft? { preconditionFailure("CONTRACT") }
  /// All drafts, newest first.
  package func drafts() throws -> [Draft] { preconditionFailure("CONTRACT") }
  package func discardDraft(of target: EntryID) throws { preconditionFailure("CONTRACT") }

  /// Small local facts (session, last backup, cached counts): never synced.
  package func note(_ name: String) throws -> String? { preconditionFailure("CONTRACT") }
  package func setNote(_ name: String, to text: String?) throws { preconditionFailure("CONTRACT") }
}
