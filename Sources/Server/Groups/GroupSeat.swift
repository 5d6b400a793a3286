#if Server
  internal import GRDB
  internal import Kernel
  internal import SQL

  /// How an account stands with a group, now or at its end there. Who is a member has the same role in
  /// the ledger, which admits by it.
  struct GroupSeat: Hashable {
    let space: EntryID
    let account: EntryID
    /// The user's name.
    var user: String
    var role: Role
    var state: GroupMember.State
    var joined: Moment
    var ended: Moment?

    /// What a member may do, the most first.
    enum Role: String, CaseIterable { case admin, moderator, member }

    private static let columns = "space, account, user, role, state, joined, ended"

    static func find(
      _ account: EntryID, in space: EntryID, _ database: Database
    ) throws -> GroupSeat? {
      try database.first(
        "SELECT \(columns) FROM group_seat WHERE space = ? AND account = ?",
        [.id(space), .id(account)], read) ?? nil
    }

    /// Everyone's, also those of who has gone, the longest-standing first.
    static func all(in space: EntryID, _ database: Database) throws -> [GroupSeat] {
      try list("space", space, database)
    }

    /// All that an account has or had.
    static func all(of account: EntryID, _ database: Database) throws -> [GroupSeat] {
      try list("account", account, database)
    }

    private static func list(
      _ column: String, _ id: EntryID, _ database: Database
    ) throws -> [GroupSeat] {
      var seats: [GroupSeat] = []
      try database.each(
        "SELECT \(columns) FROM group_seat WHERE \(column) = ? ORDER BY joined, account, space",
        [.id(id)]
      ) { if let seat = read($0) { seats.append(seat) } }
      return seats
    }

    func save(in database: Database) throws {
      try database.run(
        """
        INSERT INTO group_seat (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET user = excluded.user, role = excluded.role,
          state = excluded.state, joined = excluded.joined, ended = excluded.ended
        """,
        [
          .id(space), .id(account), .text(user), .text(role.rawValue), .text(state.rawValue),
          Datum(joined), ended.map { Datum($0) } ?? .null,
        ])
    }

    var member: GroupMember {
      GroupMember(
        account: account, in: space, user: user, role: role.rawValue, state: state,
        joined: joined, ended: ended)
    }

    /// As it stands in the person's own space.
    func membership(named name: String) -> Membership {
      Membership(
        space: space, name: name, role: role.rawValue, state: state,
        since: state == .member ? joined : ended)
    }

    private static func read(_ columns: Columns) -> GroupSeat? {
      guard let space = columns.id(0), let account = columns.id(1),
        let role = Role(rawValue: columns.text(3)),
        let state = GroupMember.State(rawValue: columns.text(4))
      else { return nil }
      return GroupSeat(
        space: space, account: account, user: columns.text(2), role: role, state: state,
        joined: Moment(milliseconds: columns.integer(5)),
        ended: columns.isNull(6) ? nil : Moment(milliseconds: columns.integer(6)))
    }
  }
#endif
