package import Kernel

/// Whose life the file holds, and what of it waits or was refused.
extension Store {
  /// nil where nobody has signed in with this file.
  package func account() throws -> SyncAccount? { fatalError("CONTRACT") }

  /// Joins the file to an account: its personal space takes the server's id and everything in it is
  /// offered to the server. Merges, never replaces. Throws `StoreError.otherAccount` where the file
  /// belongs to another account or server already. Doing it twice changes nothing.
  package func join(_ account: SyncAccount, personalSpace: EntryID) throws {
    fatalError("CONTRACT")
  }

  /// This device's id; another one where the file was copied to another machine or place.
  package func deviceID() throws -> EntryID { fatalError("CONTRACT") }

  /// Counts and times for the status line; `state` is `alone` or `starting`.
  package func syncStatus() throws -> SyncStatus { fatalError("CONTRACT") }

  /// Operations that the server refused for good, oldest first.
  package func quarantine() throws -> [QuarantinedOp] { fatalError("CONTRACT") }

  /// Sends a refused operation once more, as a new one.
  package func retry(quarantined op: EntryID) throws { fatalError("CONTRACT") }

  /// Forgets that a refused operation was to be sent; its values stay on this device.
  package func drop(quarantined op: EntryID) throws { fatalError("CONTRACT") }

  /// Overwritten long texts that nobody has looked at, newest first.
  package func conflicts(limit: Int) throws -> [TextConflict] { fatalError("CONTRACT") }

  /// Marks a conflict as looked at.
  package func resolve(_ conflict: TextConflict) throws { fatalError("CONTRACT") }

  /// Writes the overwritten text as a new edit of the field, undoable, and marks it as looked at.
  package func takeBack(_ conflict: TextConflict) throws { fatalError("CONTRACT") }
}

/// The account that a file belongs to.
package struct SyncAccount: Hashable, Sendable {
  package var id: EntryID
  package var user: String
  /// The server's own id: another server at the same address is noticed by it.
  package var serverID: EntryID
  /// `https://life.example.org:8480`, without a path.
  package var url: String
  package init(id: EntryID, user: String, serverID: EntryID, url: String) {
    self.id = id
    self.user = user
    self.serverID = serverID
    self.url = url
  }
}

/// An operation that the server refused for good.
package struct QuarantinedOp: Hashable, Sendable {
  package let op: Op
  package let reason: String
  package let born: Moment
  package init(op: Op, reason: String, born: Moment) {
    self.op = op
    self.reason = reason
    self.born = born
  }
}

/// A long text that lost against another one without its writer having seen that one.
package struct TextConflict: Hashable, Sendable {
  package let kind: Kind
  package let row: EntryID
  package let field: String
  /// Who wrote the text that lost.
  package let lost: Authorship
  package let lostText: String
  package let lostAt: Moment
  /// What stands there now.
  package let text: String
  package init(
    kind: Kind, row: EntryID, field: String, lost: Authorship, lostText: String, lostAt: Moment,
    text: String
  ) {
    self.kind = kind
    self.row = row
    self.field = field
    self.lost = lost
    self.lostText = lostText
    self.lostAt = lostAt
    self.text = text
  }
}
