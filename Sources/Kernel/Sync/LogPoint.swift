/// A point in a space's history on the server: the number of an operation and the chain of hashes up
/// to it, which proves that it is the same history.
package struct LogPoint: Hashable, Sendable {
  package var seq: Int64
  package var chain: UInt64

  package init(seq: Int64, chain: UInt64) {
    self.seq = seq
    self.chain = chain
  }

  /// Before the first operation.
  package static let start = LogPoint(seq: 0, chain: 0)
}

/// An operation in a space's log.
package struct LoggedOp: Hashable, Sendable {
  /// Gapless, from 1, in the order of commits.
  package let seq: Int64
  package let op: Op
  /// Who wrote the values, where the log row stands for a register that a device has given back after
  /// the server was restored: then `op.id` is derived, and this is the original operation.
  package let origin: EntryID?
  package let device: EntryID?

  package init(seq: Int64, op: Op, origin: EntryID? = nil, device: EntryID?) {
    self.seq = seq
    self.op = op
    self.origin = origin
    self.device = device
  }

  /// What its fields are compared by.
  package var authorship: Authorship { Authorship(stamp: op.stamp, op: origin ?? op.id) }
}

/// One register with its author: what a snapshot is made of, and what a device gives back to a server
/// that was restored.
package struct Register: Hashable, Sendable {
  package let kind: Kind
  package let row: EntryID
  package let field: String
  package let authorship: Authorship
  package let value: Value

  package init(kind: Kind, row: EntryID, field: String, authorship: Authorship, value: Value) {
    self.kind = kind
    self.row = row
    self.field = field
    self.authorship = authorship
    self.value = value
  }
}
