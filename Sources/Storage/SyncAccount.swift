package import Kernel

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
  package let space: EntryID
  /// What the server said: a `Verdict.Refusal`; or `left`, of what waited for a group when the person
  /// left it.
  package let reason: String
  package let born: Moment
  package init(op: Op, space: EntryID, reason: String, born: Moment) {
    self.op = op
    self.space = space
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
