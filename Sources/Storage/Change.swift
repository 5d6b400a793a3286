internal import Kernel

/// A register's new value beside the one that stood there.
struct Change {
  let field: String
  let isLong: Bool
  let value: Value
  var previous: Value

  init(field: Field, value: Value, previous: Value) {
    self.field = field.name
    isLong = field.isLong
    self.value = value
    self.previous = previous
  }

  /// A write of `_del`.
  init(deleted: Bool, previous: Value) {
    field = Op.deleted
    isLong = false
    value = .flag(deleted)
    self.previous = previous
  }
}

/// A row as it lies in its kind's table.
struct StoredRow {
  let values: [Value]
  /// The register `_del`: null where it was never written.
  let deleted: Value
  /// Its `_del` = true is greater than all its other writes.
  let isDead: Bool
  /// The group's space that it lies in; nil for the personal one.
  let space: EntryID?
}
