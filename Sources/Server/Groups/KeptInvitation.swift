#if Server
  internal import GRDB
  internal import Kernel
  internal import SQL

  /// An invitation as the server's tables have it.
  struct KeptInvitation {
    let id: EntryID
    let space: EntryID
    /// Who is asked; nil where there is nobody of the name, which who asks does not learn.
    let account: EntryID?
    /// Who asks: a user's name.
    var from: String
    var at: Moment
    var expires: Moment
    var state: Invitation.State

    /// How long one stands, in milliseconds.
    static let life: Int64 = 14 * 86_400_000
    /// So many may stand open in a group at a time.
    static let most: Int64 = 100

    private static let columns = "id, space, account, from_user, at, expires, state"

    static func find(_ id: EntryID, in database: Database) throws -> KeptInvitation? {
      try database.first(
        "SELECT \(columns) FROM group_invitation WHERE id = ?", [.id(id)], read) ?? nil
    }

    /// The ones that stand open in a group, for an account or for all, also where their time is over.
    static func open(
      in space: EntryID, for account: EntryID? = nil, _ database: Database
    ) throws -> [KeptInvitation] {
      try list("space = ? AND state = 'open'", space, database).filter {
        account == nil || $0.account == account
      }
    }

    /// All that an account has got.
    static func all(for account: EntryID, _ database: Database) throws -> [KeptInvitation] {
      try list("account = ?", account, database)
    }

    private static func list(
      _ condition: String, _ id: EntryID, _ database: Database
    ) throws -> [KeptInvitation] {
      var all: [KeptInvitation] = []
      try database.each(
        "SELECT \(columns) FROM group_invitation WHERE \(condition) ORDER BY at, id", [.id(id)]
      ) { if let invitation = read($0) { all.append(invitation) } }
      return all
    }

    /// Those to nobody are kept no longer than they would have stood open.
    static func sweep(at now: Moment, in space: EntryID, _ database: Database) throws {
      try database.run(
        "DELETE FROM group_invitation WHERE space = ? AND account IS NULL AND expires <= ?",
        [.id(space), Datum(now)])
    }

    func save(in database: Database) throws {
      try database.run(
        """
        INSERT INTO group_invitation (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET from_user = excluded.from_user, at = excluded.at,
          expires = excluded.expires, state = excluded.state
        """,
        [
          .id(id), .id(space), account.map(Datum.id) ?? .null, .text(from), Datum(at),
          Datum(expires), .text(state.rawValue),
        ])
    }

    func shown(named name: String) -> Invitation {
      Invitation(
        id: id, space: space, name: name, from: from, at: at, expires: expires, state: state)
    }

    private static func read(_ columns: Columns) -> KeptInvitation? {
      guard let id = columns.id(0), let space = columns.id(1),
        let state = Invitation.State(rawValue: columns.text(6))
      else { return nil }
      return KeptInvitation(
        id: id, space: space, account: columns.id(2), from: columns.text(3),
        at: Moment(milliseconds: columns.integer(4)),
        expires: Moment(milliseconds: columns.integer(5)), state: state)
    }
  }
#endif
