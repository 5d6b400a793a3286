internal import GRDB
package import Kernel
internal import SQL

/// Which groups' spaces this device syncs: it follows what the server says in the personal space.
struct GroupSpaces {
  let database: Database
  let tables: [Kind: KindTable]
  let searches: [SearchSource]
  var rules = SyncRules()

  /// What was pending when the person left the group.
  static let reason = "left"

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
      guard let space = membership.space, membership.id == Membership.id(of: space) else {
        continue
      }
      if membership.state == .member {
        try enter(space, as: membership.role)
      } else {
        changed.formUnion(try archive(space))
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
    // Back again: what comes now is merged with what the archive holds, which the server may have lost
    // meanwhile, and what waited goes on.
    state.beginAnew()
    state.epoch = nil
    state.mismatches = 0
    try state.save(in: database)
    try database.run(
      """
      UPDATE sync_outbox SET state = 'pending', err = NULL
      WHERE space = ? AND state = 'quarantined' AND err = ?
      """, [.id(space), .text(Self.reason)])
    guard rules.follow(.offerOnReturn) else { return }
    for table in ["sync_clock", "sync_version"] {
      try database.run(
        """
        INSERT INTO sync_repair (space, coll, id, field, t, op)
        SELECT space, coll, id, field, t, op FROM \(table)
        WHERE space = ? AND op NOT IN (SELECT op FROM sync_outbox)
        """, [.id(space)])
    }
  }

  /// What is left of a group for who is no longer in it: its name and their own rows. What waited to be
  /// sent there is put aside and shown; the rows of the others go. Nothing where that was done before.
  private func archive(_ space: EntryID) throws -> Set<Kind> {
    guard var state = try SyncSpace(space, in: database), state.state != .left, !state.isPersonal
    else { return [] }
    state.state = .left
    if rules.follow(.putAsideOnLeaving) {
      try database.run(
        "UPDATE sync_outbox SET state = 'quarantined', err = ? WHERE space = ? AND state = 'pending'",
        [.text(Self.reason), .id(space)])
    }
    try database.run("DELETE FROM sync_repair WHERE space = ?", [.id(space)])
    let me = try SyncMeta(database: database).id("account_id")
    var stale = StaleDocuments(sources: searches)
    var changed: Set<Kind> = [GroupInfo.kind, GroupMember.kind]
    for kind in try kinds(in: space) where kind != GroupInfo.kind {
      let others = Others(space: space, kind: kind, table: tables[kind], me: me)
      if try others.remove(from: database, &stale) { changed.insert(kind) }
    }
    try SearchIndex(database: database).refresh(stale, sources: searches)
    state.digest = try RegisterRows(
      database: database, space: space, isPersonal: false
    ).digest()
    try state.save(in: database)
    return changed
  }

  private func kinds(in space: EntryID) throws -> [Kind] {
    var kinds: [Kind] = []
    try database.each(
      """
      SELECT coll FROM sync_clock WHERE space = ?1 UNION
      SELECT coll FROM sync_version WHERE space = ?1
      """, [.id(space)]
    ) { kinds.append(Kind($0.text(0))) }
    return kinds
  }

  /// The account is gone from its server: its groups become archives, and nothing that the server kept
  /// goes along to another account. Returns the kinds whose rows have changed by that.
  func forget() throws -> Set<Kind> {
    var spaces: [EntryID] = []
    try database.each("SELECT space FROM sync_space WHERE kind = 'group'") {
      if let space = $0.id(0) { spaces.append(space) }
    }
    var changed = Kind.keptByServer
    for space in spaces { changed.formUnion(try archive(space)) }
    guard let personal = try SyncSpace.personal(in: database),
      var state = try SyncSpace(personal, in: database)
    else { return changed }
    for kind in Kind.keptByServer {
      for side in ["sync_clock", "sync_version", "sync_unknown", "sync_repair", "sync_outbox"] {
        try database.run(
          "DELETE FROM \(side) WHERE space = ? AND coll = ?", [.id(personal), .text(kind.name)])
      }
      guard let table = tables[kind] else { continue }
      let own = table.isShared ? " WHERE \(KindTable.space) IS NULL" : ""
      try database.run("DELETE FROM \"\(kind.name)\"\(own)")
    }
    state.digest = try RegisterRows(
      database: database, space: personal, isPersonal: true
    ).digest()
    try state.save(in: database)
    return changed
  }
}

/// The rows of a kind in a group's space that other members have written.
private struct Others {
  let space: EntryID
  let kind: Kind
  /// nil for a kind that has no rows there.
  let table: KindTable?
  let me: String

  init(space: EntryID, kind: Kind, table: KindTable?, me: EntryID?) {
    self.space = space
    self.kind = kind
    self.table = table?.place(of: OwnedRow.member) == nil || table?.isShared != true ? nil : table
    self.me = me?.description ?? ""
  }

  /// The ids of one's own, also of rows that this program keeps unseen. ?1 is the space, ?2 the member,
  /// ?3 the kind.
  private var mine: String {
    let unseen =
      "SELECT id FROM sync_unknown WHERE space = ?1 AND coll = ?3 "
      + "AND field = '\(OwnedRow.member)' AND val = ?2"
    guard table != nil else { return unseen }
    return
      "SELECT id FROM \"\(kind.name)\" WHERE \(KindTable.space) = ?1 "
      + "AND \(OwnedRow.member) = ?2 UNION " + unseen
  }

  /// True where there were any in the kind's table.
  func remove(from database: Database, _ stale: inout StaleDocuments) throws -> Bool {
    let data: [Datum] = [.id(space), .text(me), .text(kind.name)]
    for side in ["sync_clock", "sync_version"] {
      try database.run(
        "DELETE FROM \(side) WHERE space = ?1 AND coll = ?3 AND id NOT IN (\(mine))", data)
    }
    var isAny = false
    if let table {
      let others = "\(KindTable.space) = ?1 AND \(OwnedRow.member) IS NOT ?2"
      let target = table.target.map { "\"\(table.fields[$0].name)\"" } ?? "NULL"
      try database.each(
        "SELECT id, \(target) FROM \"\(kind.name)\" WHERE \(others)", Array(data.prefix(2))
      ) { columns in
        guard let id = columns.id(0) else { return }
        isAny = true
        stale.note(kind, id)
        stale.note(child: kind, of: columns.value(1, .text))
      }
      if isAny {
        try database.run(
          "DELETE FROM \"\(kind.name)\" WHERE \(others)", Array(data.prefix(2)))
      }
    }
    // Last: by them one's own are told from others.
    try database.run(
      "DELETE FROM sync_unknown WHERE space = ?1 AND coll = ?3 AND id NOT IN (\(mine))", data)
    return isAny
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
