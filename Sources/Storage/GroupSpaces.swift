internal import GRDB
package import Kernel
internal import SQL

/// Which groups' spaces this device syncs: it follows what the server says in the personal space.
struct GroupSpaces {
  let database: Database
  let store: Store

  /// Takes over what the rows of `membership` say: new spaces are read from their beginning, those that
  /// the person is no longer in become archives. Returns the kinds whose rows have changed by that.
  func follow() throws -> Set<Kind> {
    var memberships: [Membership] = []
    let fields = Membership.fields.map { "\"\($0.name)\"" }.joined(separator: ", ")
    try database.each("SELECT id, \(fields), _dead FROM membership") { columns in
      guard let id = columns.id(0) else { return }
      let values = Membership.fields.enumerated().map {
        columns.value(CInt($0.offset + 1), $0.element.shape)
      }
      var membership = Membership(id: id, values: values)
      if columns.flag(CInt(Membership.fields.count + 1)) { membership.state = .left }
      memberships.append(membership)
    }
    var changed: Set<Kind> = []
    for membership in memberships {
      guard let space = membership.space else { continue }
      if membership.state == .member {
        try enter(space, as: membership.role)
      } else if let kinds = try archive(space) {
        changed.formUnion(kinds)
      }
    }
    return changed
  }

  private func enter(_ space: EntryID, as role: String) throws {
    try database.run(
      """
      INSERT INTO sync_space (space, kind, role) VALUES (?, 'group', ?)
      ON CONFLICT DO UPDATE SET role = excluded.role WHERE kind = 'group'
      """, [.id(space), .text(role)])
    guard var state = try SyncSpace(space, in: database), state.state == .left, !state.isPersonal
    else { return }
    // Back again: what the archive holds stands beside what comes now.
    state.beginAnew()
    state.epoch = nil
    state.mismatches = 0
    try state.save(in: database)
  }

  /// What is left of a group for who is no longer in it: their own rows. What waited to be sent there is
  /// put aside and shown; the rows of the others go. nil where that was done before.
  private func archive(_ space: EntryID) throws -> Set<Kind>? {
    guard var state = try SyncSpace(space, in: database), state.state != .left, !state.isPersonal
    else { return nil }
    state.state = .left
    try database.run(
      """
      UPDATE sync_outbox SET state = 'quarantined', err = 'left'
      WHERE space = ? AND state = 'pending'
      """, [.id(space)])
    try database.run("DELETE FROM sync_repair WHERE space = ?", [.id(space)])
    try database.run("DELETE FROM sync_unknown WHERE space = ?", [.id(space)])
    var changed: Set<Kind> = []
    for table in store.tables.values where table.isShared {
      if try removeOthers(from: table, in: space) { changed.insert(table.kind) }
    }
    state.digest = try RegisterRows(
      database: database, space: space, isPersonal: false
    ).digest()
    try state.save(in: database)
    return changed.union([GroupInfo.kind, GroupMember.kind])
  }

  /// True where there were rows of others. Rows of nobody (the group's name) stay.
  private func removeOthers(from table: KindTable, in space: EntryID) throws -> Bool {
    let name = table.kind.name
    guard table.place(of: OwnedRow.member) != nil else { return false }
    let me = try SyncMeta(database: database).id("account_id")
    let mine = Datum.text(me?.description ?? "")
    let others =
      "SELECT id FROM \"\(name)\" WHERE \(KindTable.space) = ?1 AND \(OwnedRow.member) IS NOT ?2"
    for side in ["sync_clock", "sync_version"] {
      try database.run(
        """
        DELETE FROM \(side) WHERE space = ?1 AND coll = ?3
        AND (id IN (\(others)) OR id NOT IN (SELECT id FROM "\(name)"))
        """, [.id(space), mine, .text(name)])
    }
    try database.run(
      """
      DELETE FROM "\(name)" WHERE \(KindTable.space) = ? AND \(OwnedRow.member) IS NOT ?
      """, [.id(space), mine])
    return database.changesCount > 0
  }

  /// The account is gone from its server: its groups become archives, and nothing that the server kept
  /// goes along to another account.
  func forget() throws {
    var spaces: [EntryID] = []
    try database.each("SELECT space FROM sync_space WHERE kind = 'group'") {
      if let space = $0.id(0) { spaces.append(space) }
    }
    for space in spaces { _ = try archive(space) }
    guard let personal = try SyncSpace.personal(in: database),
      var state = try SyncSpace(personal, in: database)
    else { return }
    for kind in Kind.keptByServer {
      for side in ["sync_clock", "sync_version", "sync_unknown", "sync_repair", "sync_outbox"] {
        try database.run(
          "DELETE FROM \(side) WHERE space = ? AND coll = ?", [.id(personal), .text(kind.name)])
      }
      guard let table = store.tables[kind], !table.isShared else { continue }
      try database.run("DELETE FROM \"\(kind.name)\"")
    }
    state.digest = try RegisterRows(
      database: database, space: personal, isPersonal: true
    ).digest()
    try state.save(in: database)
  }
}

extension Store {
  /// The groups that this device syncs, and those that it holds an archive of.
  package func groupSpaces() throws -> [(space: EntryID, isLeft: Bool)] {
    try read { database in
      var spaces: [(space: EntryID, isLeft: Bool)] = []
      try database.each(
        "SELECT space, state = 'left' FROM sync_space WHERE kind = 'group' ORDER BY space"
      ) { if let space = $0.id(0) { spaces.append((space, $0.flag(1))) } }
      return spaces
    }
  }
}
