internal import GRDB
internal import Kernel
internal import Ledger
internal import TestKit

/// A ledger on a database in memory, with one personal space.
final class Room {
  let database: DatabaseQueue
  let ledger: Ledger
  let account = EntryID(high: 0xA, low: 1)
  let space = EntryID(high: 0x5, low: 1)
  var now = Moment(milliseconds: 1_795_000_000_000)
  private let world: World

  init(
    without broken: Set<SyncRule> = [], quota: Int64 = 1 << 30, seed: UInt64 = 1
  ) throws {
    ledger = Ledger(rules: SyncRules(without: broken), quota: quota)
    database = try DatabaseQueue()
    world = .still(seed: seed)
    let (ledger, account, space, epoch) = (ledger, account, space, world.newID())
    try database.write { database in
      for step in Ledger.migrations { try database.execute(sql: step.sql) }
      try ledger.makeSpace(
        space, kind: "personal", owner: account, epoch: epoch, in: database)
    }
  }

  func newID() -> EntryID { world.newID() }

  /// As the server does it: a fault commits what was written before it, any other error does not.
  func exchange(
    _ request: ExchangeRequest, account: EntryID? = nil
  ) throws -> Result<ExchangeReply, ExchangeFault> {
    let (account, now, epoch) = (account ?? self.account, now, newID())
    return try database.write { database in
      do throws(any Error) {
        return .success(
          try ledger.exchange(
            request, account: account, now: now, newEpoch: epoch, in: database))
      } catch let fault as ExchangeFault {
        return .failure(fault)
      }
    }
  }

  func state(_ space: EntryID? = nil) throws -> SpaceState {
    let space = space ?? self.space
    guard let state = try database.read({ try ledger.state(of: space, in: $0) }) else {
      throw ExchangeFault.notMember
    }
    return state
  }

  func flaws() throws -> [LedgerFlaw] {
    try database.read { try ledger.flaws(of: space, in: $0) }
  }

  func registers(_ space: EntryID? = nil) throws -> [Register] {
    let space = space ?? self.space
    return try database.read { database in
      var registers: [Register] = []
      try ledger.registers(of: space, in: database) {
        registers.append($0)
        return true
      }
      return registers
    }
  }

  func versions() throws -> [LostValue] {
    try database.read { database in
      var versions: [LostValue] = []
      try ledger.versions(of: space, in: database) { versions.append($0) }
      return versions
    }
  }

  func log(_ space: EntryID? = nil) throws -> [LoggedOp] {
    let space = space ?? self.space
    return try database.read { database in
      var log: [LoggedOp] = []
      try ledger.log(of: space, in: database) { log.append($0) }
      return log
    }
  }

  func count(_ table: String) throws -> Int {
    try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
  }

  /// A copy of the database as it is now, and the way back to it.
  func backup() throws -> DatabaseQueue {
    let copy = try DatabaseQueue()
    try database.backup(to: copy)
    return copy
  }

  func restore(_ backup: DatabaseQueue, rotating: Bool) throws {
    try backup.backup(to: database)
    guard rotating else { return }
    try database.write { try ledger.rotateEpochs(at: now, in: $0) { newID() } }
  }
}

extension Room {
  /// A member's own row in a group's space.
  func op(
    of member: EntryID, _ key: String, in space: EntryID, _ fields: [String: Value] = [:],
    kind: Kind = "check_in", ahead: Int64 = 0, counter: Int = 0
  ) -> Op {
    op(
      fields.merging(["member": .text(member.description), "key": .text(key)]) { $1 },
      row: Digest.derivedID(kind, member: member, key: key, in: space), kind: kind, ahead: ahead,
      counter: counter)
  }

  /// An operation stamped `ahead` milliseconds after the server's clock.
  func op(
    _ fields: [String: Value], id: EntryID? = nil, row: EntryID = EntryID(high: 7, low: 7),
    kind: Kind = "journal", ahead: Int64 = 0, counter: Int = 0,
    bases: [String: Authorship] = [:], group: EntryID? = nil
  ) -> Op {
    let id = id ?? newID()
    return Op(
      id: id, stamp: Stamp(milliseconds: (now + ahead).milliseconds, counter: counter),
      kind: kind, row: row, fields: fields, bases: bases, group: group ?? id)
  }
}
