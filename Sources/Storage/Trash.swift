internal import GRDB
package import Kernel
internal import SQL

/// A deleted row.
package struct Trashed: Equatable, Sendable {
  package let kind: Kind
  package let id: EntryID
  package let deletedAt: Moment
  /// What is not null.
  package let fields: [String: Value]
  package init(kind: Kind, id: EntryID, deletedAt: Moment, fields: [String: Value]) {
    self.kind = kind
    self.id = id
    self.deletedAt = deletedAt
    self.fields = fields
  }
}

extension Store {
  /// Deleted rows of all kinds, latest first; `Edit.revive` takes one out again.
  package func trash(limit: Int) throws -> [Trashed] {
    guard limit > 0 else { return [] }
    return try read { database in
      var found: [(stamp: Stamp, row: Trashed)] = []
      for table in tables.values where !Self.isOwn(table.kind) {
        let names = table.fields.map { ", row.\"\($0.name)\"" }.joined()
        let space = table.isShared ? "coalesce(row.\(KindTable.space), " : "("
        // Of a group only one's own, and while one may write there.
        let own =
          table.isShared
          ? "AND (row.\(KindTable.space) IS NULL OR row.\(OwnedRow.member) = (\(Self.me)) "
            + "AND row.\(KindTable.space) IN (SELECT space FROM sync_space WHERE state <> 'left')) "
          : ""
        let sql =
          "SELECT row.id, clock.t\(names) FROM \"\(table.kind.name)\" AS row "
          + "JOIN sync_clock AS clock ON clock.space = "
          + "\(space)(SELECT space FROM sync_space WHERE kind = 'personal')) AND clock.coll = ? "
          + "AND clock.id = row.id AND clock.field = '\(Op.deleted)' "
          + "WHERE row._dead \(own)ORDER BY clock.t DESC LIMIT ?"
        try database.each(sql, [.text(table.kind.name), .integer(Int64(limit))]) { columns in
          guard let id = columns.id(0) else { return }
          var fields: [String: Value] = [:]
          for (index, field) in table.fields.enumerated() {
            let value = columns.value(CInt(index + 2), field.shape)
            if !value.isNull { fields[field.name] = value }
          }
          let moment = Moment(milliseconds: columns.stamp(1).milliseconds)
          found.append(
            (columns.stamp(1), Trashed(kind: table.kind, id: id, deletedAt: moment, fields: fields))
          )
        }
      }
      found.sort { ($0.stamp, $0.row.id) > ($1.stamp, $1.row.id) }
      return found.prefix(limit).map(\.row)
    }
  }
}

extension Store {
  /// The account's id as text.
  private static let me = "SELECT lower(hex(v)) FROM sync_meta WHERE k = 'account_id'"

  /// Kinds that no person writes, and that are in no trash.
  private static func isOwn(_ kind: Kind) -> Bool {
    kind == ConflictSeen.kind || Kind.keptByServer.contains(kind)
  }

  /// The fields of a row that are not null, also of a deleted one; empty for a row that is not there
  /// and for kinds that this program does not know.
  package func fields(_ kind: Kind, _ id: EntryID) throws -> [String: Value] {
    guard let table = tables[kind] else { return [:] }
    return try read { database in
      let found = try database.first(table.select, [.id(id)]) { columns in
        var fields: [String: Value] = [:]
        for (index, field) in table.fields.enumerated() {
          let value = columns.value(CInt(index), field.shape)
          if !value.isNull { fields[field.name] = value }
        }
        return fields
      }
      return found ?? [:]
    }
  }
}
