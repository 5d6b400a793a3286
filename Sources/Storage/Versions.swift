internal import GRDB
package import Kernel
internal import SQL

/// One value that a field has had.
package struct Version: Equatable, Sendable {
  package let value: Value
  package let stamp: Stamp
  /// True for the value that stands now.
  package let isCurrent: Bool
  package init(value: Value, stamp: Stamp, isCurrent: Bool) {
    self.value = value
    self.stamp = stamp
    self.isCurrent = isCurrent
  }
}

extension Store {
  /// Every value of a row's field, newest first, with the one that stands now; none for a field that
  /// was never written or that nobody knows.
  package func versions(of kind: Kind, id: EntryID, field: String) throws -> [Version] {
    guard let table = tables[kind], let shape = table.shape(of: field) else { return [] }
    return try read { database in
      let holder = try database.first(table.select, [.id(id)]) {
        $0.id(CInt(table.fields.count + 2))
      }
      guard let space = try (holder ?? nil) ?? SyncSpace.personal(in: database) else { return [] }
      let register: [Datum] = [.id(space), .text(kind.name), .id(id), .text(field)]
      let current = try database.first(
        "SELECT t FROM sync_clock WHERE space = ? AND coll = ? AND id = ? AND field = ?", register
      ) { $0.stamp(0) }
      var versions: [Version] = []
      if let current {
        let value = try database.first(
          "SELECT \"\(field)\" FROM \"\(kind.name)\" WHERE id = ?", [.id(id)]
        ) { $0.value(0, shape) }
        var shown = value ?? .null
        if shown.isNull { shown = try Self.misfit(database, register) ?? .null }
        versions.append(Version(value: shown, stamp: current, isCurrent: true))
      }
      try database.each(
        """
        SELECT t, val FROM sync_version WHERE space = ? AND coll = ? AND id = ? AND field = ?
        ORDER BY t DESC, op DESC
        """, register
      ) {
        versions.append(Version(value: $0.kept(1, shape), stamp: $0.stamp(0), isCurrent: false))
      }
      return versions
    }
  }

  /// A value that the register's column cannot hold.
  private static func misfit(_ database: Database, _ register: [Datum]) throws -> Value? {
    try database.first(
      "SELECT val FROM sync_unknown WHERE space = ? AND coll = ? AND id = ? AND field = ?", register
    ) { $0.exactValue(0) }
  }
}
