#if Server
  internal import GRDB
  internal import Kernel
  internal import Ledger
  internal import SQL

  /// Brings an opened database to the schema of this program, or refuses it untouched.
  struct ServerMigrating {
    let path: String
    let world: World

    /// "lifd" in the header's application id.
    static let application: Int64 = 0x6C69_6664
    /// How many copies from before a migration are kept.
    static let kept = 3

    /// Append-only; the ledger's steps have its own names.
    static var all: [(name: String, sql: String)] {
      [("accounts.1", accounts)] + Ledger.migrations + [("groups.1", groups)]
    }

    func run(_ database: Database) throws {
      let isNew = try database.integer("SELECT count(*) FROM sqlite_master") == 0
      let applied = isNew ? [] : try Self.applied(database, path)
      let unknown = applied.subtracting(Self.all.map(\.name))
      guard unknown.isEmpty else { throw ServerError.newerSchema(unknown: unknown.sorted()) }
      let pending = Self.all.filter { !applied.contains($0.name) }
      guard !pending.isEmpty else { return }
      if !isNew { try copyFile(database) }
      try database.inTransaction(.immediate) {
        if isNew {
          try database.run("PRAGMA application_id = \(Self.application)")
          try database.execute(
            sql: "CREATE TABLE migration (name TEXT PRIMARY KEY NOT NULL, at INTEGER) STRICT")
        }
        for step in pending {
          try database.execute(sql: step.sql)
          try database.run(
            "INSERT INTO migration (name, at) VALUES (?, ?)",
            [.text(step.name), Datum(world.now())])
        }
        if isNew {
          try database.run(
            "INSERT INTO server_meta (k, v) VALUES ('server_id', ?), ('hlc_floor', 0)",
            [.id(world.newID())])
        }
        return .commit
      }
    }

    /// True where nothing would have to be done.
    static func isCurrent(_ database: Database, _ path: String) throws -> Bool {
      try applied(database, path) == Set(all.map(\.name))
    }

    private static func applied(_ database: Database, _ path: String) throws -> Set<String> {
      let hasHistory =
        try database.integer(
          "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'") == 1
      let application = try database.integer("PRAGMA application_id")
      guard hasHistory, application == Self.application else {
        throw ServerError.foreign(path: path)
      }
      var names: Set<String> = []
      try database.each("SELECT name FROM migration") { names.insert($0.text(0)) }
      return names
    }

    private func copyFile(_ database: Database) throws {
      let folder = DataFiles.folder(of: path) + "/before-migration"
      try DataFiles.makePrivateFolder(folder)
      let name = DataFiles.name(of: path)
      let copy = AsideName.free(folder + "/" + name, at: world.now())
      guard try DataFiles.makeFile(copy) else {
        throw ServerError.noAccess(path: copy, reason: "exists")
      }
      do {
        try database.run("VACUUM INTO ?", [.text(copy)])
        try ServerCopy(path: copy).check()
      } catch {
        try DataFiles.remove(copy)
        throw error
      }
      DataFiles.flush(copy)
      DataFiles.flush(folder)
      let copies = DataFiles.names(in: folder).filter { $0.hasPrefix(name + ".") }
      for old in copies.dropLast(Self.kept) { try DataFiles.remove(folder + "/" + old) }
    }

    /// `group_seat` keeps who has gone as well. An invitation without an account is one to nobody.
    private static let groups = """
      CREATE TABLE group_settings (
        space BLOB PRIMARY KEY NOT NULL, name TEXT NOT NULL, about TEXT NOT NULL,
        frequency TEXT NOT NULL, zone TEXT NOT NULL, most_members INTEGER NOT NULL,
        rule TEXT NOT NULL, code TEXT NOT NULL UNIQUE, code_expires INTEGER NOT NULL,
        created INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE group_seat (
        space BLOB NOT NULL, account BLOB NOT NULL, user TEXT NOT NULL, role TEXT NOT NULL,
        state TEXT NOT NULL, joined INTEGER NOT NULL, ended INTEGER,
        PRIMARY KEY (space, account)) STRICT, WITHOUT ROWID;
      CREATE INDEX group_seat_account ON group_seat (account);
      CREATE TABLE group_invitation (
        id BLOB PRIMARY KEY NOT NULL, space BLOB NOT NULL, account BLOB, from_user TEXT NOT NULL,
        at INTEGER NOT NULL, expires INTEGER NOT NULL, state TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX group_invitation_space ON group_invitation (space);
      CREATE INDEX group_invitation_account ON group_invitation (account);
      """

    /// Times are UTC milliseconds. `auth_failure` and `spent_token` know names and tokens only as
    /// SHA-256.
    private static let accounts = """
      CREATE TABLE server_meta (k TEXT PRIMARY KEY NOT NULL, v ANY) STRICT, WITHOUT ROWID;
      CREATE TABLE account (
        id BLOB PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, email TEXT,
        email_key TEXT UNIQUE, password TEXT NOT NULL, created INTEGER NOT NULL,
        disabled_at INTEGER) STRICT, WITHOUT ROWID;
      CREATE TABLE session (
        id BLOB PRIMARY KEY NOT NULL, account BLOB NOT NULL, device BLOB NOT NULL,
        gen INTEGER NOT NULL DEFAULT 0, current_hash BLOB NOT NULL UNIQUE, spent_hash BLOB UNIQUE,
        spent_idem BLOB, spent_at INTEGER, successor_used INTEGER NOT NULL DEFAULT 0,
        created INTEGER NOT NULL, last_used INTEGER NOT NULL, expires INTEGER NOT NULL,
        revoked_at INTEGER) STRICT, WITHOUT ROWID;
      CREATE INDEX session_account ON session (account);
      CREATE TABLE spent_token (
        hash BLOB PRIMARY KEY NOT NULL, session BLOB NOT NULL, at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX spent_token_session ON spent_token (session, at);
      CREATE TABLE auth_failure (
        key BLOB PRIMARY KEY NOT NULL, account BLOB, count INTEGER NOT NULL, last INTEGER NOT NULL,
        until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX auth_failure_last ON auth_failure (last);
      CREATE TABLE audit (
        n INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, account BLOB, session BLOB,
        device BLOB, address TEXT, detail TEXT) STRICT;
      CREATE INDEX audit_account ON audit (account);
      CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
        SELECT raise(ABORT, 'the audit is append-only');
      END;
      CREATE TRIGGER audit_keeps BEFORE DELETE ON audit
      WHEN OLD.account IS NULL OR EXISTS (SELECT 1 FROM account WHERE id = OLD.account) BEGIN
        SELECT raise(ABORT, 'the audit is append-only');
      END;
      """
  }
#endif
