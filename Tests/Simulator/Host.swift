internal import GRDB
internal import Kernel
internal import Ledger
internal import SQL

/// The server of a schedule: the real ledger on a database in memory, and copies of it to restore.
final class Host {
  let queue: DatabaseQueue
  let ledger: Ledger
  let space: EntryID
  let account: EntryID
  let stranger: EntryID
  private(set) var copies: [(queue: DatabaseQueue, oracle: Oracle)] = []
  private let ids: IDSource

  /// What the server answers: a reply, or a refusal that it has committed.
  enum Answer {
    case reply(ExchangeReply)
    case fault(ExchangeFault)
  }

  init(queue: DatabaseQueue, rules: SyncRules, ids: IDSource) throws {
    self.queue = queue
    self.ids = ids
    ledger = Ledger(rules: rules)
    space = ids.id()
    account = ids.id()
    stranger = ids.id()
    try transaction(fails: false) { database in
      try ledger.makeSpace(
        space, kind: "personal", owner: account, epoch: ids.id(), in: database)
      try ledger.makeSpace(
        ids.id(), kind: "personal", owner: stranger, epoch: ids.id(), in: database)
    }
  }

  /// nil where the server died before its commit.
  func exchange(
    _ request: ExchangeRequest, account: EntryID, now: Moment, dies: Bool
  ) throws -> Answer? {
    try transaction(fails: dies) { database in
      do {
        return .reply(
          try ledger.exchange(
            request, account: account, now: now, newEpoch: ids.id(), in: database))
      } catch let fault as ExchangeFault {
        return .fault(fault)
      }
    }
  }

  func snapshot(after: SnapshotKey?, limit: Int, now: Moment) throws -> SnapshotPage {
    let page = try transaction(fails: false) { database in
      try ledger.snapshot(
        space, after: after, account: account, limit: limit, now: now, in: database)
    }
    guard let page else { preconditionFailure("a transaction that does not fail has a result") }
    return page
  }

  @discardableResult
  private func transaction<T>(fails: Bool, _ body: (Database) throws -> T) throws -> T? {
    try queue.inDatabase { database in
      try database.run("BEGIN IMMEDIATE TRANSACTION")
      do {
        let result = try body(database)
        try database.run(fails ? "ROLLBACK TRANSACTION" : "COMMIT TRANSACTION")
        return fails ? nil : result
      } catch {
        if database.isInsideTransaction { try database.run("ROLLBACK TRANSACTION") }
        throw error
      }
    }
  }

  func setRole(_ role: String) throws {
    try queue.inDatabase {
      try $0.run(
        "UPDATE member SET role = ? WHERE space = ? AND account = ?",
        [.text(role), .id(space), .id(account)])
    }
  }

  // MARK: Copies

  func keepCopy(_ oracle: Oracle, shelf: Shelf) throws {
    copies.append((try shelf.copy(of: queue), oracle))
  }

  /// Puts an older copy in the place of the database; the restore command also changes the epoch.
  func restore(_ choice: Int, rotates: Bool, shelf: Shelf) throws -> Oracle {
    let copy = copies[choice]
    try Shelf.copy(copy.queue, to: queue)
    if rotates {
      try queue.inDatabase {
        try $0.run("UPDATE space SET epoch = ? WHERE id = ?", [.id(ids.id()), .id(space)])
      }
    }
    for later in copies where later.oracle.log.count > copy.oracle.log.count {
      shelf.take(later.queue)
    }
    copies.removeAll { $0.oracle.log.count > copy.oracle.log.count }
    return copy.oracle
  }

  func giveBack(to shelf: Shelf) {
    shelf.take(queue)
    for copy in copies { shelf.take(copy.queue) }
    copies = []
  }
}
