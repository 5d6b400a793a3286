internal import GRDB
package import Kernel
internal import SQL

/// Whose life the file holds, and how it stands with the server.
extension Store {
  /// nil where nobody has signed in with this file.
  package func account() throws -> SyncAccount? {
    try read { try SyncMeta(database: $0).account() }
  }

  /// Joins the file to an account: its personal space takes the server's id and everything in it is
  /// offered to the server. Merges, never replaces. Throws `StoreError.otherAccount` where the file
  /// belongs to another account or server already. Doing it twice changes nothing.
  package func join(_ account: SyncAccount, personalSpace: EntryID) throws {
    try transaction { database in
      let meta = SyncMeta(database: database)
      let known = try meta.account()
      if let known, known.id != account.id || known.serverID != account.serverID {
        throw StoreError.otherAccount
      }
      let current =
        try database.first(
          "SELECT space FROM sync_space WHERE kind = 'personal'"
        ) { $0.id(0) } ?? nil
      guard let current else { throw StoreError.damaged(path: path ?? ":memory:") }
      if current != personalSpace {
        guard known == nil else { throw StoreError.otherAccount }
        try Self.rename(current, to: personalSpace, in: database)
      }
      guard known != account else { return }
      try meta.set("account_id", .id(account.id))
      try meta.set("account_user", .text(account.user))
      try meta.set("server_id", .id(account.serverID))
      try meta.set("server_url", .text(account.url))
    }
  }

  /// The account is gone from its server: the file belongs to nobody, as before the first sign-in, and
  /// the next one joins all of it to another account. What waits goes on waiting.
  package func leave() throws {
    let changed = try transaction { database in
      token.open()
      defer { token.close() }
      let groups = GroupSpaces(database: database, tables: tables, searches: schema.searches)
      let changed = try groups.forget()
      for key in ["account_id", "account_user", "server_id", "server_url"] {
        try database.run("DELETE FROM sync_meta WHERE k = ?", [.text(key)])
      }
      return changed
    }
    notices.send(changed)
  }

  /// Every register keeps its author: only the digest depends on the space's id.
  private static func rename(
    _ space: EntryID, to new: EntryID, in database: Database
  ) throws {
    for table in [
      "sync_space", "sync_clock", "sync_unknown", "sync_version", "sync_outbox", "sync_repair",
      "undo_field",
    ] {
      try database.run("UPDATE \(table) SET space = ? WHERE space = ?", [.id(new), .id(space)])
    }
    guard var state = try SyncSpace(new, in: database) else {
      preconditionFailure("the space was renamed in this transaction")
    }
    state.beginAnew()
    state.epoch = nil
    state.mismatches = 0
    state.digest = try RegisterRows(
      database: database, space: new, isPersonal: true
    ).digest()
    try state.save(in: database)
  }

  /// This device's id; another one where the file was copied to another machine or place.
  package func deviceID() throws -> EntryID {
    let id = try peek { try SyncMeta(database: $0).id("device_id") }
    guard let id else { throw StoreError.damaged(path: path ?? ":memory:") }
    return id
  }

  /// Counts and times for the status line; `state` is `alone` or `starting`.
  package func syncStatus() throws -> SyncStatus {
    try read { database in
      let meta = SyncMeta(database: database)
      let account = try meta.account()
      var status = SyncStatus(state: account == nil ? .alone : .starting)
      status.server = account?.url
      status.user = account?.user
      status.waiting = Int(
        try database.integer("SELECT count(*) FROM sync_outbox WHERE state = 'pending'"))
      status.quarantined = Int(
        try database.integer(
          "SELECT count(*) FROM sync_outbox WHERE state = 'quarantined' AND state <> 'pending'"))
      status.conflicts = Int(
        try database.integer(
          "SELECT count(*) FROM sync_version WHERE why = 'merge' AND seen_by_user = 0"))
      status.lastSuccess =
        try database.first("SELECT max(last_ok) FROM sync_space") {
          $0.isNull(0) ? nil : Moment(milliseconds: $0.integer(0))
        } ?? nil
      status.clockOffset = try meta.integer("srv_offset_ms")
      return status
    }
  }
}

extension SyncMeta {
  /// nil where nobody has signed in.
  func account() throws -> SyncAccount? {
    guard let id = try id("account_id"), let server = try self.id("server_id") else { return nil }
    return SyncAccount(
      id: id, user: try text("account_user") ?? "", serverID: server,
      url: try text("server_url") ?? "")
  }
}

extension RegisterRows {
  /// The digest of the space's registers, from scratch.
  func digest() throws -> UInt64 {
    var digest: UInt64 = 0
    try database.each(
      "SELECT coll, id, field, t, op FROM sync_clock WHERE space = ?", [.id(space)]
    ) { columns in
      guard let row = columns.id(1), let op = columns.id(4) else { return }
      let author = Authorship(stamp: columns.stamp(3), op: op)
      digest &+= Digest.register(space, Kind(columns.text(0)), row, columns.text(2), author)
    }
    return digest
  }
}
