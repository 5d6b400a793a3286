/// One atomic set of field writes on one row: what a device tells the others.
package struct Op: Hashable, Sendable {
  /// Random and minted with the write; it never changes.
  package let id: EntryID
  /// May be replaced as long as no server has accepted the operation.
  package var stamp: Stamp
  package let kind: Kind
  package let row: EntryID
  package let fields: [String: Value]
  /// Who wrote the version that a long text was edited from, by field.
  package let bases: [String: Authorship]
  /// The undo unit that the operation belongs to.
  package let group: EntryID

  package init(
    id: EntryID, stamp: Stamp, kind: Kind, row: EntryID, fields: [String: Value],
    bases: [String: Authorship] = [:], group: EntryID
  ) {
    self.id = id
    self.stamp = stamp
    self.kind = kind
    self.row = row
    self.fields = fields
    self.bases = bases
    self.group = group
  }

  /// The register that every kind has beside its own fields: true on a deleted row.
  package static let deleted = "_del"

  /// Stamp and id: what its fields are compared by.
  package var authorship: Authorship { Authorship(stamp: stamp, op: id) }
}

/// Who wrote a register's value. The greater one wins everywhere: first the stamp, then the id.
package struct Authorship: Hashable, Comparable, Sendable {
  package let stamp: Stamp
  package let op: EntryID

  package init(stamp: Stamp, op: EntryID) {
    self.stamp = stamp
    self.op = op
  }

  package static func < (left: Authorship, right: Authorship) -> Bool {
    (left.stamp, left.op) < (right.stamp, right.op)
  }
}

/// The merge rule, the same on every device and on the server: sync.md, section 7.
///
/// Idempotent, commutative and associative, and it never asks who is asking.
package enum Merge: Sendable {
  /// The incoming value takes the register; the one that stood there, if any, becomes a version.
  case wins
  /// The incoming value becomes a version.
  case loses
  /// It is the value that stands there.
  case isThere

  package init(_ incoming: Authorship, over current: Authorship?) {
    guard let current else {
      self = .wins
      return
    }
    if incoming.op == current.op {
      self = .isThere
    } else {
      self = current < incoming ? .wins : .loses
    }
  }
}
