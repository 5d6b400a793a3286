package import GRDB
package import Kernel

/// The server's memory of what devices wrote: spaces, their logs of operations and their registers.
///
/// It knows no area of life. All its SQL stands on this floor. Each function runs inside the caller's
/// write transaction, so that whoever asks is authorised and executed in one.
package struct Ledger: Sendable {
  let rules: SyncRules

  package init(rules: SyncRules = SyncRules()) { self.rules = rules }

  /// The steps that make its tables, in order; append-only.
  package static var migrations: [(name: String, sql: String)] { fatalError("CONTRACT") }

  /// Makes a space with `account` as its owner.
  package func makeSpace(
    _ space: EntryID, kind: String, owner account: EntryID, epoch: EntryID, in database: Database
  ) throws { fatalError("CONTRACT") }

  /// One exchange: push and pull. `now` is never earlier than the clock's floor. Throws
  /// `ExchangeFault`; then nothing but the request's number was written.
  package func exchange(
    _ request: ExchangeRequest, account: EntryID, now: Moment, newEpoch: EntryID,
    in database: Database
  ) throws -> ExchangeReply { fatalError("CONTRACT") }

  /// One page of a space's current registers, after `after`. Throws `ExchangeFault.notMember`.
  package func snapshot(
    _ space: EntryID, after: SnapshotKey?, account: EntryID, limit: Int, now: Moment,
    in database: Database
  ) throws -> SnapshotPage { fatalError("CONTRACT") }
}
