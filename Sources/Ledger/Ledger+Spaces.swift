package import GRDB
package import Kernel
internal import SQL

/// A space that an account takes part in.
package struct SpaceRole: Hashable, Sendable {
  package let space: EntryID
  /// `personal`, `group`
  package let kind: String
  /// `owner`, `admin`, `moderator`, `member`, `reader`
  package let role: String

  package init(space: EntryID, kind: String, role: String) {
    self.space = space
    self.kind = kind
    self.role = role
  }
}

extension Ledger {
  /// Makes a space, with `account` as its first member.
  package func makeSpace(
    _ space: EntryID, kind: String, owner account: EntryID, as role: String = "owner",
    epoch: EntryID, in database: Database
  ) throws {
    try database.run(
      "INSERT INTO space (id, kind, epoch) VALUES (?, ?, ?)",
      [.id(space), .text(kind), .id(epoch)])
    try join(space, account, as: role, in: database)
  }

  /// Gives an account a role in a space, or another one.
  package func join(
    _ space: EntryID, _ account: EntryID, as role: String, in database: Database
  ) throws {
    try database.run(
      """
      INSERT INTO member (space, account, role, joined_seq)
      SELECT id, ?2, ?3, head FROM space WHERE id = ?1
      ON CONFLICT DO UPDATE SET role = excluded.role, left_at = NULL
      """, [.id(space), .id(account), .text(role)])
  }

  /// Takes an account out of a space: it reads and writes there no more.
  package func leave(
    _ space: EntryID, _ account: EntryID, now: Moment, in database: Database
  ) throws {
    try database.run(
      "UPDATE member SET left_at = ? WHERE space = ? AND account = ? AND left_at IS NULL",
      [Datum(now), .id(space), .id(account)])
  }

  /// The spaces that an account takes part in, the personal one first.
  package func spaces(of account: EntryID, in database: Database) throws -> [SpaceRole] {
    var spaces: [SpaceRole] = []
    try database.each(
      """
      SELECT space.id, space.kind, member.role FROM member JOIN space ON space.id = member.space
      WHERE member.account = ? AND member.left_at IS NULL
      ORDER BY space.kind <> 'personal', space.id
      """, [.id(account)]
    ) { columns in
      guard let space = columns.id(0) else { return }
      spaces.append(SpaceRole(space: space, kind: columns.text(1), role: columns.text(2)))
    }
    return spaces
  }

  /// An account's own space; nil where there is no such account.
  package func personalSpace(of account: EntryID, in database: Database) throws -> EntryID? {
    try database.first(
      """
      SELECT space.id FROM member JOIN space ON space.id = member.space
      WHERE member.account = ? AND member.left_at IS NULL AND space.kind = ?
      """, [.id(account), .text(SpaceState.personal)]
    ) { $0.id(0) } ?? nil
  }

  /// Deletes a space with all that hangs on it.
  package func deleteSpace(_ space: EntryID, in database: Database) throws {
    for table in ["op_log", "reg", "version", "op_seen", "device_space", "member"] {
      try database.run("DELETE FROM \(table) WHERE space = ?", [.id(space)])
    }
    try database.run("DELETE FROM space WHERE id = ?", [.id(space)])
  }

  /// Takes an account out of the ledger: its devices, its memberships, and every space that nobody
  /// else takes part in. Returns the spaces that are gone.
  @discardableResult
  package func deleteAccount(_ account: EntryID, in database: Database) throws -> [EntryID] {
    let mine = try memberships(of: account, in: database)
    var gone: [EntryID] = []
    for space in mine where try !hasOthers(than: account, in: space, database) {
      try deleteSpace(space, in: database)
      gone.append(space)
    }
    try database.run("DELETE FROM member WHERE account = ?", [.id(account)])
    try database.run(
      "DELETE FROM device_space WHERE device IN (SELECT id FROM device WHERE account = ?)",
      [.id(account)])
    try database.run("DELETE FROM device WHERE account = ?", [.id(account)])
    return gone
  }

  /// Also those that the account has left.
  private func memberships(of account: EntryID, in database: Database) throws -> [EntryID] {
    var spaces: [EntryID] = []
    try database.each("SELECT space FROM member WHERE account = ?", [.id(account)]) { columns in
      if let space = columns.id(0) { spaces.append(space) }
    }
    return spaces
  }

  private func hasOthers(
    than account: EntryID, in space: EntryID, _ database: Database
  ) throws -> Bool {
    try database.integer(
      """
      SELECT EXISTS (
        SELECT 1 FROM member WHERE space = ? AND account <> ? AND left_at IS NULL)
      """, [.id(space), .id(account)]) != 0
  }

  /// Gives every space another epoch: after a restore every device must give back what it holds.
  package func rotateEpochs(
    at now: Moment, in database: Database, newEpoch: () -> EntryID
  ) throws {
    for space in try states(in: database) {
      try database.run(
        "UPDATE space SET epoch = ?, restored_at = ? WHERE id = ?",
        [.id(newEpoch()), Datum(now), .id(space.id)])
    }
  }
}
