internal import Kernel

extension Migration {
  /// The store's own tables: clocks, versions, outbox and undo as every device keeps them.
  static let storage: [Migration] = [
    Migration(
      "storage.1",
      sql: """
        CREATE TABLE sync_meta (k TEXT PRIMARY KEY NOT NULL, v ANY) STRICT, WITHOUT ROWID;
        CREATE TABLE sync_space (space BLOB PRIMARY KEY NOT NULL, kind TEXT NOT NULL,
          role TEXT NOT NULL, epoch BLOB,
          cursor INTEGER NOT NULL DEFAULT 0, cursor_chain INTEGER NOT NULL DEFAULT 0,
          seen INTEGER NOT NULL DEFAULT 0, seen_chain INTEGER NOT NULL DEFAULT 0,
          rseq INTEGER NOT NULL DEFAULT 0,
          acked_t INTEGER NOT NULL DEFAULT 0,
          digest INTEGER NOT NULL DEFAULT 0,
          boot_after BLOB, boot_head INTEGER, boot_chain INTEGER,
          state TEXT NOT NULL DEFAULT 'live',
          last_ok INTEGER) STRICT;
        CREATE TABLE sync_clock (
          space BLOB NOT NULL, coll TEXT NOT NULL, id BLOB NOT NULL, field TEXT NOT NULL,
          t INTEGER NOT NULL, op BLOB NOT NULL, seq INTEGER,
          PRIMARY KEY (space, coll, id, field)) STRICT, WITHOUT ROWID;
        CREATE TABLE sync_unknown (
          space BLOB NOT NULL, coll TEXT NOT NULL, id BLOB NOT NULL, field TEXT NOT NULL, val ANY,
          PRIMARY KEY (space, coll, id, field)) STRICT, WITHOUT ROWID;
        CREATE TABLE sync_version (
          space BLOB NOT NULL, coll TEXT NOT NULL, id BLOB NOT NULL, field TEXT NOT NULL,
          t INTEGER NOT NULL, op BLOB NOT NULL, val ANY, device BLOB, lost_at INTEGER, why TEXT,
          seen_by_user INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (space, coll, id, field, t, op)) STRICT, WITHOUT ROWID;
        CREATE TABLE sync_outbox (n INTEGER PRIMARY KEY, op BLOB NOT NULL UNIQUE,
          space BLOB NOT NULL, t INTEGER NOT NULL, coll TEXT NOT NULL, id BLOB NOT NULL,
          f TEXT NOT NULL, b TEXT, x BLOB, born INTEGER NOT NULL,
          state TEXT NOT NULL DEFAULT 'pending', err TEXT) STRICT;
        CREATE INDEX sync_outbox_go ON sync_outbox (space, n) WHERE state = 'pending';
        CREATE TABLE sync_repair (n INTEGER PRIMARY KEY, space BLOB, coll TEXT, id BLOB,
          field TEXT, t INTEGER, op BLOB) STRICT;
        CREATE TABLE sync_log (at INTEGER, level INTEGER, msg TEXT) STRICT;

        CREATE TABLE undo_group (n INTEGER PRIMARY KEY, x BLOB NOT NULL UNIQUE,
          at INTEGER NOT NULL, label TEXT NOT NULL, undoes BLOB, batch BLOB,
          turn INTEGER NOT NULL,             -- 0 a write, 1 an undo, 2 a redo
          taken INTEGER NOT NULL DEFAULT 0   -- 1 once it has been undone itself
          ) STRICT;
        CREATE INDEX undo_group_turn ON undo_group (turn, taken);
        CREATE INDEX undo_group_batch ON undo_group (batch) WHERE batch IS NOT NULL;
        CREATE TABLE undo_field (x BLOB NOT NULL, space BLOB NOT NULL, coll TEXT NOT NULL,
          id BLOB NOT NULL, field TEXT NOT NULL, op BLOB NOT NULL, prev ANY,
          was BLOB,                          -- the operation that had written prev
          PRIMARY KEY (x, space, coll, id, field)) STRICT, WITHOUT ROWID;
        CREATE INDEX undo_field_op ON undo_field (op);
        """),
    Migration(
      "storage.2",
      sql: """
        CREATE TABLE draft (target BLOB PRIMARY KEY NOT NULL, kind TEXT NOT NULL,
          saved_at INTEGER NOT NULL) STRICT;
        CREATE TABLE draft_field (target BLOB NOT NULL, name TEXT NOT NULL, text BLOB NOT NULL,
          PRIMARY KEY (target, name)) STRICT, WITHOUT ROWID;
        CREATE TABLE note (name TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL) STRICT;
        """),
    Migration("storage.3", sql: SearchIndex.tables),
    Migration(
      "storage.4",
      sql: """
        ALTER TABLE sync_space ADD COLUMN mismatches INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX sync_version_open ON sync_version (lost_at)
          WHERE why = 'merge' AND seen_by_user = 0;
        CREATE INDEX sync_version_merge ON sync_version (op) WHERE why = 'merge';
        CREATE INDEX sync_outbox_refused ON sync_outbox (state, n) WHERE state <> 'pending';
        """),
    .table("storage.5", for: ConflictSeen.self),
    Migration("storage.6", sql: "CREATE INDEX sync_repair_op ON sync_repair (op);"),
    .table("storage.7", for: GroupInfo.self),
    .table("storage.8", for: GroupMember.self),
    .table("storage.9", for: Membership.self),
    .table("storage.10", for: Invitation.self),
  ]

  /// The rest of a kind's table: the way for changes from elsewhere is barred, and queries have a
  /// view without deleted rows.
  static func guards(of kind: Kind) -> String {
    let name = kind.name
    let triggers = ["INSERT", "UPDATE", "DELETE"].map {
      """
      CREATE TRIGGER IF NOT EXISTS "\(name)_guard_\($0.lowercased())" BEFORE \($0) ON "\(name)"
        BEGIN SELECT \(WriteToken.function)(); END;
      """
    }
    return triggers.joined(separator: "\n") + """

      CREATE VIEW IF NOT EXISTS "\(name)_live" AS SELECT * FROM "\(name)" WHERE NOT _dead;
      CREATE INDEX IF NOT EXISTS "\(name)_dead" ON "\(name)" (_dead) WHERE _dead;
      """
  }
}

extension Schema {
  /// The areas' kinds and the store's own.
  var allEntries: [any Entry.Type] {
    entries + [
      ConflictSeen.self, GroupInfo.self, GroupMember.self, Membership.self, Invitation.self,
    ]
  }

  var tables: [Kind: KindTable] {
    Dictionary(
      allEntries.map { ($0.kind, KindTable($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The steps that a database of this schema has behind it, in order.
  var history: [Migration] { Migration.storage + migrations }

  /// A number for all that the tables depend on, kept in `user_version`: where it is equal, there is
  /// nothing to look at. FNV-1a over the migrations' names and the kinds' fields.
  var mark: Int32 {
    var hash: UInt32 = 2_166_136_261
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
      hash = (hash ^ 0xFF) &* 16_777_619
    }
    for migration in history { add(migration.name) }
    for entry in allEntries {
      add(entry.isShared ? entry.kind.name + " shared" : entry.kind.name)
      for field in entry.fields { add(field.name) }
    }
    return Int32(bitPattern: hash & 0x7FFF_FFFF | 1)
  }
}
