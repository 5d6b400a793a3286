extension Ledger {
  /// The steps that make its tables, in order; append-only.
  package static var migrations: [(name: String, sql: String)] {
    [
      ("ledger.1", tables),
      ("ledger.2", "ALTER TABLE space ADD COLUMN restored_at INTEGER"),
    ]
  }

  // `chain`, `digest` and stamps are unsigned numbers of 64 bits in signed columns: they are compared
  // in Swift alone. `val` has the value's own type (a flag is a BLOB of one byte). `b` is NULL where
  // there are no bases, `x` where the operation is a group of its own.
  private static let tables = """
    CREATE TABLE space (
      id BLOB NOT NULL PRIMARY KEY, kind TEXT NOT NULL, epoch BLOB NOT NULL,
      head INTEGER NOT NULL DEFAULT 0, chain INTEGER NOT NULL DEFAULT 0,
      max_t INTEGER NOT NULL DEFAULT 0, digest INTEGER NOT NULL DEFAULT 0,
      registers INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE member (
      space BLOB NOT NULL, account BLOB NOT NULL, role TEXT NOT NULL,
      joined_seq INTEGER NOT NULL DEFAULT 0, left_at INTEGER,
      PRIMARY KEY (space, account)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX member_account ON member (account);
    CREATE TABLE device (
      id BLOB NOT NULL PRIMARY KEY, account BLOB NOT NULL, name TEXT NOT NULL, app TEXT NOT NULL,
      created INTEGER NOT NULL, last_seen INTEGER NOT NULL, revoked_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX device_account ON device (account);
    CREATE TABLE device_space (
      device BLOB NOT NULL, space BLOB NOT NULL, rseq INTEGER NOT NULL DEFAULT 0,
      acked INTEGER NOT NULL DEFAULT 0, acked_at INTEGER,
      PRIMARY KEY (device, space)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE op_log (
      space BLOB NOT NULL, seq INTEGER NOT NULL, op BLOB NOT NULL, account BLOB NOT NULL,
      device BLOB NOT NULL, t INTEGER NOT NULL, coll TEXT NOT NULL, id BLOB NOT NULL,
      f TEXT NOT NULL, b TEXT, x BLOB, recv_at INTEGER NOT NULL, chain INTEGER NOT NULL,
      origin BLOB,
      PRIMARY KEY (space, seq), UNIQUE (space, op)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX op_log_origin ON op_log (space, origin) WHERE origin IS NOT NULL;
    CREATE TABLE reg (
      space BLOB NOT NULL, coll TEXT NOT NULL, id BLOB NOT NULL, field TEXT NOT NULL,
      t INTEGER NOT NULL, op BLOB NOT NULL, seq INTEGER NOT NULL, val ANY,
      PRIMARY KEY (space, coll, id, field)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE version (
      space BLOB NOT NULL, coll TEXT NOT NULL, id BLOB NOT NULL, field TEXT NOT NULL,
      t INTEGER NOT NULL, op BLOB NOT NULL, seq INTEGER NOT NULL, val ANY,
      lost_at INTEGER NOT NULL,
      PRIMARY KEY (space, coll, id, field, t, op)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE op_seen (
      space BLOB NOT NULL, op BLOB NOT NULL, t INTEGER NOT NULL, seq INTEGER NOT NULL,
      h INTEGER NOT NULL,
      PRIMARY KEY (space, op)
    ) STRICT, WITHOUT ROWID;
    """
}
