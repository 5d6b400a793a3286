#if Server
  internal import GRDB
  internal import Kernel
  internal import SQL
  internal import Wire

  /// A session's row: one sign-in of one device, and the family of its refresh tokens.
  struct Session {
    let id: EntryID
    let account: EntryID
    let device: EntryID
    /// How often it was renewed.
    var gen: Int64 = 0
    /// SHA-256 of the token that renews it next.
    var current: [UInt8]
    /// SHA-256 of the token before, with the `idem` of its use and the time of it.
    var spent: [UInt8]?
    var spentIdem: [UInt8]?
    var spentAt = Moment(milliseconds: 0)
    /// Whether an access token that came with `current` was seen.
    var isSuccessorUsed = false
    let created: Moment
    var lastUsed: Moment
    var expires: Moment
    var revoked: Moment?

    func isLive(at now: Moment) -> Bool { revoked == nil && now < expires }

    static let columns = """
      id, account, device, gen, current_hash, spent_hash, spent_idem, spent_at, successor_used,
      created, last_used, expires, revoked_at
      """

    static func find(_ id: EntryID, in database: Database) throws -> Session? {
      try database.first("SELECT \(columns) FROM session WHERE id = ?", [.id(id)], read) ?? nil
    }

    static func find(current hash: [UInt8], in database: Database) throws -> Session? {
      try database.first(
        "SELECT \(columns) FROM session WHERE current_hash = ?", [.bytes(hash)], read) ?? nil
    }

    static func find(spent hash: [UInt8], in database: Database) throws -> Session? {
      try database.first(
        "SELECT \(columns) FROM session WHERE spent_hash = ?", [.bytes(hash)], read) ?? nil
    }

    /// By a token of two or more generations ago.
    static func find(longSpent hash: [UInt8], in database: Database) throws -> Session? {
      let id = try database.first(
        "SELECT session FROM spent_token WHERE hash = ?", [.bytes(hash)]
      ) { $0.id(0) }
      guard case .some(.some(let id)) = id else { return nil }
      return try find(id, in: database)
    }

    /// The sessions of an account that have not ended, newest first.
    static func live(
      of account: EntryID, at now: Moment, in database: Database
    ) throws -> [Session] {
      var sessions: [Session] = []
      try database.each(
        """
        SELECT \(columns) FROM session WHERE account = ? AND revoked_at IS NULL AND expires > ?
        ORDER BY last_used DESC, id DESC
        """, [.id(account), Datum(now)]
      ) { if let session = read($0) { sessions.append(session) } }
      return sessions
    }

    func insert(in database: Database) throws {
      try database.run(
        """
        INSERT INTO session (id, account, device, current_hash, created, last_used, expires)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .id(id), .id(account), .id(device), .bytes(current), Datum(created), Datum(lastUsed),
          Datum(expires),
        ])
    }

    /// Writes what a renewal changes.
    func save(in database: Database) throws {
      try database.run(
        """
        UPDATE session SET gen = ?, current_hash = ?, spent_hash = ?, spent_idem = ?, spent_at = ?,
          successor_used = ?, last_used = ?, expires = ? WHERE id = ?
        """,
        [
          .integer(gen), .bytes(current), spent.map(Datum.bytes) ?? .null,
          spentIdem.map(Datum.bytes) ?? .null, Datum(spentAt), .integer(isSuccessorUsed ? 1 : 0),
          Datum(lastUsed), Datum(expires), .id(id),
        ])
    }

    /// Ends it; false where it had ended.
    @discardableResult
    func end(at now: Moment, in database: Database) throws -> Bool {
      guard isLive(at: now) else { return false }
      try database.run(
        "UPDATE session SET revoked_at = ? WHERE id = ?", [Datum(now), .id(id)])
      try database.run("DELETE FROM spent_token WHERE session = ?", [.id(id)])
      return true
    }

    /// Ends the sessions of an account, but one; returns which.
    static func endAll(
      of account: EntryID, but kept: EntryID?, at now: Moment, in database: Database
    ) throws -> [EntryID] {
      let ending = try live(of: account, at: now, in: database).filter { $0.id != kept }
      for session in ending { try session.end(at: now, in: database) }
      return ending.map(\.id)
    }

    /// Forgets the sessions that ended more than `age` milliseconds ago.
    static func sweep(olderThan age: Int64, at now: Moment, in database: Database) throws {
      let old = Datum(now + -age)
      try database.run(
        """
        DELETE FROM spent_token WHERE session IN (
          SELECT id FROM session WHERE expires < ?1 OR revoked_at < ?1)
        """, [old])
      try database.run("DELETE FROM session WHERE expires < ?1 OR revoked_at < ?1", [old])
    }

    private static func read(_ columns: Columns) -> Session? {
      guard let id = columns.id(0), let account = columns.id(1), let device = columns.id(2) else {
        return nil
      }
      func moment(_ column: CInt) -> Moment { Moment(milliseconds: columns.integer(column)) }
      return Session(
        id: id, account: account, device: device, gen: columns.integer(3),
        current: columns.bytes(4), spent: columns.isNull(5) ? nil : columns.bytes(5),
        spentIdem: columns.isNull(6) ? nil : columns.bytes(6), spentAt: moment(7),
        isSuccessorUsed: columns.flag(8), created: moment(9), lastUsed: moment(10),
        expires: moment(11), revoked: columns.isNull(12) ? nil : moment(12))
    }
  }
#endif
