package import GRDB
package import Kernel

/// The hand that writes, inside `Store.write` only.
package struct Edit: ~Copyable {
  /// For reading what the write depends on.
  package let database: Database
  let store: Store
  let writing: Writing

  /// Writes the fields that differ from the stored row, as one operation; nothing where none do.
  /// Revives a deleted row. True where something changed. Throws `StoreError.unfit` for a value that
  /// no register can hold.
  ///
  /// A new row lies in `space`: a group's, for kinds that are shared; nil for the personal one. It stays
  /// there. Throws `.left` for a group that the person is no longer in.
  @discardableResult
  package func save<E: Entry>(_ entry: E, in space: EntryID? = nil) throws -> Bool {
    let table = store.table(E.kind)
    let values = entry.values
    try table.check(values)
    guard let stored = try writing.row(table, entry.id) else {
      try writing.create(table, entry.id, values, in: space ?? writing.personal)
      return true
    }
    guard space == nil || space == stored.space ?? writing.personal else {
      throw StoreError.failed("a row of \(E.kind.name) lies in another space")
    }
    var changes: [Change] = []
    for (index, value) in values.enumerated() where value != stored.values[index] {
      changes.append(
        Change(field: table.fields[index], value: value, previous: stored.values[index]))
    }
    if stored.isDead { changes.append(Change(deleted: false, previous: stored.deleted)) }
    guard !changes.isEmpty else { return false }
    try writing.update(table, entry.id, changes, of: stored)
    return true
  }

  /// Moves a row to the trash. True where it was there.
  @discardableResult
  package func delete(_ kind: Kind, id: EntryID) throws -> Bool {
    let table = store.table(kind)
    guard let stored = try writing.row(table, id), !stored.isDead else { return false }
    try writing.update(table, id, [Change(deleted: true, previous: stored.deleted)], of: stored)
    return true
  }

  /// Takes a row out of the trash. True where it was in it.
  @discardableResult
  package func revive(_ kind: Kind, id: EntryID) throws -> Bool {
    let table = store.table(kind)
    guard let stored = try writing.row(table, id), stored.isDead else { return false }
    try writing.update(table, id, [Change(deleted: false, previous: stored.deleted)], of: stored)
    return true
  }

  /// The row, unless it is deleted.
  package func find<E: Entry>(_ type: E.Type, id: EntryID) throws -> E? {
    guard let stored = try writing.row(store.table(E.kind), id), !stored.isDead else { return nil }
    return E(id: id, values: stored.values)
  }
}
