/// One atomic set of field writes on one row: what a device tells the others.
package struct Op: Hashable, Sendable {
  /// Random and minted with the write; it never changes.
  package let id: EntryID
  /// May be replaced as long as no server has accepted the operation.
  package var stamp: Stamp
  package let kind: Kind
  package let row: EntryID
  package let fields: [String: Value]
  /// The undo unit that the operation belongs to.
  package let group: EntryID

  package init(
    id: EntryID, stamp: Stamp, kind: Kind, row: EntryID, fields: [String: Value], group: EntryID
  ) {
    self.id = id
    self.stamp = stamp
    self.kind = kind
    self.row = row
    self.fields = fields
    self.group = group
  }

  /// The register that every kind has beside its own fields: true on a deleted row.
  package static let deleted = "_del"
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
