internal import GRDB
internal import Kernel
internal import SQL

/// Steps a to d of an exchange: whether the request is carried out at all.
extension Ledger {
  /// a: the account's role in the space, for a device of its own.
  func admit(
    _ request: ExchangeRequest, account: EntryID, in database: Database
  ) throws -> String {
    guard let role = try role(of: account, in: request.space, database) else {
      throw ExchangeFault.notMember
    }
    let isFree = try database.first(
      "SELECT account, revoked_at FROM device WHERE id = ?", [.id(request.device)]
    ) { $0.id(0) == account && $0.isNull(1) }
    guard isFree ?? true else { throw ExchangeFault.forbiddenDevice }
    return role
  }

  /// nil for spaces of others and for those that the account has left.
  func role(of account: EntryID, in space: EntryID, _ database: Database) throws -> String? {
    try database.first(
      "SELECT role FROM member WHERE space = ? AND account = ? AND left_at IS NULL",
      [.id(space), .id(account)]
    ) { $0.text(0) }
  }

  /// b: no epoch before the first operation is the first contact.
  func compareEpoch(_ request: ExchangeRequest, _ space: SpaceState) throws {
    // Without the chain's rule the model compares no history at all.
    guard rules.follow(.compareEpoch), rules.follow(.compareChain) else { return }
    let isMine =
      if let epoch = request.epoch { epoch == space.epoch } else { request.cursor == .start }
    guard isMine else { throw ExchangeFault.diverged(epoch: space.epoch) }
  }

  /// c: kills late duplicates. The number stays even if d refuses.
  func takeNumber(_ request: ExchangeRequest, in database: Database) throws {
    let last = try database.integer(
      "SELECT rseq FROM device_space WHERE device = ? AND space = ?",
      [.id(request.device), .id(request.space)])
    if rules.follow(.requestNumbers), request.number <= last {
      throw ExchangeFault.staleRequest(number: last)
    }
    try database.run(
      """
      INSERT INTO device_space (device, space, rseq) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET rseq = max(rseq, excluded.rseq)
      """, [.id(request.device), .id(request.space), .integer(request.number)])
  }

  /// d: both points must lie in this history.
  func comparePoints(
    _ request: ExchangeRequest, _ space: SpaceState, in database: Database
  ) throws {
    guard rules.follow(.compareChain) else { return }
    let points = rules.follow(.compareSeen) ? [request.cursor, request.seen] : [request.cursor]
    for point in points where try chain(at: point.seq, of: space, in: database) != point.chain {
      throw ExchangeFault.diverged(epoch: space.epoch)
    }
  }

  /// nil for a number that the log does not have.
  private func chain(
    at seq: Int64, of space: SpaceState, in database: Database
  ) throws -> UInt64? {
    if seq == 0 { return 0 }
    if seq == space.head.seq { return space.head.chain }
    return try database.first(
      "SELECT chain FROM op_log WHERE space = ? AND seq = ?", [.id(space.id), .integer(seq)]
    ) { UInt64(bitPattern: $0.integer(0)) }
  }

  /// The device was here, and has all up to its cursor.
  func noteDevice(
    _ request: ExchangeRequest, account: EntryID, now: Moment, in database: Database
  ) throws {
    try database.run(
      """
      INSERT INTO device (id, account, name, app, created, last_seen) VALUES (?1, ?2, '', ?3, ?4, ?4)
      ON CONFLICT DO UPDATE SET app = excluded.app, last_seen = excluded.last_seen
      """,
      [.id(request.device), .id(account), .text(String(request.app.prefix(64))), Datum(now)])
    try database.run(
      "UPDATE device_space SET acked = ?, acked_at = ? WHERE device = ? AND space = ?",
      [
        .integer(request.cursor.seq), Datum(now), .id(request.device), .id(request.space),
      ])
  }
}
